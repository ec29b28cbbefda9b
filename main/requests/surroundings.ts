import type { Result } from '../../shared/errors.ts';
import type { RequestEvent } from '../../shared/history.ts';
import type { InboxView } from '../../shared/requests.ts';
import type { AccountResource } from '../access/types.ts';
import type { Clock, Log } from '../ports.ts';
import type { Person } from './person.ts';
import type { Book } from './records.ts';
import type { Governed } from './targets.ts';

/** What a look for requests found. */
export interface Looked extends Governed {
  /** Whether every organisation that was asked for was read. */
  readonly whole: 'yes' | 'no';
  /** Why one couldn't be read, in a sentence; null where all were. */
  readonly trouble: string | null;
}

/** Where the inbox lies between runs. */
export interface BookShelf {
  /** What was written last; null when there is nothing that can be read. */
  read(): Promise<Result<Book | null>>;
  /** Replaces it, whole or not at all; resolves once that is durable. */
  write(book: Book): Promise<Result<void>>;
}

/** What the inbox asks of its surroundings. */
export interface InboxSurroundings {
  readonly clock: Clock;
  readonly log: Log;
  readonly newId: () => string;
  readonly shelf: BookShelf;
  /** Looks at all governed organisations, or at those that are connected under these ids. */
  readonly look: (which: 'all' | readonly string[], signal: AbortSignal) => Promise<Result<Looked>>;
  /** How long a request may wait for a person, in milliseconds. */
  readonly window: () => number;
  /** Why nobody can do anything in Xero here, in words for C1's admins: with them what isn't so already is refused. */
  readonly unattended?: string;
  /** Whether this is somebody whose own sign-in reads Xero here. */
  readonly isSelf: (person: Person) => boolean;
  /** An account as the bytes of a `Resource` message, as a sync writes it. */
  readonly accountMessage: (account: AccountResource) => Uint8Array;
  readonly onChange: (view: InboxView) => void;
  readonly onEvent: (event: RequestEvent) => void;
}
