import { describe, expect, it } from 'vitest';
import { findCredential, previewPasted } from '../../../main/c1/pasted-credential.ts';
import type { PastedPart } from '../../../shared/intents.ts';
import { CLIENT_ID, makeKey, makeSecret } from './credentials.ts';

const key = makeKey();
const secret = makeSecret(key);
const encoded = secret.split(':').at(-1) ?? '';
const id64 = Buffer.from(CLIENT_ID).toString('base64');
const secret64 = Buffer.from(secret).toString('base64');

function wrapped(text: string, width: number, before = ''): string {
  return (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(`\n${before}`);
}

/** What is said of a part that isn't understood. */
function wrongIn(part: PastedPart): string {
  return part.kind === 'wrong' ? part.because.message : part.kind;
}

describe('both parts are found', () => {
  it.each([
    ['on two lines', `${CLIENT_ID}\n${secret}`],
    ['in the other order', `${secret}\r\n${CLIENT_ID}\r\n`],
    ['with C1’s labels', `Client ID: ${CLIENT_ID}\nClient secret: ${secret}`],
    [
      'with the labels on lines of their own',
      `Client ID\n${CLIENT_ID}\n\nClient secret\n${secret}`,
    ],
    ['with labels that touch', `client_id:${CLIENT_ID}\nclient_secret:${secret}`],
    ['in quotes', `“${CLIENT_ID}” "${secret}"`],
    [
      'as environment lines',
      `BATON_CLIENT_ID=${CLIENT_ID}\nexport BATON_CLIENT_SECRET='${secret}'`,
    ],
    ['as one line of the command line', `serve --client-id ${CLIENT_ID} --client-secret=${secret}`],
    ['as JSON', JSON.stringify({ clientId: CLIENT_ID, clientSecret: secret }, null, 2)],
    ['as JSON with escaped slashes', JSON.stringify([CLIENT_ID, secret]).replaceAll('/', '\\/')],
    ['as JSON inside JSON', JSON.stringify({ env: `ID=${CLIENT_ID}\nSECRET=${secret}\n` })],
    [
      'as a Kubernetes Secret in base64',
      `apiVersion: v1\nkind: Secret\ndata:\n  BATON_CLIENT_ID: ${id64}\n  BATON_CLIENT_SECRET: ${secret64}\n`,
    ],
    [
      'as a Kubernetes Secret in plain',
      `kind: Secret\nstringData:\n  BATON_CLIENT_ID: "${CLIENT_ID}"\n  BATON_CLIENT_SECRET: ${secret}\n`,
    ],
    [
      'as a Kubernetes Secret of kubectl’s JSON',
      JSON.stringify({ kind: 'Secret', data: { id: id64, secret: secret64 } }),
    ],
    [
      'in base64 with its lines broken',
      `  id: ${id64}\n  secret: |\n    ${wrapped(secret64, 76, '    ')}\n`,
    ],
    ['in a mail that broke the secret', `Hello,\n${CLIENT_ID}\n${wrapped(secret, 72)}\nBye`],
    ['with a blank inside the secret', `${CLIENT_ID}\n${secret.slice(0, 60)} ${secret.slice(60)}`],
    ['with nothing between them', `${CLIENT_ID}${secret}`],
    ['beside an e-mail address', `Owner: ana@harbour.example\n${CLIENT_ID}\n${secret}`],
    ['twice', `${CLIENT_ID}\n${secret}\n${CLIENT_ID}\n${secret}`],
    ['once cut off, then whole', `${CLIENT_ID}\n${secret.slice(0, -9)}\n${secret}`],
    ['with invisible blanks', `\u200b${CLIENT_ID}\u200b\n\ufeff${secret}\u00a0`],
    ['as a row of a table', `| ${CLIENT_ID} | ${secret} |`],
  ])('%s', (_, pasted) => {
    expect(findCredential(pasted)).toEqual({ ok: true, value: { clientId: CLIENT_ID, secret } });
  });
});

describe('what is missing stays missing', () => {
  it.each([
    ['nothing at all', '', '', ''],
    ['prose', 'Ask Ana for it, she has them in the safe.', '', ''],
    ['the Client ID alone', CLIENT_ID, CLIENT_ID, ''],
    ['the secret alone', `${secret}\n`, '', secret],
    ['an app of Xero’s', '4F2A9C81D7E64B0FA3C5512E9B7D6A08', '', ''],
  ])('%s', (_, pasted, clientId, found) => {
    expect(findCredential(pasted)).toEqual({ ok: true, value: { clientId, secret: found } });
  });
});

describe('two different ones', () => {
  it.each([
    ['Client IDs', `${CLIENT_ID}\nother@acme.conductor.one/ccc\n${secret}`],
    ['secrets', `${CLIENT_ID}\n${secret}\n${makeSecret(makeKey())}`],
  ])('%s are refused, since nobody can tell which is meant', (what, pasted) => {
    const found = findCredential(pasted);
    expect(found).toMatchObject({ ok: false, failure: { next: 'pasteCredential' } });
    expect(JSON.stringify(found)).toMatch(
      new RegExp(`Two different Client ${what === 'secrets' ? 'secrets' : 'IDs'}`),
    );
    expect(JSON.stringify(previewPasted(pasted))).toContain('"kind":"wrong"');
  });
});

describe('the preview', () => {
  it('shows the host, and of the secret the end of its public half', () => {
    expect(previewPasted(`${CLIENT_ID}\n${secret}`)).toEqual({
      clientId: { kind: 'understood', shown: CLIENT_ID },
      secret: {
        kind: 'understood',
        shown: `secret-token:conductorone.com:v1:…${key.x.slice(-4)}`,
      },
      destination: { host: 'acme.conductor.one', unusual: false },
    });
  });

  it('shows what it has of half a paste', () => {
    expect(previewPasted(CLIENT_ID)).toMatchObject({
      clientId: { kind: 'understood' },
      secret: { kind: 'missing' },
      destination: { host: 'acme.conductor.one' },
    });
  });

  it.each([
    ['acme.conductor.one', false],
    ['ACME.Conductor.One', false],
    ['acme.conductor.one:8443', false],
    ['conductor.one', true],
    ['evilconductor.one', true],
    ['acme.conductor.one.evil.example', true],
    ['localhost:8443', true],
  ])('asks once more about a host outside C1’s own: %s → %s', (host, unusual) => {
    expect(previewPasted(`otter@${host}/ccc\n${secret}`).destination).toEqual({ host, unusual });
  });

  it.each([
    ['the missing end of a secret', secret.slice(0, -12), /12 characters short/],
    ['the missing beginning of a secret', secret.slice(30), /beginning of the secret/],
    ['what is no secret of C1’s', secret.slice(40), /isn’t a C1 Client secret/],
    [
      'the missing end in base64',
      Buffer.from(secret.slice(0, -12)).toString('base64'),
      /12 characters short/,
    ],
  ])('names %s', (_, pasted, sentence) => {
    const preview = previewPasted(`${CLIENT_ID}\n${pasted}`);
    expect(preview.clientId).toMatchObject({ kind: 'understood' });
    expect(wrongIn(preview.secret)).toMatch(sentence);
  });

  it.each([
    ['the end', 'otter@acme.conductor.one', /end is missing/],
    ['the beginning', 'acme.conductor.one/ccc', /beginning or its end is missing/],
    ['a plain host', 'otter@evil.example#.conductor.one/ccc', /decides where your data goes/],
  ])('names a Client ID without %s, and shows no host', (_, pasted, sentence) => {
    const preview = previewPasted(`${pasted}\n${secret}`);
    expect(wrongIn(preview.clientId)).toMatch(sentence);
    expect(preview.destination).toBeNull();
  });

  it('shows none of the key, whatever is wrong with it', () => {
    for (const pasted of [
      secret.slice(0, -5),
      encoded,
      `hidden:words:v1:${encoded}`,
      `${secret}x`,
    ]) {
      const shown = JSON.stringify(previewPasted(`${CLIENT_ID}\n${pasted}`));
      expect(shown).not.toContain(encoded.slice(40, 60));
      expect(shown).not.toMatch(/hidden|words/);
      expect(shown).not.toContain(key.d.slice(0, 8));
    }
  });
});
