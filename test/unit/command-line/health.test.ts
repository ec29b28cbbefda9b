import { onTestFinished, describe, expect, it } from 'vitest';
import { askHealth } from '../../../main/command-line/ask-health.ts';
import { Health, serveHealth } from '../../../main/command-line/health.ts';
import { FakeClock } from '../fake-clock.ts';
import { failureOf, valueOf } from '../results.ts';

const HERE = { port: 0, bindAddress: '127.0.0.1' };

async function serving(health: Health) {
  const served = valueOf(await serveHealth(health, HERE, new FakeClock()));
  onTestFinished(() => served.close());
  const get = (path: string, method = 'GET') =>
    fetch(`http://127.0.0.1:${served.port}${path}`, { method });
  return { port: served.port, get };
}

describe('the health server', () => {
  it('is alive and healthy before C1 is there, and ready once C1 took the Hello', async () => {
    const health = new Health();
    const { get } = await serving(health);
    const codes = async () =>
      (await Promise.all(['/live', '/health', '/ready'].map((path) => get(path)))).map(
        ({ status }) => status,
      );
    expect(await codes()).toEqual([200, 200, 503]);
    health.onC1({ kind: 'connected', at: 1 });
    expect(await codes()).toEqual([200, 200, 200]);
    health.onXero('unreadable');
    expect(await codes()).toEqual([200, 503, 503]);
    health.onXero('readable');
    expect(await codes()).toEqual([200, 200, 200]);
  });

  it('answers GET and HEAD of its three paths alone', async () => {
    const { get } = await serving(new Health());
    expect((await get('/live', 'POST')).status).toBe(405);
    expect((await get('/live', 'HEAD')).status).toBe(200);
    expect((await get('/else')).status).toBe(404);
    expect(await (await get('/health')).json()).toMatchObject({ status: 'healthy' });
  });

  it('says that its port is taken', async () => {
    const { port } = await serving(new Health());
    const second = await serveHealth(new Health(), { ...HERE, port }, new FakeClock());
    expect(failureOf(second)).toMatchObject({ code: 'portsTaken' });
  });

  it('is asked by health-check, which fails when it isn’t well or isn’t there', async () => {
    const { port } = await serving(new Health());
    const ask = (endpoint: 'live' | 'ready', at: number) =>
      askHealth({ at: { ...HERE, port: at }, endpoint, timeoutMs: 5000 });
    expect((await ask('live', port)).ok).toBe(true);
    expect(failureOf(await ask('ready', port)).detail).toBe('503');
    expect(failureOf(await ask('live', 9)).code).toBe('notHealthy');
  });
});
