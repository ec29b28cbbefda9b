import { signInToXero } from './main-job.ts';
import { startHostile } from './hostile.ts';
import { expect, test } from './stage.ts';

const IMAGE = '<img src=x onerror="window.foreign = true">';

test('a window from elsewhere with the app’s own bridge is told nothing and obeyed in nothing', async ({
  app,
}) => {
  const hostile = await startHostile();
  const before = await app.snapshotOnceBegun();
  for (const address of [hostile.address, 'data:text/html,x', 'app://window.evil/index.html']) {
    const page = await app.openElsewhere(address);
    const heard = await page.evaluate(async () => {
      if (!('connector' in window)) return ['no bridge'];
      const bridge = window.connector as unknown as Record<string, (given?: unknown) => unknown>;
      const ask = async (name: string, given?: unknown) => {
        try {
          return JSON.stringify(await bridge[name]?.(given));
        } catch {
          return '"ok":false';
        }
      };
      return [
        await ask('snapshot'),
        await ask('changeSettings', { theme: 'dark' }),
        await ask('copy', { what: 'c1Steps' }),
        await ask('openPage', { page: 'xeroApps' }),
        await ask('eraseEverything'),
      ];
    });
    for (const answer of heard) expect(answer, address).toMatch(/"ok":false|no bridge/);
    if (address === hostile.address) expect(heard, 'its bridge was there').toHaveLength(5);
    await page.close();
  }
  expect(await app.snapshot()).toEqual(before);
  hostile.close();
});

test('what strangers chose never makes an address of its own for the browser', async ({
  app,
  stage,
  sandbox,
}) => {
  const [first] = sandbox.world.organisations;
  if (first === undefined) throw new Error('the sandbox has no organisation');
  Object.assign(first, { shortCode: '@evil.example/?x=javascript:alert(1)//', name: IMAGE });
  await signInToXero(stage, IMAGE);
  await expect(app.window.getByText(IMAGE, { exact: false }).first()).toBeVisible();
  expect(await app.window.evaluate(() => 'foreign' in window)).toBe(false);
  expect(await app.window.locator('img[src="x"]').count()).toBe(0);

  const { id } = (await app.snapshot()).xero[0]?.organisations[0] ?? { id: '' };
  const strange = [
    'https://evil.example/',
    'javascript:alert(1)',
    'file:///etc/passwd',
    '@evil',
    id,
  ];
  for (const organisation of strange) {
    const opened = await app.nextOpened();
    const answer = await app.window.evaluate(
      (given) => window.connector.openUserManagement({ organisation: given }),
      organisation,
    );
    if (!answer.ok) continue;
    const url = new URL(await opened.address);
    expect([url.origin, url.username]).toEqual(['https://go.xero.com', '']);
    expect(url.searchParams.get('redirecturl') ?? '/Settings/Users').toBe('/Settings/Users');
  }
});

test('a second start with strange arguments shows the window, or nothing, and changes nothing', async ({
  app,
}) => {
  const before = await app.snapshotOnceBegun();
  const strange = [
    'https://evil.example/',
    'file:///etc/passwd',
    'c1-xero://paste?secret=x',
    '--load-extension=/tmp',
    '--js-flags=--expose-gc',
    '../../../etc/passwd',
    '--eval=process.exit(3)',
    '%00',
  ];
  expect(await app.startAgain(strange)).toBe(0);
  expect(await app.windowCount()).toBe(1);
  expect(app.window.url()).toBe('app://window/index.html');
  expect(await app.snapshot()).toEqual(before);
  await app.closeWindow();
  await expect.poll(() => app.windowCount()).toBe(0);
  expect(await app.startAgain(['--hidden', ...strange])).toBe(0);
  expect(await app.windowCount()).toBe(0);
  await app.openWindow();
  expect(await app.snapshot()).toEqual(before);
});
