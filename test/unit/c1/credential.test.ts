import { inspect } from 'node:util';
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseCredential } from '../../../main/c1/credential.ts';
import { CLIENT_ID, makeCredential, makeKey, makeSecret, secretAround } from './credentials.ts';

const key = makeKey();
const secret = makeSecret(key);
const encoded = secret.split(':').at(-1) ?? '';

function refusedSecret(pasted: string): string {
  return refused(CLIENT_ID, pasted, 'credentialSecretInvalid');
}

function refusedId(pasted: string): string {
  return refused(pasted, secret, 'credentialClientIdInvalid');
}

function refused(clientId: string, pasted: string, code: string): string {
  const parsed = parseCredential(clientId, pasted);
  if (parsed.ok) throw new Error('was accepted');
  expect(parsed.failure.code).toBe(code);
  expect(parsed.failure.next).toBe('pasteCredential');
  return parsed.failure.message;
}

describe('a whole credential', () => {
  it('gives name, host and audience', () => {
    const credential = makeCredential('otter@acme.conductor.one:8443/ccc/more', secret);
    expect(credential).toMatchObject({
      clientId: 'otter@acme.conductor.one:8443/ccc/more',
      clientName: 'otter',
      host: 'acme.conductor.one:8443',
      audience: 'acme.conductor.one',
    });
    expect(credential.secretForKeychain()).toBe(secret);
  });

  it('may have an empty use case, a second @ after the slash, and any first two words', () => {
    expect(makeCredential('otter@acme.conductor.one/', secret).host).toBe('acme.conductor.one');
    expect(makeCredential('otter@acme.conductor.one/a@b', secret).host).toBe('acme.conductor.one');
    expect(parseCredential(CLIENT_ID, `a:b:v1:${encoded}`).ok).toBe(true);
    expect(parseCredential(CLIENT_ID, `::v1:${encoded}`).ok).toBe(true);
  });

  it('may carry a key id, an algorithm and a use', () => {
    const more = makeSecret(key, { kid: 'k1', alg: 'EdDSA', use: 'sig' });
    expect(parseCredential(CLIENT_ID, more).ok).toBe(true);
  });

  it('never shows its key when printed or serialised', () => {
    const credential = makeCredential(CLIENT_ID, secret);
    const shown = inspect(credential, { depth: 9 }) + JSON.stringify(credential);
    expect(shown).not.toContain(key.d);
    expect(shown).not.toContain(encoded);
  });
});

describe('what copying adds', () => {
  it.each([
    ['blanks and line breaks around', ` \r\n\t${secret}\n `],
    ['straight quotes', `"${secret}"`],
    ['curly quotes with a blank', `“${secret} ”`],
    ['a backtick', `\`${secret}\``],
    ['a line break inside', `${secret.slice(0, 60)}\r\n    ${secret.slice(60)}`],
    ['invisible blanks', `\u200b${secret}\ufeff\u00a0`],
    ['the name of its variable', `BATON_CLIENT_SECRET=${secret}`],
    ['an export line', `export BATON_CLIENT_SECRET="${secret}"`],
    ['a line of YAML', `BATON_CLIENT_SECRET: '${secret}'`],
    ['a flag', `--client-secret ${secret}`],
    ['the label of C1', `Client secret: ${secret}`],
  ])('is taken away from a secret: %s', (_, pasted) => {
    expect(makeCredential(CLIENT_ID, pasted).secretForKeychain()).toBe(secret);
  });

  it.each([
    ` ${CLIENT_ID}\n`,
    `"${CLIENT_ID}"`,
    `BATON_CLIENT_ID=${CLIENT_ID}`,
    `Client ID: ${CLIENT_ID}`,
  ])('is taken away from a Client ID: %j', (pasted) => {
    expect(makeCredential(pasted, secret).clientId).toBe(CLIENT_ID);
  });
});

describe('a wrong Client ID', () => {
  it.each([
    ['without @', 'acme.conductor.one/ccc', /no “@”/],
    ['without /', 'otter@acme.conductor.one', /no “\/”/],
    ['with a / before the @ alone', 'a/b@acme.conductor.one', /no “\/”/],
    ['without a name', '@acme.conductor.one/ccc', /nothing in front of the “@”/],
    ['without a host', 'otter@/ccc', /no address/],
    ['with a space', 'otter@acme.conductor.one /ccc', /space/],
    ['with a control character', 'otter@acme.conduc\u0007tor.one/ccc', /can’t be seen/],
    ['with an invisible character', 'otter@acme\u200b.conductor.one/ccc', /can’t be seen/],
  ])('%s is named', (_, pasted, sentence) => {
    expect(refusedId(pasted)).toMatch(sentence);
  });

  it.each([
    'otter@acme.conductor.one@evil.example/ccc',
    'otter@acme:pw@evil.example/ccc',
    'otter@evil.example\\.conductor.one/ccc',
    'otter@evil.example#.conductor.one/ccc',
    'otter@evil.example?.conductor.one/ccc',
    'otter@%61cme.conductor.one/ccc',
    'otter@acme..conductor.one/ccc',
    'otter@acme.conductor.one./ccc',
    'otter@-acme.conductor.one/ccc',
    'otter@0x7f.1/ccc',
    'otter@2130706433/ccc',
    'otter@аcme.conductor.one/ccc',
    'otter@acme.conductor.one:/ccc',
    'otter@acme.conductor.one:99999/ccc',
    'otter@acme.conductor.one:80:80/ccc',
    'otter@[::1]/ccc',
  ])('with a host that could mislead is refused: %s', (pasted) => {
    expect(refusedId(pasted)).toMatch(/decides where your data goes/);
  });

  it('that is empty asks for it', () => {
    expect(refused(' ', secret, 'credentialMissing')).toMatch(/Client ID is empty/);
  });
});

describe('a wrong secret', () => {
  it('that is empty asks for it', () => {
    expect(refused(CLIENT_ID, '\n', 'credentialMissing')).toMatch(/secret is empty/);
  });

  it('swapped with the Client ID is recognised', () => {
    expect(refused(secret, CLIENT_ID, 'credentialClientIdInvalid')).toMatch(/swapped/);
  });

  it('pasted twice, or the Client ID twice, is recognised', () => {
    expect(refused(secret, secret, 'credentialClientIdInvalid')).toMatch(/This is a Client secret/);
    expect(refusedSecret(CLIENT_ID)).toMatch(/This is a Client ID/);
  });

  it('that lost characters at its end says how many', () => {
    for (let lost = 1; lost <= 120; lost += 1) {
      const message = refusedSecret(secret.slice(0, -lost));
      expect(message).toContain(lost === 1 ? ' 1 character short' : ` ${lost} characters short`);
    }
  });

  it('cut before the key itself says that its end is missing', () => {
    const beforeKey = secret.indexOf('v1:');
    for (let length = 1; length < beforeKey + 20; length += 1) {
      expect(refusedSecret(secret.slice(0, length))).toMatch(/end of the secret is missing/);
    }
  });

  it.each([encoded, `v1:${encoded}`, `conductorone.com:v1:${encoded}`])(
    'that lost its beginning says so',
    (pasted) => {
      expect(refused(CLIENT_ID, pasted, 'credentialSecretInvalid')).toMatch(/beginning/);
    },
  );

  it('with a space inside says so', () => {
    expect(refusedSecret(`${secret.slice(0, 50)} ${secret.slice(50)}`)).toMatch(/space/);
  });

  it('of another version says so', () => {
    expect(refusedSecret(secret.replace(':v1:', ':v2:'))).toMatch(/another kind/);
  });

  it.each([
    ['padding', `${secret}=`],
    ['the other base64 alphabet', secret.replace(':v1:', ':v1:+/')],
    ['a fifth part', `${secret}:x`],
    ['no JSON', `a:b:v1:${Buffer.from('hello').toString('base64url')}`],
    [
      'a name twice',
      secretAround(`{"kty":"OKP","crv":"Ed25519","x":"${key.x}","d":"A","d":"${key.d}"}`),
    ],
    ['halves of two keys', makeSecret({ x: makeKey().x, d: key.d })],
    ['a short half', makeSecret({ x: key.x, d: key.d.slice(2) })],
    ['no public half', secretAround({ kty: 'OKP', crv: 'Ed25519', d: key.d })],
  ])('that was changed is refused: %s', (_, pasted) => {
    expect(refusedSecret(pasted)).toMatch(/changed when it was copied/);
  });

  it('that holds a public key says so', () => {
    const half = secretAround({ kty: 'OKP', crv: 'Ed25519', x: key.x });
    expect(refusedSecret(half)).toMatch(/public key/);
  });

  it('that holds a key of another kind says so', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
    expect(refusedSecret(secretAround(rsa.export({ format: 'jwk' })))).toMatch(/another kind/);
    const other = secretAround({ kty: 'OKP', crv: 'X25519', x: key.x, d: key.d });
    expect(refusedSecret(other)).toMatch(/another kind/);
  });

  it.each(['hunter2', secretAround([1]), secretAround({ 'kty ': 'OKP' })])(
    'that is something else altogether says so',
    (pasted) => {
      expect(refusedSecret(pasted)).toMatch(/isn’t a C1 Client secret/);
    },
  );

  it('is never repeated in what is said about it', () => {
    const spoilt = [
      ...Array.from({ length: secret.length }, (_, length) => secret.slice(0, length)),
      ...Array.from({ length: secret.length }, (_, length) => secret.slice(length + 1)),
      secret.replace(':v1:', ':v2:'),
      makeSecret({ x: makeKey().x, d: key.d }),
    ];
    for (const pasted of spoilt) {
      const parsed = parseCredential(CLIENT_ID, pasted);
      const said = JSON.stringify(parsed);
      for (let at = 0; at + 8 <= encoded.length; at += 8) {
        expect(said).not.toContain(encoded.slice(at, at + 8));
      }
    }
  });
});
