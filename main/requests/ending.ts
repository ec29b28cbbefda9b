import { say } from '../../shared/language/say.ts';
import type { RequestEnd } from '../../shared/requests.ts';
import { grantId } from '../access/ids.ts';
import { accountOf } from './account.ts';
import { readAsked } from './asked.ts';
import { isMet } from './condition.ts';
import { taskMessage } from './messages.ts';
import type { RequestRecord, Rise, TaskRecord } from './records.ts';
import { standingSeen } from './seen.ts';
import type { Looked } from './surroundings.ts';
import { roleBySlug } from './targets.ts';
import type { Verdict } from './verdict.ts';

/** Whether Xero shows all that a task wants. */
export function isDone(task: TaskRecord, { places, everywhere, wanted }: RequestRecord): boolean {
  // Of a removal everywhere the request knows of organisations that came later.
  return (everywhere === 'yes' ? wanted : task.wanted).every(({ organisation, condition }) => {
    const place = places.find(({ id }) => id === organisation);
    const standing = place === undefined ? null : standingSeen(place.now);
    return standing !== null && isMet(condition, { ...standing, subscriber: 'no' });
  });
}

/**
 * The verdict on a task that is done.
 * @param encode an account as the bytes of a `Resource` message
 */
export function doneVerdict(
  task: TaskRecord,
  request: RequestRecord,
  looked: Looked,
  when: 'before' | 'now',
  encode: (account: NonNullable<ReturnType<typeof accountOf>>) => Uint8Array,
): Verdict | null {
  const asked = readAsked(taskMessage(task));
  if ('malformed' in asked) return null;
  switch (asked.kind) {
    case 'grant': {
      const replaced = when === 'before' ? null : replacedBy(task, request, looked);
      const principal = { type: 'user', id: asked.principal.accountId } as const;
      const replacedGrantId = replaced === null ? null : grantId(replaced, principal);
      return { kind: 'granted', when, replacedGrantId };
    }
    case 'revoke':
      return { kind: 'revoked', when };
    case 'createAccount': {
      const account = accountOf(request.person, looked);
      if (account === null) return null;
      const resource = Buffer.from(encode(account)).toString('base64');
      return { kind: 'created', when, resource };
    }
    case 'deleteAccount':
      return { kind: 'deleted', when };
  }
}

/** The entitlement of the role that gave way to the one granted, by its id; null where none did. */
function replacedBy(task: TaskRecord, { places }: RequestRecord, looked: Looked): string | null {
  const [wanted] = task.wanted;
  const place = places.find(({ id }) => id === wanted?.organisation);
  const access = looked.organisations.find(({ organisation }) => organisation.id === place?.id);
  if (place === undefined || access === undefined) return null;
  const gone = place.before.roles.find(
    ({ slug }) => !place.now.roles.some((role) => role.slug === slug),
  );
  if (gone === undefined) return null;
  return roleBySlug(gone.slug, access, looked.options)?.entitlementId ?? null;
}

/** What is to be remembered once a role has taken another's place, so that it can be given back. */
export function riseOf(task: TaskRecord, request: RequestRecord, at: number): Rise | null {
  const [wanted] = task.wanted;
  if (wanted?.condition.kind !== 'holds') return null;
  const { role } = wanted.condition;
  const place = request.places.find(({ id }) => id === wanted.organisation);
  const replaced = place?.before.roles.find(({ slug }) => slug !== role);
  if (place === undefined || replaced === undefined) return null;
  return { person: request.person, organisation: place.id, role, replaced, at };
}

/** How a request ended, for the window. */
export function endOf(verdict: Verdict, at: number): RequestEnd {
  switch (verdict.kind) {
    case 'granted':
    case 'revoked':
    case 'created':
    case 'deleted':
      return verdict.when === 'before'
        ? { kind: 'alreadySo', at, words: say('requestEnds.alreadySo') }
        : { kind: 'done', at, words: say('requestEnds.done') };
    case 'invited':
      return { kind: 'invited', at, words: say('requestEnds.invited') };
    case 'declined':
      return {
        kind: 'declined',
        at,
        words: say('requestEnds.declined', { reason: verdict.reason }),
      };
    case 'outOfTime':
      return { kind: 'outOfTime', at, words: say('requestEnds.outOfTime') };
    case 'refused':
      return { kind: 'refused', at, words: verdict.message };
  }
}
