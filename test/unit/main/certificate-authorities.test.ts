import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCaFile } from '../../../main/certificate-authorities.ts';
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
