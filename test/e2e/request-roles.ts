import type { Page } from 'playwright';
import { Capability } from '../../main/proto/gen/c1/connector/v2/connector_pb.ts';
import type { Stage } from './main-job.ts';
import { expect } from './stage.ts';

/** What the three people do whom a request goes through: who asks in C1, the admin, and who works in Xero. */

/** The admin turns requests on; resolves once C1 was told that the connector does them. */
export async function turnRequestsOn({ app, sandbox }: Stage): Promise<void> {
  await app.window.getByRole('link', { name: 'Settings' }).click();
  await app.window.getByLabel('Take requests from C1').click();
  await sandbox.c1.waitFor(
    'hello',
    ({ request }) =>
      request.connectorMetadata?.capabilities?.connectorCapabilities.includes(
        Capability.PROVISION,
      ) ?? false,
  );
  await app.window.getByRole('link', { name: 'Requests' }).click();
  await app.window.getByRole('heading', { name: 'Requests', level: 1 }).waitFor();
}

/** "Request access" in C1; the entitlement by its name. */
export async function requestAccess(
  stage: Stage,
  { account, entitlement }: { readonly account: string; readonly entitlement: string },
): Promise<void> {
  const page = await requestsInC1(stage);
  await page.getByLabel('Account (e-mail or id)', { exact: true }).fill(account);
  await page.getByLabel('Entitlement').selectOption(entitlement);
  await page.getByRole('button', { name: 'Request access' }).click();
  await closeOnceAsked(page);
}

/** "Revoke" beside a grant in C1. */
export async function revokeInC1(stage: Stage, search: string, entitlement: string): Promise<void> {
  const page = await requestsInC1(stage);
  await page.getByRole('link', { name: 'Grants' }).click();
  await page.getByLabel('Search').fill(search);
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('button', { name: `Revoke ${entitlement} from` }).click();
  await closeOnceAsked(page);
}

/** "Create account" in C1, with the fields that the connector asked for. */
export async function createAccountInC1(
  stage: Stage,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  const page = await requestsInC1(stage);
  for (const [name, value] of Object.entries(fields)) {
    await page.getByLabel(name, { exact: true }).fill(value);
  }
  await page.getByRole('button', { name: 'Create account' }).click();
  await closeOnceAsked(page);
}

/** "Delete account" in C1. */
export async function deleteAccountInC1(stage: Stage, account: string): Promise<void> {
  const page = await requestsInC1(stage);
  await page.getByLabel('Account to delete').fill(account);
  await page.getByRole('button', { name: 'Delete account' }).click();
  await closeOnceAsked(page);
}

/** The newest request in C1: what was asked, what was answered, and whether a sync shows it. */
export async function newestInC1(stage: Stage): Promise<readonly string[]> {
  const page = await requestsInC1(stage);
  const cells = await page.locator('tbody tr').first().locator('td').allInnerTexts();
  await page.close();
  return cells.map((cell) => cell.trim());
}

/** "Sync now" in C1; resolves once it is done. */
export async function syncInC1({ browser, sandbox }: Stage): Promise<void> {
  const page = await browser.newPage();
  await page.goto(`${sandbox.pages.c1}/connectors/baton`);
  await page.getByRole('button', { name: 'Sync now' }).click();
  await page.close();
  const task = sandbox.c1.tasks().findLast(({ kind }) => kind === 'sync_full');
  await sandbox.c1.waitFor('finished', (event) => event.task.id === task?.id);
}

/** The admin picks a request from the list, by what stands in its line, and reads its sentence. */
export async function openRequest(
  { app }: Stage,
  listed: RegExp,
  sentence: string | RegExp,
): Promise<void> {
  const list = app.window.getByRole('navigation', { name: 'All requests' });
  await list.getByRole('link', { name: listed }).click();
  await app.window.getByRole('heading', { name: sentence, level: 2 }).waitFor();
}

/** "Open in Xero"; what the app opens in the system's browser leads to the sandbox's page instead. */
export async function openInXero(
  { app, browser, sandbox }: Stage,
  organisation: string,
): Promise<Page> {
  const opened = await app.nextOpened();
  await app.window
    .getByRole('button', { name: 'Open in Xero' })
    .and(app.window.getByRole('button', { name: organisation }))
    .first()
    .click();
  const address = new URL(await opened.address);
  expect(address.origin).toBe('https://go.xero.com');
  const page = await browser.newPage();
  await page.goto(new URL(address.pathname + address.search, sandbox.pages.xero).href);
  await page.getByText(organisation, { exact: true }).waitFor();
  return page;
}

/** In Xero: Users → the person → the role → Update permissions. */
export async function changeRoleInXero(page: Page, person: string, role: string): Promise<void> {
  await page.getByRole('link', { name: person }).click();
  await page.getByRole('radio', { name: role, exact: true }).check();
  await page.getByRole('button', { name: 'Update permissions' }).click();
  await page.getByRole('heading', { name: 'Users' }).waitFor();
}

/** In Xero: Users → the person → Remove, and confirm. */
export async function removeInXero(page: Page, person: string): Promise<void> {
  await page.getByRole('link', { name: person }).click();
  await page.getByRole('link', { name: 'Remove' }).click();
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByRole('heading', { name: 'Users' }).waitFor();
}

/** In Xero: Users → Invite a user … → Send invite. */
export async function inviteInXero(
  page: Page,
  { email, role }: { readonly email: string; readonly role: string },
): Promise<void> {
  await page.getByRole('link', { name: 'Invite a user' }).click();
  await page.getByLabel('First name').fill('Rangi');
  await page.getByLabel('Last name').fill('Tane');
  await page.getByLabel('Email').fill(email);
  await page.getByRole('radio', { name: role, exact: true }).check();
  await page.getByRole('button', { name: 'Send invite' }).click();
  await page.getByRole('heading', { name: 'Users' }).waitFor();
}

/** The invited person accepts. */
export async function acceptInXero(page: Page): Promise<void> {
  await page.getByRole('link', { name: /^Accept as/ }).click();
  await page.getByRole('button', { name: 'Accept invitation' }).click();
  await page.getByRole('heading', { name: 'Users' }).waitFor();
}

async function requestsInC1({ browser, sandbox }: Stage): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(sandbox.pages.c1);
  await page.getByRole('link', { name: 'Managed apps' }).click();
  await page.getByRole('link', { name: 'Xero', exact: true }).click();
  await page.getByRole('link', { name: 'Requests' }).click();
  return page;
}

async function closeOnceAsked(page: Page): Promise<void> {
  await page
    .getByRole('row', { name: /Waiting/ })
    .first()
    .waitFor();
  await page.close();
}
