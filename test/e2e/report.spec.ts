import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright';
import { doMainJob } from './main-job.ts';
import {
  changeRoleInXero,
  deleteAccountInC1,
  openInXero,
  openRequest,
  requestAccess,
  turnRequestsOn,
} from './request-roles.ts';
import { expect, test } from './stage.ts';

const run = promisify(execFile);
const KAURI = 'Kauri & Co Limited';
const STRANGE = '<img src=x onerror=alert(1)>';

let folder: string;
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'report-'));
});
test.afterEach(() => rm(folder, { recursive: true, force: true }));

test('the evidence report says who has access, what changed since the last, and how to check it', async ({
  stage,
  app,
  sandbox,
}) => {
  sandbox.world.changeDetails(KAURI, 'zoe@kauri.example', { firstName: STRANGE });
  await doMainJob(stage);
  const { window } = app;
  await window.getByRole('link', { name: 'Access' }).press('Enter');
  await expect(window.getByRole('grid')).toBeVisible();

  const first = join(folder, 'First.pdf');
  await app.saveTo(first);
  await saveReport(window);
  await expect(window.getByText('The report is saved as “First.pdf”').last()).toBeVisible();
  const revealed = await app.nextRevealed();
  await window.getByRole('button', { name: 'Show in folder' }).press('Enter');
  expect(await revealed.path).toBe(first);
  const document = await read(first);
  expect(document.info).toMatchObject({ Tagged: 'yes', Encrypted: 'no' });
  expect(document.info['Title']).toMatch(/^Who has access to Xero: evidence report of /);
  expect(document.info['Page size']).toContain('A4');
  expect(document.words).toContain(packed('Made from sample data.'));
  expect(document.words).toContain(packed('No report was made before this one'));
  expect(document.words).toContain(packed(STRANGE));
  expect(document.words).toContain(packed(`Page 1 of ${document.info['Pages']}`));
  const { people } = await numbers(window);
  expect(people).toBeGreaterThan(10);
  const data = await readFile(join(folder, 'First data.csv'));
  expect(document.words).toContain(packed(createHash('sha256').update(data).digest('hex')));
  // Each person's own line, once.
  const addresses = new Set(data.toString('utf8').match(/[\w.-]+@[\w.-]+\.example/g));
  for (const address of addresses) expect(document.words).toContain(address);
  for (const file of [first, join(folder, 'First data.csv')]) {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  }

  const table = join(folder, 'table.csv');
  await app.saveTo(table);
  await window.getByRole('button', { name: 'Save', exact: true }).press('Enter');
  await window.getByRole('menuitem', { name: /as CSV/ }).press('Enter');
  await expect(window.getByText('The table is saved.').last()).toBeVisible();
  expect(await readFile(table), 'the table saved by hand').toEqual(data);

  sandbox.world.changeRole(KAURI, 'priya.raman@kauri.example', 'FINANCIALADVISER');
  await window.getByRole('link', { name: 'Status' }).press('Enter');
  await window.getByRole('button', { name: 'Check Xero now' }).press('Enter');
  await expect
    .poll(async () => (await app.snapshot()).events.some(({ event }) => event.kind === 'look'))
    .toBe(true);
  await window.getByRole('link', { name: 'Access' }).press('Enter');
  await expect(window.getByRole('grid')).toBeVisible();
  const second = join(folder, 'Second.pdf');
  await app.saveTo(second);
  await saveReport(window);
  await expect(window.getByText('The report is saved as “Second.pdf”').last()).toBeVisible();
  const later = await read(second);
  expect(later.words).toContain(packed('What changed since the last report'));
  expect(later.words).toContain(packed(`Went from Standard to Adviser in ${KAURI}.`));
  expect(later.words).toContain(packed(createHash('sha256').update(data).digest('hex')));

  await window.getByRole('link', { name: 'History' }).press('Enter');
  await expect(
    window.getByRole('button', { name: `An evidence report was saved: ${people} people` }),
  ).toHaveCount(2);
});

test('the evidence report says what C1 asked for, and what Xero showed before and after', async ({
  stage,
  app,
}) => {
  const { window } = app;
  await doMainJob(stage);
  await turnRequestsOn(stage);
  await requestAccess(stage, { account: 'zoe@kauri.example', entitlement: `Standard in ${KAURI}` });
  await openRequest(stage, /Zoë.* to Standard/i, /^Give Zoë/);
  await changeRoleInXero(await openInXero(stage, KAURI), 'Zoë', 'Standard');
  await expect(window.getByRole('article').getByText(/^Xero shows it as asked/)).toBeVisible();
  await deleteAccountInC1(stage, 'samuel@ledger-and-light.example');
  await openRequest(stage, /Samuel Okafor/, /^Remove Samuel Okafor/);
  await window.getByRole('button', { name: 'Decline …' }).click();
  await window.getByLabel('Why it won’t be done').fill(`He does the year’s accounts. ${STRANGE}`);
  await window.getByRole('button', { name: 'Decline', exact: true }).click();
  await expect(window.getByRole('article').getByText(/^Declined: /)).toBeVisible();
  await requestAccess(stage, { account: 'zoe@kauri.example', entitlement: `Adviser in ${KAURI}` });
  await expect(window.getByRole('link', { name: /Zoë.* to Adviser/i })).toBeVisible();

  await window.getByRole('link', { name: 'Access' }).press('Enter');
  await expect(window.getByRole('grid')).toBeVisible();
  const path = join(folder, 'Requests.pdf');
  await app.saveTo(path);
  await saveReport(window);
  await expect(window.getByText('The report is saved as “Requests.pdf”').last()).toBeVisible();
  const { words } = await read(path);
  const section = words.slice(words.indexOf(packed('What C1 asked for')));
  for (const told of [
    'Invoice only → Standard',
    'Verified in Xero: Standard',
    'After the look at Xero that this report shows.',
    'All access, to end',
    'Every governed organisation',
    `Declined by a person: He does the year’s accounts. ${STRANGE}`,
    'Standard → Adviser',
    'Still open',
  ]) {
    expect(section).toContain(packed(told));
  }
});

/** Without blanks, since lines end anywhere. */
function packed(text: string): string {
  return text.replaceAll(/\s+/g, '');
}

async function saveReport(window: Page): Promise<void> {
  await window.getByRole('button', { name: 'Save', exact: true }).press('Enter');
  await window.getByRole('menuitem', { name: /Evidence report/ }).press('Enter');
}

async function numbers(page: Page): Promise<{ readonly people: number }> {
  const overview = await page.evaluate(() => window.connector.accessOverview());
  if (!overview.ok || overview.value === null) throw new Error('There is no look.');
  return overview.value;
}

/** What poppler reads in a document, and what it says of itself. */
async function read(path: string) {
  const { stdout: raw } = await run('pdftotext', ['-raw', path, '-']);
  const { stdout: told } = await run('pdfinfo', [path]);
  const info = Object.fromEntries(
    Array.from(told.matchAll(/^(.+?): +(.*)$/gm), ([, name = '', value = '']) => [name, value]),
  );
  return { words: packed(raw), info };
}
