import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../../scripts/runtime.mjs';

/** The Go programs of a comparison (test/interop). */
export interface OfficialPrograms {
  /** The connector that does with the official SDK what ours does. */
  readonly connector: string;
  /** Runs a command and says what it took. */
  readonly measure: string;
}

export function hasGo(): boolean {
  return spawnSync('go', ['version']).status === 0;
}

/** Builds them into a folder. */
export async function buildOfficial(folder: string): Promise<OfficialPrograms> {
  const run = promisify(execFile);
  const build = async (name: string): Promise<string> => {
    const program = join(folder, name);
    await run('go', ['build', '-o', program, `./${name}`], { cwd: join(ROOT, 'test/interop') });
    return program;
  };
  return { connector: await build('equivalent'), measure: await build('measure') };
}
