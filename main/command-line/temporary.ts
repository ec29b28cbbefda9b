import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Random } from '../ports.ts';

const OURS = /^c1-xero-(\d+)-[0-9a-f]{12}$/;

/** The folder of one process among the system's temporary ones; nobody else can know its name beforehand. */
export function defaultFolder(temporary: string, pid: number, random: Random): string {
  return join(temporary, `c1-xero-${pid}-${Buffer.from(random.bytes(6)).toString('hex')}`);
}

/** Removes the folders of processes that ended without doing it themselves. */
export async function removeDeadFolders(
  temporary: string,
  runs: (pid: number) => boolean,
): Promise<void> {
  const names = await readdir(temporary).catch(() => []);
  const dead = names.filter((name) => {
    const pid = OURS.exec(name)?.[1];
    return pid !== undefined && !runs(Number(pid));
  });
  // Another user's can't be removed, and needn't be.
  await Promise.all(
    dead.map((name) =>
      rm(join(temporary, name), { recursive: true, force: true }).catch(() => undefined),
    ),
  );
}

/** Whether a process of this computer runs, whoever's it is. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
