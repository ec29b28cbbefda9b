import { fail, succeed, type Failure, type Result } from '../../../shared/errors.ts';
import type { ListedSecrets } from '../../../main/ports.ts';

export const keychainLocked: Failure = {
  code: 'keychainLocked',
  message: 'The keychain is locked.',
  next: 'unlockKeychain',
};

/** A keychain in memory that a test can lock. */
export class MemorySecrets implements ListedSecrets {
  readonly entries = new Map<string, string>();
  /** While set, nothing can be read; nothing can be written either. */
  locked = false;
  /** While set, reading works and writing doesn't. */
  readOnly = false;
  /** Every write and erasure, in order. */
  readonly changes: string[] = [];

  read(key: string): Promise<Result<string | null>> {
    if (this.locked) return Promise.resolve(fail(keychainLocked));
    return Promise.resolve(succeed(this.entries.get(key) ?? null));
  }

  keys(): Promise<Result<readonly string[]>> {
    if (this.locked) return Promise.resolve(fail(keychainLocked));
    return Promise.resolve(succeed([...this.entries.keys()]));
  }

  write(key: string, secret: string): Promise<Result<void>> {
    if (this.locked || this.readOnly) return Promise.resolve(fail(keychainLocked));
    this.entries.set(key, secret);
    this.changes.push(`write ${key}`);
    return Promise.resolve(succeed());
  }

  erase(key: string): Promise<Result<void>> {
    if (this.locked || this.readOnly) return Promise.resolve(fail(keychainLocked));
    this.entries.delete(key);
    this.changes.push(`erase ${key}`);
    return Promise.resolve(succeed());
  }
}
