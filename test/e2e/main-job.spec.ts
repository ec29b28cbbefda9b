import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readInC1 } from './browser.ts';
import { countClicks } from './clicks.ts';
import { keychainKeys, keychainSecret } from './keychain.ts';
import { expectNoSecrets } from './left-behind.ts';
import { doMainJob } from './main-job.ts';
import { expect, test } from './stage.ts';

test('from an empty profile to accounts in C1, and on by itself after a restart', async ({
  stage,
}) => {
  const { app, sandbox, browser } = stage;
  const counted = await countClicks(app.window);
  await doMainJob(stage);
  const { clicks, secondsToGreeting } = await counted();
  console.log(
    `First run for ${sandbox.world.organisations.length} organisations: ${clicks} clicks in the app, ${secondsToGreeting} s until C1 greeted it`,
  );
  expect(clicks).toBeGreaterThan(5);
  expect(clicks).toBeLessThanOrEqual(12);

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

  expect(await keychainKeys()).toEqual(expect.arrayContaining(['c1', 'data-key']));
  expect(await readFile(join(app.profile, 'logs/app.log'), 'utf8')).toContain('app.started');
  // All else is searched for after every test (stage.ts); this key the clouds don't know.
  await expectNoSecrets(app, [await keychainSecret('data-key')]);
});
