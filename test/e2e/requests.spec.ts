import { startSandbox } from '../sandbox/start.ts';
import { readInC1 } from './browser.ts';
import { doMainJob, type Stage } from './main-job.ts';
import {
  acceptInXero,
  changeRoleInXero,
  createAccountInC1,
  deleteAccountInC1,
  inviteInXero,
  newestInC1,
  openInXero,
  openRequest,
  removeInXero,
  requestAccess,
  revokeInC1,
  syncInC1,
  turnRequestsOn,
} from './request-roles.ts';
import { expect, test as base } from './stage.ts';

const KAURI = 'Kauri & Co Limited';
const HARBOUR = 'Harbour Lane Cafés';
const DEMO = 'Demo Company (NZ)';
const ZOE = 'zoe@kauri.example';
const STANDARD = `Standard in ${KAURI}`;
const GIVE_ZOE = `Give Zoë Brontë-Sørensen the role Standard in ${KAURI}`;
const MINUTE = 60_000;

/** C1's and Xero's clock, which can be set forward with the app's. */
interface Clock {
  ahead: number;
}

const test = base.extend<{ readonly clock: Clock; readonly heartbeatMs: number }>({
  // As seldom as C1 may ask for, so that no heartbeat tells what an answer is to find out.
  heartbeatMs: [5 * MINUTE, { option: true }],
  clock: async ({}, use) => {
    await use({ ahead: 0 });
  },
  sandbox: async ({ clock, heartbeatMs }, use) => {
    const now = () => Date.now() + clock.ahead;
    const sandbox = await startSandbox({ c1: { idlePollMs: 300, heartbeatMs }, now });
    await use(sandbox);
    await sandbox.close();
  },
});

test.afterEach(({ sandbox }) => {
  expect(sandbox.c1.violations()).toEqual([]);
});

async function ready(stage: Stage): Promise<void> {
  await doMainJob(stage);
  await turnRequestsOn(stage);
}

/** How the app says in its own words that a request ended. */
const ENDS = {
  done: 'Xero shows it as asked. C1 was told so.',
  declined: /^Declined: /,
  outOfTime: /^Nobody did it in time\./,
  takenBack: 'C1 took it back. Nothing is to be done.',
  tooLate: /^Done in Xero\. C1 had stopped waiting/,
} as const;

async function expectEnd({ app }: Stage, end: keyof typeof ENDS): Promise<void> {
  await expect(app.window.getByRole('article').getByText(ENDS[end])).toBeVisible();
}

async function decline({ app }: Stage, reason: string): Promise<void> {
  await app.window.getByRole('button', { name: 'Decline …' }).click();
  await app.window.getByLabel('Why it won’t be done').fill(reason);
  await app.window.getByRole('button', { name: 'Decline', exact: true }).click();
}

async function rolesInC1({ browser, sandbox }: Stage, email: string): Promise<string> {
  const accounts = await readInC1(browser, sandbox.pages.c1, 'Accounts');
  return accounts.find((row) => row[1] === email)?.[4] ?? '';
}

test('a role is changed in Xero, a wrong one is told, and C1 shows the new one after the next sync', async ({
  stage,
}) => {
  const { app } = stage;
  await ready(stage);
  await requestAccess(stage, { account: ZOE, entitlement: STANDARD });
  await openRequest(stage, /Zoë.* to Standard/i, GIVE_ZOE);
  const xero = await openInXero(stage, KAURI);
  await changeRoleInXero(xero, 'Zoë', 'Read only');
  await expect(
    app.window.getByText(
      `Xero shows Read only for this person in ${KAURI}. Asked for was Standard.`,
    ),
  ).toBeVisible();
  expect(await newestInC1(stage)).toEqual(
    expect.arrayContaining([expect.stringMatching(/Waiting/)]),
  );

  await changeRoleInXero(xero, 'Zoë', 'Standard');
  await app.window.getByRole('button', { name: 'I’ve done it' }).click();
  await expectEnd(stage, 'done');
  const [, answer, access] = await newestInC1(stage);
  expect(answer).toMatch(/Granted, replaced role:.*invoiceonly/);
  expect(access).toContain('No sync since');
  await syncInC1(stage);
  expect((await newestInC1(stage))[2]).toContain('Shown by the next sync');
  expect(await rolesInC1(stage, ZOE)).toBe(`Standard (${KAURI})`);
});

test('a temporary rise is revoked by changing back', async ({ stage }) => {
  const { app } = stage;
  await ready(stage);
  await requestAccess(stage, { account: ZOE, entitlement: STANDARD });
  await openRequest(stage, /Zoë.* to Standard/i, GIVE_ZOE);
  await changeRoleInXero(await openInXero(stage, KAURI), 'Zoë', 'Standard');
  await expectEnd(stage, 'done');
  await syncInC1(stage);

  await revokeInC1(stage, ZOE, STANDARD);
  await openRequest(
    stage,
    /Zoë.*End Standard/,
    `Take the role Standard from Zoë Brontë-Sørensen in ${KAURI}`,
  );
  const ways = app.window.getByRole('region', { name: /^Change back to|^Or remove/ });
  await expect(ways).toHaveCount(2);
  await expect(ways.first()).toHaveAccessibleName('Change back to Invoice only');
  await changeRoleInXero(await openInXero(stage, KAURI), 'Zoë', 'Invoice only');
  await expectEnd(stage, 'done');
  expect((await newestInC1(stage))[1]).toContain('Revoked');
  await syncInC1(stage);
  expect(await rolesInC1(stage, ZOE)).toBe(`Invoice only (${KAURI})`);
});

test('somebody new is invited, accepts, and is an account in C1', async ({ stage }) => {
  const { app } = stage;
  const email = 'rangi@kauri.example';
  await ready(stage);
  await createAccountInC1(stage, {
    'E-mail': email,
    'First name': 'Rangi',
    'Last name': 'Tane',
    Organisation: KAURI,
    Role: 'Read only',
  });
  await openRequest(stage, /Rangi Tane/, `Invite Rangi Tane to ${KAURI} as Read only`);
  const xero = await openInXero(stage, KAURI);
  await inviteInXero(xero, { email, role: 'Read only' });
  await app.window.getByRole('button', { name: 'I’ve sent the invitation' }).click();
  await expect(app.window.getByText(/once they have accepted the invitation/)).toBeVisible();
  await acceptInXero(xero);
  await app.window.getByRole('button', { name: 'I’ve done it' }).click();
  await expectEnd(stage, 'done');
  expect((await newestInC1(stage))[1]).toContain('Created');
  await syncInC1(stage);
  expect(await rolesInC1(stage, email)).toBe(`Read only (${KAURI})`);
});

test('an account is removed from every organisation, and what is left is named', async ({
  stage,
}) => {
  const { app } = stage;
  await ready(stage);
  await deleteAccountInC1(stage, 'samuel@ledger-and-light.example');
  await openRequest(stage, /Samuel Okafor/, 'Remove Samuel Okafor from every organisation');
  await removeInXero(await openInXero(stage, KAURI), 'Sam Okafor');
  await app.window.getByRole('button', { name: 'I’ve done it' }).click();
  await expect(
    app.window.getByText(new RegExp(`Removed from ${KAURI}, not yet from`)),
  ).toBeVisible();
  for (const organisation of [HARBOUR, DEMO]) {
    await removeInXero(await openInXero(stage, organisation), 'Samuel Okafor');
  }
  await app.window.getByRole('button', { name: 'I’ve done it' }).click();
  await expectEnd(stage, 'done');
  expect((await newestInC1(stage))[1]).toContain('Deleted');
});

test('a request is declined with a reason, which C1 shows', async ({ stage }) => {
  await ready(stage);
  await requestAccess(stage, { account: ZOE, entitlement: STANDARD });
  await openRequest(stage, /Zoë.* to Standard/i, GIVE_ZOE);
  await decline(stage, 'Not before the audit.');
  await expectEnd(stage, 'declined');
  expect((await newestInC1(stage))[1]).toContain('Declined: Not before the audit.');
});

test('what contradicts itself is marked; the part that is done is answered, the rest declined', async ({
  stage,
}) => {
  const { app, sandbox } = stage;
  const adviser = `Adviser in ${KAURI}`;
  await ready(stage);
  await requestAccess(stage, { account: ZOE, entitlement: STANDARD });
  await openRequest(stage, /Zoë.* to Standard/i, GIVE_ZOE);
  await requestAccess(stage, { account: ZOE, entitlement: adviser });
  await expect(app.window.getByText('In conflict', { exact: true })).toBeVisible();
  await changeRoleInXero(await openInXero(stage, KAURI), 'Zoë', 'Adviser');
  const { task } = await sandbox.c1.waitFor('finished', ({ task: { kind } }) => kind === 'grant');
  expect(task.message.taskType).toMatchObject({ value: { entitlement: { displayName: adviser } } });
  await decline(stage, 'Adviser is meant.');
  await expectEnd(stage, 'declined');
  expect(sandbox.c1.tasks().filter(({ kind }) => kind === 'grant')).toMatchObject([
    { state: 'failed', outcome: { message: 'Adviser is meant.' } },
    { state: 'done' },
  ]);
});

test('a laptop that slept past the end tells C1 so, unless Xero shows that it was done', async ({
  stage,
  clock,
}) => {
  const { app, sandbox } = stage;
  await ready(stage);
  await requestAccess(stage, { account: ZOE, entitlement: STANDARD });
  await requestAccess(stage, {
    account: 'jose@harbourlane.example',
    entitlement: `Adviser in ${HARBOUR}`,
  });
  await openRequest(stage, /Zoë.* to Standard/i, GIVE_ZOE);
  await expect(
    app.window.getByRole('navigation', { name: 'All requests' }).getByRole('link'),
  ).toHaveCount(2);
  sandbox.world.changeRole(KAURI, ZOE, 'STANDARD');
  clock.ahead = 61 * MINUTE;
  await app.electron.evaluate((_, ahead) => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + ahead;
  }, clock.ahead);
  await app.wakeUp();
  await expectEnd(stage, 'done');
  await openRequest(stage, /José/, `Give José Núñez Castañeda the role Adviser in ${HARBOUR}`);
  await expectEnd(stage, 'outOfTime');
  expect(sandbox.c1.tasks().filter(({ kind }) => kind === 'grant')).toMatchObject([
    { state: 'done', outcome: { ok: true } },
    { state: 'failed', outcome: { nonRetryable: true } },
  ]);
});

test('what was done after C1 had stopped waiting is shown by the next sync', async ({ stage }) => {
  const { app, sandbox } = stage;
  await ready(stage);
  await requestAccess(stage, { account: ZOE, entitlement: STANDARD });
  await openRequest(stage, /Zoë.* to Standard/i, GIVE_ZOE);
  const task = sandbox.c1.tasks().find(({ kind }) => kind === 'grant');
  expect(sandbox.c1.stopWaiting(task?.id ?? '')).toBe(true);
  await changeRoleInXero(await openInXero(stage, KAURI), 'Zoë', 'Standard');
  await app.window.getByRole('button', { name: 'I’ve done it' }).click();
  await expectEnd(stage, 'tooLate');
  expect((await newestInC1(stage))[1]).toContain('C1 stopped waiting');
  await syncInC1(stage);
  expect((await newestInC1(stage))[2]).toContain('Shown by the next sync');
});

test('an app that was killed goes on with what was open, and answers it once', async ({
  stage,
}) => {
  const { app, sandbox } = stage;
  await ready(stage);
  await requestAccess(stage, { account: ZOE, entitlement: STANDARD });
  await openRequest(stage, /Zoë.* to Standard/i, GIVE_ZOE);
  await app.kill();
  sandbox.world.changeRole(KAURI, ZOE, 'STANDARD');
  await app.start();
  await sandbox.c1.waitFor('finished', (event) => event.task.kind === 'grant');
  await app.window.getByRole('link', { name: 'Requests' }).click();
  await openRequest(stage, /Zoë.* to Standard/i, GIVE_ZOE);
  await expectEnd(stage, 'done');
  expect(sandbox.c1.tasks().filter(({ kind }) => kind === 'grant')).toMatchObject([
    { state: 'done', finishes: 1 },
  ]);
});

test.describe('with a C1 that asks how things stand', () => {
  test.use({ heartbeatMs: 1000 });

  test('a request that is cancelled in C1 is closed with a word', async ({ stage }) => {
    const { app, sandbox } = stage;
    await ready(stage);
    await requestAccess(stage, { account: ZOE, entitlement: STANDARD });
    await openRequest(stage, /Zoë.* to Standard/i, GIVE_ZOE);
    const task = sandbox.c1.tasks().find(({ kind }) => kind === 'grant');
    sandbox.c1.cancel(task?.id ?? '');
    await expectEnd(stage, 'takenBack');
    await expect(app.window.getByText('Nothing waits for you.')).toBeVisible();
    expect((await newestInC1(stage))[1]).toContain('Cancelled');
  });
});
