import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLog, redact } from '../../../main/log.ts';
import { makeKey, makeSecret } from '../c1/credentials.ts';

const JWT = 'eyJhbGciOiJFZERTQSJ9.eyJpc3MiOiJhQGIvYyJ9.c2lnbmF0dXJl';

// electron-log says on the console, which it takes when it is loaded, that a file can't be written.
vi.hoisted(() => {
  console.error = () => undefined;
});

describe('what may look like a secret', () => {
  it.each([
    ['a C1 secret', makeSecret(makeKey())],
    ['a signed token', JWT],
    ['half of a signed token', JWT.slice(0, 30)],
    ['a bearer token', 'Bearer 8f2k-opaque_token.x'],
    ['a bearer token in small letters', 'authorization: bearer 8f2k-opaque'],
    ['a client’s ID and secret in a header', 'Basic MDEyMzQ1Njc4OTpzZWNyZXQ='],
    ['an authorization code', 'http://localhost:21741/callback?code=8f2k-code&state=s'],
    ['a refresh token in a form', 'grant_type=refresh_token&refresh_token=8f2k'],
    ['a client secret in a form', 'client_secret=8f2k&x=y'],
    ['an e-mail address', 'ana.reyes+xero@harbour.example'],
  ])('never passes: %s', (_what, text) => {
    const clean = redact(`before ${text} after`);
    expect(clean).toContain('[removed]');
    expect(clean).toMatch(/^before .*after$/);
    expect(clean).not.toMatch(/secret-token:c|eyJ|8f2k|MDEy|@/);
  });

  it.each([
    'xero.callFailed status=429 code=xeroRateLimited attempt=2',
    '{"event":"sync.uploaded","bytes":4096,"accounts":25}',
    'Xero answered 403, correlation id b3c8a2d1-0000-4000-8000-000000000000',
  ])('isn’t taken for one: %s', (text) => {
    expect(redact(text)).toBe(text);
  });
});

describe('a log', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'log-'));
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await rm(folder, { recursive: true, force: true });
  });

  const linesOf = async (file: string) => (await readFile(file, 'utf8')).trim().split('\n');

  it('in a file has a line of JSON for each event, for its owner alone', async () => {
    const file = join(folder, 'logs', 'app.log');
    const log = createLog({ level: 'info', format: 'json', file });
    log.info('app.started', { version: '0.1.0' });
    log.warn('xero.callFailed', { status: 429 });
    const lines = (await linesOf(file)).map((line) => JSON.parse(line) as unknown);
    expect(lines).toEqual([
      { time: expect.any(String) as string, level: 'info', event: 'app.started', version: '0.1.0' },
      { time: expect.any(String) as string, level: 'warn', event: 'xero.callFailed', status: 429 },
    ]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('leaves out what is below its level', async () => {
    const file = join(folder, 'app.log');
    const log = createLog({ level: 'warn', format: 'json', file });
    log.debug('a');
    log.info('b');
    log.warn('c');
    log.error('d');
    expect((await linesOf(file)).map((line) => /"event":"(.)"/.exec(line)?.[1])).toEqual([
      'c',
      'd',
    ]);
  });

  it('holds no secret, whatever field it stands in', async () => {
    const file = join(folder, 'app.log');
    const log = createLog({ level: 'info', format: 'json', file });
    log.info('oops', { detail: `Bearer ${JWT}`, who: 'ana@harbour.example' });
    const [line] = await linesOf(file);
    expect(line).not.toMatch(/eyJ|harbour/);
    expect(JSON.parse(line ?? '')).toMatchObject({ event: 'oops', who: '[removed]' });
  });

  it('on a terminal has words on stderr, so that results stay alone on stdout', () => {
    const errors: string[] = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      errors.push(String(text));
      return true;
    });
    const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const log = createLog({ level: 'info', format: 'console', file: null });
    log.info('c1.serving', { host: 'acme.conductor.one', token: JWT });
    expect(out).not.toHaveBeenCalled();
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(
      /^\d{4}-.*Z info {2}c1\.serving host=acme\.conductor\.one token=\[removed\]\n$/,
    );
  });

  it('never stops the work when it can’t be written', () => {
    const log = createLog({ level: 'info', format: 'json', file: join('/dev/null', 'app.log') });
    expect(() => log.info('app.started')).not.toThrow();
  });
});

describe('who listens to the log', () => {
  it('gets every line as redacted JSON, whatever the level of the log itself, until it stops', () => {
    const log = createLog({ level: 'error', format: 'console', file: '/no/such/folder/app.log' });
    const lines: string[] = [];
    log.info('before');
    const stop = log.listen?.((line) => lines.push(line));
    log.debug('xero.reading', { done: 1 });
    log.info('c1.said', { detail: `Bearer 8f2k-opaque` });
    stop?.();
    log.info('after');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { time: expect.any(String) as string, level: 'debug', event: 'xero.reading', done: 1 },
      { time: expect.any(String) as string, level: 'info', event: 'c1.said', detail: '[removed]' },
    ]);
  });
});
