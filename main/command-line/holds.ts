import { mkdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fail, succeed, type Result } from '../../shared/errors.ts';
import {
  takeLock,
  type InstanceLock,
  type Lockable,
  type LockSurroundings,
} from './instance-lock.ts';
import type { Options } from './options.ts';
import { usage } from './values.ts';

export interface Holds {
  readonly tokenLock: InstanceLock | null;
}

type Held = Pick<Options, 'command' | 'xero' | 'tokenFile' | 'stateFolder' | 'tempFolder'>;

/** Works while this process alone holds the token file and the state folder that the options name. */
export async function holding<T>(
  options: Held,
  surroundings: LockSurroundings,
  signal: AbortSignal,
  work: (holds: Holds) => Promise<Result<T>>,
): Promise<Result<T>> {
  const folders = await checkFolders(options);
  if (!folders.ok) return folders;
  const { tokenFile, stateFolder, xero } = options;
  const token = xero.kind === 'refreshToken' && tokenFile !== null ? tokenFile : null;
  const state = options.command === 'serve' ? stateFolder : null;
  const locks: InstanceLock[] = [];
  const take = async (lockable: Lockable): Promise<Result<InstanceLock>> => {
    const taken = await takeLock(lockable, surroundings, signal);
    if (taken.ok) locks.push(taken.value);
    return taken;
  };
  try {
    const tokenLock = token === null ? null : await take(tokenLockable(token));
    if (tokenLock?.ok === false) return tokenLock;
    const stateLock = state === null ? null : await take(stateLockable(state));
    if (stateLock?.ok === false) return stateLock;
    return await work({ tokenLock: tokenLock?.value ?? null });
  } finally {
    for (const lock of locks) await lock.release();
  }
}

function tokenLockable(file: string): Lockable {
  return { path: `${resolve(file)}.lock`, what: 'The token file' };
}

function stateLockable(folder: string): Lockable {
  return { path: join(resolve(folder), 'lock'), what: 'The state folder' };
}

/** A temporary folder must be there; the state folder is made, for its owner alone. */
async function checkFolders({ command, tempFolder, stateFolder }: Held): Promise<Result<void>> {
  if (tempFolder !== null && !(await isFolder(tempFolder))) {
    return fail(usage('--c1z-temp-dir names no folder. Make it first, or leave the flag out.'));
  }
  if (command !== 'serve' || stateFolder === null) return succeed();
  try {
    await mkdir(stateFolder, { recursive: true, mode: 0o700 });
    return succeed();
  } catch (error) {
    const detail = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return fail({
      code: 'diskFailed',
      message: 'The state folder can’t be made. Check its path and that you may write there.',
      next: 'tryAgain',
      detail,
    });
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}
