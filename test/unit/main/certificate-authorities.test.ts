import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCaFile, readChosenCaFile } from '../../../main/certificate-authorities.ts';
import { makeCertificate } from '../../sandbox/certificate.ts';
import { failureOf, valueOf } from '../results.ts';

let folder: string;
let pem: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'authorities-'));
  pem = (await makeCertificate(Date.now())).ca;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function named(content: string) {
  const path = join(folder, 'ca.pem');
  await writeFile(path, content);
  return readCaFile({ NODE_EXTRA_CA_CERTS: path });
}

describe('the certificate authorities that the environment names', () => {
  it('are none where it names no file', () => {
    expect(valueOf(readCaFile({}))).toBeUndefined();
    expect(valueOf(readCaFile({ NODE_EXTRA_CA_CERTS: ' ' }))).toBeUndefined();
  });

  it('are read, several of them, with words between them', async () => {
    const bundle = `# Harbour’s own\n${pem}\n# and the proxy’s\n${pem}`;
    expect(valueOf(await named(bundle))).toBe(bundle);
  });

  it.each(['absent.pem', '.'])('that can’t be read are a wrong use: %s', (name) => {
    const path = join(folder, name);
    const failure = failureOf(readCaFile({ NODE_EXTRA_CA_CERTS: path }));
    expect(failure).toMatchObject({ code: 'usage', detail: name === '.' ? 'EISDIR' : 'ENOENT' });
    expect(failure.message).toContain('NODE_EXTRA_CA_CERTS names a file that can’t be read');
  });

  it.each([
    ['nothing', () => ''],
    ['something else', () => 'just words'],
    ['a torn certificate', () => pem.replace(/\n[^-].{20}/, '\n')],
    ['half of one', () => pem.slice(0, 200)],
  ])('that are %s are a wrong use', async (_what, content) => {
    const failure = failureOf(await named(content()));
    expect(failure.code).toBe('usage');
    expect(failure.message).toContain('NODE_EXTRA_CA_CERTS names a file that doesn’t hold');
  });
});

const YEAR = 365 * 24 * 3_600_000;

async function chosen(content: string | Buffer, now = Date.now()) {
  const path = join(folder, 'chosen.pem');
  await writeFile(path, content);
  return readChosenCaFile(path, now);
}

describe('the certificate authorities that the admin chooses', () => {
  it('are known by what they call themselves, and by when the last of them runs out', async () => {
    const read = valueOf(await chosen(`Harbour’s own:\n${pem}${pem}`));
    const name = 'C1 Connector for Xero sandbox authority';
    expect(read.names).toEqual([name, name]);
    expect(read.validUntil).toBe(Date.parse(new X509Certificate(pem).validTo));
    expect(read.pem.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  });

  it('may be the one in DER that Windows exports', async () => {
    const der = new X509Certificate(pem).raw;
    expect(valueOf(await chosen(der)).pem.trim()).toBe(pem.trim());
  });

  it.each<[string, () => string | Buffer, string]>([
    ['nothing', () => '', 'holds no certificate'],
    ['words', () => 'just words', 'holds no certificate'],
    ['a torn one', () => pem.replace(/\n[^-].{20}/, '\n'), 'or a damaged one'],
    ['a key', () => pem.replaceAll('CERTIFICATE', 'PRIVATE KEY'), 'in PEM'],
    ['bytes', () => Buffer.alloc(3000, 0x30), 'Ask who runs your network'],
  ])('are refused when the file holds %s, with what to do', async (_what, content, words) => {
    const failure = failureOf(await chosen(content()));
    expect(failure).toMatchObject({ code: 'caFileUnusable', next: 'chooseCaFile' });
    expect(failure.message).toContain(words);
  });

  it('are refused once they all ran out, with the day', async () => {
    const failure = failureOf(await chosen(pem, Date.now() + YEAR));
    const day = new Date(new X509Certificate(pem).validTo).toISOString().slice(0, 10);
    expect(failure.message).toContain(`ran out on ${day}`);
  });

  it.each([
    ['isn’t there', 'absent.pem', 'isn’t where it was'],
    ['is a folder', '.', 'can’t be read'],
  ])('are refused when the file %s', (_what, name, words) => {
    const failure = failureOf(readChosenCaFile(join(folder, name), Date.now()));
    expect(failure.code).toBe('caFileUnusable');
    expect(failure.message).toContain(words);
    expect(failure.message).not.toContain(folder);
  });

  it('are refused when the file is far too large to be theirs', async () => {
    expect(failureOf(await chosen(Buffer.alloc(5 * 1024 * 1024, pem)))).toMatchObject({
      detail: 'EFBIG',
    });
  });
});
