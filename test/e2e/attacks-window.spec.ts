import { startHostile, type HostileServer } from './hostile.ts';
import { expect, test } from './stage.ts';

/** A page of ours into which somebody got a foothold: it can reach nobody, go nowhere and be granted nothing. */

let hostile: HostileServer;
test.beforeAll(async () => {
  hostile = await startHostile();
});
test.afterAll(() => hostile.close());

test('nothing that a page can try reaches a server, and the window stays where it is', async ({
  app,
}) => {
  const { window: page } = app;
  const before = await app.snapshotOnceBegun();
  const heading = await page.getByRole('heading').first().textContent();
  await page.evaluate(async (root) => {
    const tried = (way: string) => `${root}/${way}`;
    const quietly = (attempt: () => unknown) => {
      try {
        return attempt();
      } catch {
        return undefined;
      }
    };
    const add = (tag: string, attributes: Record<string, string>) => {
      const element = document.createElement(tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      document.body.append(element);
      return element;
    };
    await fetch(tried('fetch'), { mode: 'no-cors' }).catch(() => undefined);
    quietly(() => navigator.sendBeacon(tried('beacon'), 'x'));
    quietly(() => new WebSocket(tried('socket').replace('http', 'ws')));
    quietly(() => new EventSource(tried('events')));
    quietly(() => new Worker(tried('worker')));
    add('img', { src: tried('image') });
    add('script', { src: tried('script') });
    add('iframe', { src: tried('frame') });
    add('object', { data: tried('object') });
    add('embed', { src: tried('embed') });
    add('video', { src: tried('video') });
    add('link', { rel: 'stylesheet', href: tried('sheet') });
    add('link', { rel: 'prefetch', href: tried('prefetch') });
    add('webview', { src: tried('webview') });
    add('meta', { 'http-equiv': 'refresh', content: `0;url=${tried('refresh')}` });
    add('div', { style: `background: url(${tried('background')})` });
    quietly(() => window.open(tried('open'), '_blank', 'width=200'));
    quietly(() => window.open('about:blank'));
    add('a', { href: tried('link'), target: '_blank' }).click();
    add('a', { href: tried('download'), download: 'x' }).click();
    const form = add('form', { action: tried('form'), method: 'post' });
    if (form instanceof HTMLFormElement) quietly(() => form.submit());
    add('a', { href: tried('here') }).click();
    for (const to of [tried('assign'), 'file:///etc/passwd', 'data:text/html,x', 'app://other/'])
      quietly(() => location.assign(to));
    quietly(() => history.pushState(null, '', tried('push')));
    quietly(() => {
      document.cookie = 'x=y';
    });
  }, hostile.address);
  // A round trip through the main process: whatever was begun would have been seen by now.
  expect(await app.snapshot()).toEqual(before);
  expect(await page.evaluate(() => document.querySelector('h1, h2')?.textContent)).toBe(heading);
  expect(page.url()).toBe('app://window/index.html');
  expect(await app.windowCount()).toBe(1);
  expect(hostile.asked).toEqual([]);
});

test('every permission is denied, asked for or looked up', async ({ app }) => {
  const answers = await app.window.evaluate(async () => {
    const names = [
      'camera',
      'microphone',
      'geolocation',
      'notifications',
      'clipboard-read',
      'midi',
      'screen-wake-lock',
      'idle-detection',
      'local-fonts',
      'window-management',
    ];
    const states = names.map(async (name) => {
      const status = await navigator.permissions
        .query({ name: name as PermissionName })
        .catch(() => ({ state: 'denied' }));
      return `${name}: ${status.state}`;
    });
    const refused = (asked: Promise<unknown>) =>
      asked.then(
        () => 'granted',
        () => 'denied',
      );
    return {
      states: await Promise.all(states),
      camera: await refused(navigator.mediaDevices.getUserMedia({ video: true })),
      screen: await refused(navigator.mediaDevices.getDisplayMedia()),
      clipboard: await refused(navigator.clipboard.readText()),
      midi: await refused(navigator.requestMIDIAccess({ sysex: true })),
      place: await refused(
        new Promise((resolve, reject) => {
          navigator.geolocation.getCurrentPosition(resolve, reject);
        }),
      ),
    };
  });
  const { states, ...asked } = answers;
  expect(states.filter((state) => !state.endsWith('denied'))).toEqual([]);
  expect(Object.entries(asked).filter(([, answer]) => answer !== 'denied')).toEqual([]);
});
