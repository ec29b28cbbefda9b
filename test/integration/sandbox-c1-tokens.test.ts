import { Code } from '@connectrpc/connect';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench, hello, HOST, refusal, START } from '../sandbox/c1/bench.ts';
import type { CredentialPair } from '../sandbox/c1/credentials.ts';
import {
  ASSERTION_TYPE,
  formFor,
  signAssertion,
  type AssertionChanges,
} from '../sandbox/c1/raw-client.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

describe('the token endpoint', () => {
  it('gives an opaque bearer token for a good assertion', async () => {
    const token = await bench.raw.token(bench.sandbox.credential, bench.clock);
    expect(token).toMatchObject({ token_type: 'Bearer', expires_in: 600 });
    await expect(bench.raw.rpc(token.access_token).hello(hello())).resolves.toBeDefined();
  });

  it.each<[string, AssertionChanges]>([
    ['a key id', { header: { kid: 'a-key' } }],
    ['the audience in a list', { claims: { aud: ['localhost'] } }],
  ])('accepts an assertion with %s', async (_, changes) => {
    const form = formFor(
      bench.sandbox.credential,
      await signAssertion(bench.sandbox.credential, bench.clock, changes),
    );
    expect((await bench.raw.post(new URLSearchParams(form).toString())).status).toBe(200);
  });

  it.each<[string, string, AssertionChanges]>([
    ['another issuer', 'iss', { claims: { iss: 'someone' } }],
    ['another subject', 'sub', { claims: { sub: 'someone' } }],
    ['the port in the audience', 'aud', { claims: { aud: 'localhost:443' } }],
    ['an expiry that has passed', 'expired', { claims: { exp: START / 1000 - 60 } }],
    ['an expiry an hour away', 'exp', { claims: { exp: START / 1000 + 3600 } }],
    ['a start in the future', 'nbf', { claims: { nbf: START / 1000 + 60 } }],
    ['an issue time in the future', 'iat', { claims: { iat: START / 1000 + 60 } }],
    ['no nonce', 'nonce', { header: { nonce: undefined } }],
    ['a nonce in capitals', 'nonce', { header: { nonce: 'A'.repeat(32) } }],
  ])('refuses an assertion with %s', async (_, why, changes) => {
    const form = formFor(
      bench.sandbox.credential,
      await signAssertion(bench.sandbox.credential, bench.clock, changes),
    );
    const { status, text } = await bench.raw.post(new URLSearchParams(form).toString());
    expect(status).toBe(401);
    expect(text).toContain(why);
    expect(bench.sandbox.events('token').at(-1)?.refused).toContain(why);
  });

  it("refuses another key's signature and a nonce that was used before", async () => {
    const { credential } = bench.sandbox;
    const forged = await signAssertion(credential, bench.clock, {
      signedBy: bench.sandbox.rotate(),
    });
    const once = await signAssertion(credential, bench.clock);
    const post = (assertion: string) =>
      bench.raw.post(new URLSearchParams(formFor(credential, assertion)).toString());
    expect((await post(forged)).text).toContain('signature');
    expect((await post(once)).status).toBe(200);
    expect((await post(once)).text).toContain('nonce');
  });

  it.each<[string, (form: URLSearchParams) => void, number]>([
    ['an unknown client', (form) => form.set('client_id', 'x@localhost/ccc'), 401],
    ['another grant type', (form) => form.set('grant_type', 'password'), 400],
    ['another assertion type', (form) => form.set('client_assertion_type', 'jwt'), 400],
    ['no assertion', (form) => form.delete('client_assertion'), 400],
    ['a field twice', (form) => form.append('client_assertion_type', ASSERTION_TYPE), 400],
    ['a field too many', (form) => form.set('client_secret', 'x'), 400],
  ])('refuses a form with %s', async (_, change, status) => {
    const { credential } = bench.sandbox;
    const form = new URLSearchParams(
      formFor(credential, await signAssertion(credential, bench.clock)),
    );
    change(form);
    expect((await bench.raw.post(form.toString())).status).toBe(status);
  });

  it('refuses a body that is no form', async () => {
    expect((await bench.raw.post('{}', 'application/json')).status).toBe(400);
  });

  it('misbehaves when told to, then recovers', async () => {
    bench.sandbox.faults.token.add({ kind: 'reject' }, 1);
    bench.sandbox.faults.token.add({ kind: 'status', status: 500 }, 1);
    await bench.sandbox.control('faults/token', { kind: 'html' });
    expect((await bench.raw.post('')).status).toBe(401);
    expect((await bench.raw.post('')).status).toBe(500);
    expect(await bench.raw.post('')).toMatchObject({ status: 200, type: 'text/html' });
    await expect(bench.raw.token(bench.sandbox.credential, bench.clock)).resolves.toBeDefined();
  });
});

describe('the bearer token', () => {
  it('is needed for every call', async () => {
    expect((await refusal(bench.raw.rpc('nonsense').hello(hello()))).code).toBe(
      Code.Unauthenticated,
    );
  });

  it.each<[string, (pair: CredentialPair) => unknown]>([
    ['its time has come', () => (bench.clock += 600_000)],
    ['its credential is revoked', ({ clientId }) => bench.sandbox.revoke(clientId)],
    ['it was expired by control', () => bench.sandbox.control('tokens/expire', {})],
  ])('stops working when %s', async (_, end) => {
    const client = await bench.signIn();
    await client.getTask({ hostId: HOST });
    await end(bench.sandbox.credential);
    expect((await refusal(client.getTask({ hostId: HOST }))).code).toBe(Code.Unauthenticated);
  });
});
