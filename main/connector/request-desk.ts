import { join } from 'node:path';
import { Inbox } from '../requests/inbox.ts';
import { carryOut } from '../requests/moves.ts';
import { Book } from '../requests/records.ts';
import { Rounds } from '../requests/rounds.ts';
import type { InboxSurroundings } from '../requests/surroundings.ts';
import type { Random, SecretStore } from '../ports.ts';
import { SealedFile } from '../store/sealed-file.ts';
import { accountMessage, followRequest } from './request-tasks.ts';

export { carryOut, followRequest };

export interface DeskParts extends Omit<InboxSurroundings, 'shelf' | 'accountMessage'> {
  readonly folder: string;
  readonly secrets: SecretStore;
  readonly random: Random;
}

/** The inbox of the desktop, sealed like all personal data, and its looks at Xero. */
export interface RequestDesk {
  readonly inbox: Inbox;
  readonly rounds: Rounds;
}

/** Loaded only once requests are on: the tray needs none of it. */
export function openDesk(parts: DeskParts): RequestDesk {
  const { folder, secrets, random } = parts;
  const path = join(folder, 'requests.sealed');
  const shelf = new SealedFile({ path, schema: Book, secrets, random });
  const surroundings = { ...parts, shelf, accountMessage };
  const inbox = new Inbox(surroundings);
  return { inbox, rounds: new Rounds(surroundings, inbox) };
}
