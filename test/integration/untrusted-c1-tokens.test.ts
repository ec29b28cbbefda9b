import { expect, it } from 'vitest';
import { TokenSource } from '../../main/c1/token-source.ts';
import { SeededRandom } from '../sandbox/random.ts';
import { CLIENT_ID, makeCredential, makeKey, makeSecret } from '../unit/c1/credentials.ts';
import { KeptLog, steady } from '../unit/c1/quiet.ts';
import { FakeClock } from '../unit/fake-clock.ts';
import { fetchingBy } from '../unit/fake-network.ts';

const SEED = 20_261_125;
const ANSWERS = 3000;
/** Stands for what nobody may see, in every answer that isn't changed beyond knowing it. */
const TOKEN = 'c1-access-token-that-nobody-may-see';
const VALUES = [
  null,
  true,
  -1,
  0,
  600,
  1e300,
  2 ** 53,
  0.5,
  '',
  'Bearer',
  'bearer\r\nx: y',
  'Ünïcödé',
  '\u0000',
  'x'.repeat(100_000),
  [],
  [TOKEN],
  {},
  { access_token: TOKEN },
] as const;
const NAMES = ['access_token', 'token_type', 'expires_in', '__proto__', 'constructor'] as const;
const STATUSES = [200, 200, 200, 200, 201, 302, 400, 401, 403, 404, 418, 429, 500, 503] as const;
const TYPES = ['application/json', 'text/html', 'application/octet-stream'] as const;
const DATES = ['', 'yesterday', 'Thu, 01 Jan 1970 00:00:00 GMT', '\u00ff'] as const;

it('takes no answer of the token endpoint for more than it is', async () => {
  const random = new SeededRandom(SEED);
  const clock = new FakeClock();
  const log = new KeptLog();
  const source = new TokenSource({
    credential: makeCredential(CLIENT_ID, makeSecret(makeKey())),
    network: fetchingBy(() => Promise.resolve(answer(random))),
    clock,
    random: steady,
    log,
    apiHost: undefined,
    userAgent: 'c1-xero/0.1.0',
  });
  const seen = { taken: 0, refused: 0 };
  for (let left = ANSWERS; left > 0; left -= 1) {
    const result = await source.authorization();
    if (result.ok) {
      seen.taken += 1;
      // What becomes a header is one line of printable characters, whoever wrote it.
      expect(result.value).toMatch(/^[A-Za-z0-9._-]+ [\x21-\x7e]+$/);
      source.drop(result.value);
    } else {
      seen.refused += 1;
      expect(JSON.stringify(result.failure)).not.toContain(TOKEN);
    }
  }
  expect(seen.taken).toBeGreaterThan(50);
  expect(seen.refused).toBeGreaterThan(1000);
  expect(clock.asleep).toBe(0);
  expect(log.lines.join('\n')).not.toContain(TOKEN);
});

function answer(random: SeededRandom): Response {
  const status = random.pick(STATUSES);
  const headers = new Headers({ 'content-type': random.pick(TYPES), date: random.pick(DATES) });
  if (status === 302) headers.set('location', 'https://example.com/elsewhere');
  return new Response(bodyOf(random), { status, headers });
}

function bodyOf(random: SeededRandom): string | Uint8Array<ArrayBuffer> | null {
  const good = { access_token: TOKEN, token_type: 'Bearer', expires_in: 600 };
  const changed = { ...good, [random.pick(NAMES)]: random.pick(VALUES) };
  const text = JSON.stringify(changed);
  return random.pick([
    () => text,
    () => text,
    () => text.slice(0, random.integer(text.length)),
    () => `${text}${text}`,
    () => '['.repeat(random.integer(30_000)),
    () => ' '.repeat(70_000) + text,
    () => '<!doctype html><title>Guest Wi-Fi</title>',
    () => null,
    () => turned(text, random),
  ])();
}

/** A few bytes of it are others now. */
function turned(text: string, random: SeededRandom): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Buffer.from(text));
  for (let left = 1 + random.integer(4); left > 0; left -= 1) {
    bytes[random.integer(bytes.length)] = random.integer(256);
  }
  return bytes;
}
