import { fail, type Result } from '../../shared/errors.ts';
import { parseCredential, type Credential } from '../c1/credential.ts';
import type { HostFacts } from '../c1/hello.ts';
import type { AccessWriter } from '../c1z/writer.ts';
import type { LockSurroundings } from './instance-lock.ts';
import type { Options } from './options.ts';
import type { Progress } from './progress.ts';
import type { ReachSurroundings } from './xero-reach.ts';

export interface CommandSurroundings
  extends Omit<ReachSurroundings, 'tokenLock'>, LockSurroundings {
  readonly facts: HostFacts;
  readonly writer: Pick<AccessWriter, 'write'>;
  /** This computer's own address on the way to the internet; null while there is none. */
  readonly address: () => Promise<string | null>;
  /** Where temporary files go when no flag names a folder. */
  readonly defaultFolder: string;
  readonly progress: Progress;
}

/** What a command works with once it holds its files. */
export type Held = CommandSurroundings & ReachSurroundings;

/** What a command prints: words for a person and, with `--json`, the same for a machine. */
export interface Report {
  readonly words: readonly string[];
  readonly json: Readonly<Record<string, unknown>>;
}

/** The C1 credential that the options give. */
export function credentialOf(options: Options): Result<Credential> {
  return options.c1 === null
    ? fail({
        code: 'credentialMissing',
        message: 'C1 needs --client-id and --client-secret.',
        next: 'pasteCredential',
      })
    : parseCredential(options.c1.clientId, options.c1.clientSecret);
}
