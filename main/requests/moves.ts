import { fail, succeed, type Result } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';
import type { RequestMove } from '../../shared/request-moves.ts';
import { userManagementPage } from '../access/links.ts';
import type { Clock } from '../ports.ts';
import type { Inbox } from './inbox.ts';
import type { RequestRecord } from './records.ts';

/** What the window's move leaves to be done outside of the inbox. */
export type Effect =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'open'; readonly address: string }
  | { readonly kind: 'copy'; readonly text: string };

const NOTHING: Effect = { kind: 'nothing' };

/** Does what the admin asked for on a request. */
export function carryOut(move: RequestMove, inbox: Inbox, clock: Clock): Result<Effect> {
  const now = clock.now();
  const { id } = move;
  switch (move.move) {
    case 'show': {
      const known = inbox.open.find((request) => request.id === id);
      if (known?.shownAt !== null) return succeed(NOTHING);
      return change(inbox, id, 'shown', (request) => ({ ...request, shownAt: now }));
    }
    case 'openInXero': {
      const opened = change(inbox, id, 'opened', (request) => ({ ...request, nudgedAt: now }));
      if (!opened.ok) return opened;
      const request = inbox.open.find((each) => each.id === id);
      const place = request?.places.find((each) => each.id === move.organisation);
      return place === undefined
        ? fail(notThere)
        : succeed({ kind: 'open', address: userManagementPage(place.shortCode) });
    }
    case 'saidDone':
      return change(inbox, id, 'saidDone', (request) => ({ ...request, nudgedAt: now }));
    case 'saidInvited':
      return change(inbox, id, 'saidInvited', (request) => ({
        ...request,
        nudgedAt: now,
        invitedAt: request.invitedAt ?? now,
      }));
    case 'confirm':
      return change(inbox, id, 'confirmed', (request) => ({ ...request, confirmedAt: now }));
    case 'decline': {
      const isOpen = inbox.open.some((request) => request.id === id);
      if (!isOpen) return change(inbox, id, 'declined', (request) => request);
      inbox.settleAll({ kind: 'declined', reason: move.reason }, id);
      return succeed(NOTHING);
    }
    case 'copy': {
      const { requests } = inbox.book.now;
      const person = requests.find((request) => request.id === id)?.person;
      const text = move.what === 'name' ? person?.name : person?.email;
      return typeof text === 'string' ? succeed({ kind: 'copy', text }) : fail(notThere);
    }
  }
}

function change(
  inbox: Inbox,
  id: string,
  what: Parameters<Inbox['tell']>[0],
  how: (request: RequestRecord) => RequestRecord,
): Result<Effect> {
  const changed = inbox.update(id, how);
  if (!changed.ok) return changed;
  inbox.tell(what, changed.value);
  return succeed(NOTHING);
}

const notThere = {
  code: 'usage',
  message: say('requests.thisIsntPartOfThe'),
  next: 'wait',
} as const;
