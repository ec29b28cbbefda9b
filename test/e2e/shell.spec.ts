import { intentArguments } from '../../shared/intents.ts';
import { doMainJob } from './main-job.ts';
import { expect, test } from './stage.ts';

test('closing the window hides it, and the work goes on', async ({ stage }) => {
  const { app, sandbox } = stage;
  await doMainJob(stage);
  expect(await app.isShown()).toBe(true);
  await app.closeWindow();
  expect(await app.isShown()).toBe(false);
  const task = sandbox.c1.enqueue('sync_full');
  const finished = await sandbox.c1.waitFor('finished', (event) => event.task.id === task);
  expect(finished.task.outcome).toMatchObject({ ok: true });
  // A second start ends at once and brings this window back.
  expect(await app.startAgain()).toBe(0);
  await expect.poll(() => app.isShown()).toBe(true);
});

test('the window is sandboxed: no Node, no other page, no foreign code, no permission', async ({
  app,
}) => {
  const { window: page } = app;
  expect(page.url()).toBe('app://window/index.html');
  const seen = await page.evaluate(async () => {
    const granted = await Notification.requestPermission();
    const opened = window.open('https://example.com/') === null;
    const fetched = await fetch('https://example.com/').then(
      () => 'answered',
      () => 'refused',
    );
    const script = document.createElement('script');
    const ran = new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', () => resolve('refused'));
    });
    script.textContent = 'window.foreign = true';
    document.body.append(script);
    return {
      node: 'require' in window || 'process' in window,
      bridge: Object.keys(window.connector).toSorted(),
      granted,
      opened,
      fetched,
      script: await ran,
      foreign: 'foreign' in window,
    };
  });
  expect(seen).toEqual({
    node: false,
    bridge: [...Object.keys(intentArguments), 'onRest', 'onSnapshot', 'snapshot'].toSorted(),
    granted: 'denied',
    opened: true,
    fetched: 'refused',
    script: 'refused',
    foreign: false,
  });
  await page.evaluate(() => {
    location.href = 'https://example.com/';
  });
  expect(page.url()).toBe('app://window/index.html');
  const outside = await page.evaluate(() =>
    fetch('app://window/..%2f..%2fpackage.json').then(({ status }) => status),
  );
  expect(outside).toBe(404);
});
