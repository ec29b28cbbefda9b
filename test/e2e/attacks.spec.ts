import { intentArguments } from '../../shared/intents.ts';
import { expect, test } from './stage.ts';

test('a frame from elsewhere, and one of our own page, is heard by nobody', async ({ app }) => {
  const heard = await app.window.evaluate(async () => {
    const frame = document.createElement('iframe');
    frame.src = 'app://window/index.html';
    document.body.append(frame);
    await new Promise((resolve) => {
      frame.addEventListener('load', resolve);
      frame.addEventListener('error', resolve);
    });
    const inner = frame.contentWindow;
    // Refused by frame-ancestors, or without a bridge: either way it has nothing to call.
    try {
      return inner !== null && 'connector' in inner;
    } catch {
      return false;
    }
  });
  expect(heard).toBe(false);
});

test('an intent that there isn’t, or with what it doesn’t take, is refused and does nothing', async ({
  app,
}) => {
  const before = await app.snapshotOnceBegun();
  const answers = await app.window.evaluate(async () => {
    const bridge = window.connector as unknown as Record<string, (argument?: unknown) => unknown>;
    const ask = (name: string, argument: unknown) =>
      Promise.resolve(bridge[name]?.(argument)).then((answer) => JSON.stringify(answer));
    return [
      await ask('openPage', { page: 'https://example.com/' }),
      await ask('openPage', { page: 'file:///etc/passwd' }),
      await ask('copy', { what: 'secret' }),
      await ask('goToStep', { step: '__proto__' }),
      await ask('chooseOrganisations', { ids: 'all' }),
      await ask('exportHistory', { kinds: [], search: '', format: '../../etc' }),
      await ask('readHistory', { kinds: [], search: 'x'.repeat(1000), before: null }),
    ];
  });
  for (const answer of answers) expect(answer).toContain('"ok":false');
  expect(await app.snapshot()).toEqual(before);
  const names = await app.window.evaluate(() => Object.keys(window.connector));
  expect(names.filter((name) => !Object.hasOwn(intentArguments, name)).toSorted()).toEqual([
    'onRest',
    'onSnapshot',
    'snapshot',
  ]);
});

test('no file outside the window’s folder is served, however its path is written', async ({
  app,
}) => {
  const statuses = await app.window.evaluate(async () => {
    const paths = [
      '..%2f..%2fpackage.json',
      '%2e%2e/%2e%2e/package.json',
      '..%5c..%5cpackage.json',
      '%2fetc%2fpasswd',
      '%00index.html',
      '%',
    ];
    const asked = paths.map((path) =>
      fetch(`app://window/${path}`).then(
        ({ status }) => status,
        () => 0,
      ),
    );
    const elsewhere = fetch('app://other/index.html').then(
      ({ status }) => status,
      () => 0,
    );
    return Promise.all([...asked, elsewhere]);
  });
  for (const status of statuses) expect([0, 404]).toContain(status);
});
