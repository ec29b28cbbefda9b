import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runPromises } from '../../run/promises.mjs';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'promises-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function counts(program: string) {
  const path = join(folder, 'program.mjs');
  await writeFile(path, program);
  return runPromises('soak', [path]);
}

describe('a program that counts as one test', () => {
  it('passes when it ends well', async () => {
    expect(await counts("console.log('Every promise was kept.')")).toMatchObject({
      passed: 1,
      failed: 0,
      told: [],
    });
  });

  it('fails with every promise that it says was broken', async () => {
    const said = "for (const which of ['One', 'Two']) console.log(`BROKEN: ${which}.`);";
    const { failed, told } = await counts(`${said} process.exitCode = 1;`);
    expect(failed).toBe(1);
    expect(told).toEqual(['✗ soak\n    One.\n    Two.']);
  });

  it('fails too where it ended without a word', async () => {
    const { failed, told } = await counts('process.exit(3)');
    expect(failed).toBe(1);
    expect(told).toEqual(['✗ soak\n    broke down outside its tests']);
  });
});
