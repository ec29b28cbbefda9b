import { readInC1 } from './browser.ts';
import { filesIn } from './files-in.ts';
import { keychainKeys } from './keychain.ts';
import { doMainJob } from './main-job.ts';
import { expect, test } from './stage.ts';

test('from an empty profile to accounts in C1, and on by itself after a restart', async ({
  stage,
}) => {
  const { app, sandbox, browser } = stage;
  const pasted = await doMainJob(stage);

  const accounts = await readInC1(browser, sandbox.pages.c1, 'Accounts');
  const people = new Set(
    sandbox.world.organisations.flatMap(({ users }) =>
      users.map(({ personId, userId, showsGlobalId }) => (showsGlobalId ? personId : userId)),
    ),
  );
  expect(accounts).toHaveLength(people.size);
  const samuel = accounts.find(([name]) => name === 'Samuel Okafor');
  expect(samuel?.[4]).toContain('Adviser (Kauri & Co Limited)');
  const entitlements = await readInC1(browser, sandbox.pages.c1, 'Entitlements');
  expect(entitlements).toContainEqual([
    'Adviser (Kauri & Co Limited)',
    'Role',
    'Adviser in Kauri & Co Limited',
    '2',
  ]);
  expect(sandbox.c1.violations()).toEqual([]);

  const uploads = sandbox.c1.uploads().length;
  await app.quit();
  await app.start();
  await app.window.getByRole('heading', { name: /All is well/ }).waitFor();
  expect((await app.snapshot()).xero.map(({ state }) => state.kind)).toEqual(['signedIn']);
  const task = sandbox.c1.enqueue('sync_full');
  await sandbox.c1.waitFor('finished', (event) => event.task.id === task);
  expect(sandbox.c1.uploads()).toHaveLength(uploads + 1);
  expect(sandbox.c1.violations()).toEqual([]);

  await expectNoSecrets(app, [pasted.clientSecret, ...sandbox.xero.secrets()]);
  expect(await keychainKeys()).toEqual(expect.arrayContaining(['c1', 'data-key']));
});

/** Neither the profile nor anything printed holds a secret, whole or its telling part. */
async function expectNoSecrets(
  app: { readonly profile: string; readonly output: string },
  secrets: readonly string[],
): Promise<void> {
  const places = new Map([['output', Buffer.from(app.output)], ...(await filesIn(app.profile))]);
  for (const [place, bytes] of places) {
    for (const secret of secrets) {
      const telling = secret.slice(-40);
      expect(bytes.includes(telling), `a secret in ${place}`).toBe(false);
    }
  }
  const log = [...places].find(([place]) => place.endsWith('app.log'))?.[1].toString('utf8') ?? '';
  expect(log).toContain('app.started');
  expect(log).not.toMatch(/Aroha|Samuel|@|Kauri/);
}
