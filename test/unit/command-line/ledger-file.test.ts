import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Ledger } from '../../../main/c1/ledger.ts';
import { LedgerFile } from '../../../main/command-line/ledger-file.ts';
import { KeptLog } from '../c1/quiet.ts';
import { FakeClock } from '../fake-clock.ts';
import { failureOf, valueOf } from '../results.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-file-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});
const path = (name = 'ledger.json') => join(folder, name);

describe('the ledger in the state folder', () => {
  it('is nothing at first, and then what was written last, for its owner alone', async () => {
    const shelf = new LedgerFile(folder);
    expect(valueOf(await shelf.read())).toBeNull();
    valueOf(await shelf.write('first'));
    valueOf(await shelf.write('second'));
    expect(valueOf(await new LedgerFile(folder).read())).toBe('second');
    expect((await stat(path())).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['ledger.json']);
  });

  it('stays whole when a crash left a half-written one beside it', async () => {
    const shelf = new LedgerFile(folder);
    valueOf(await shelf.write('whole'));
    await writeFile(path('ledger.json.tmp'), 'ha', { mode: 0o666 });
    await chmod(path('ledger.json.tmp'), 0o666);
    expect(valueOf(await shelf.read())).toBe('whole');
    valueOf(await shelf.write('next'));
    expect(await readFile(path(), 'utf8')).toBe('next');
    expect((await stat(path())).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['ledger.json']);
  });

  it('is set aside where nobody understands it, and begun anew', async () => {
    const shelf = new LedgerFile(folder);
    await writeFile(path(), '{"not": "a ledger"');
    const ledger = new Ledger({ shelf, clock: new FakeClock(), log: new KeptLog() }).of('c1');
    expect(await ledger.find('task')).toBeUndefined();
    expect(await readFile(path('ledger.json.damaged'), 'utf8')).toBe('{"not": "a ledger"');
  });

  it('says what is wrong with the disk instead of throwing', async () => {
    await mkdir(path());
    expect(failureOf(await new LedgerFile(folder).read()).code).toBe('diskFailed');
    expect(failureOf(await new LedgerFile(folder).write('x')).code).toBe('diskFailed');
    const gone = new LedgerFile(path('nowhere'));
    expect(failureOf(await gone.write('x')).code).toBe('diskFailed');
  });
});
