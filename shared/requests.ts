/**
 * What C1 asks a person to do in Xero, as the window shows it. Times are milliseconds since 1970. Xero
 * has no way to change a user but its own pages (xero.md §5): a person does it, and the app looks
 * whether it is so.
 */

/** What the admin does, as things stand in Xero now. */
export type RequestTask = 'invite' | 'changeRole' | 'remove' | 'removeEverywhere';

export interface RequestView {
  readonly id: string;
  readonly task: RequestTask;
  readonly person: { readonly name: string; readonly email: string | null };
  /** Where it is to be done: one organisation, or every governed one for a removal everywhere. */
  readonly places: readonly RequestPlace[];
  /** When C1 asked first. */
  readonly askedAt: number;
  /** When the first of its tasks is answered as out of time, unless it is done by then. */
  readonly until: number;
  /** For how long C1 says that the access is wanted, in milliseconds; null where it doesn't say. */
  readonly duration: number | null;
  /** How many tasks of C1's it answers. */
  readonly tasks: number;
  /** What the admin should know before anything is clicked. */
  readonly remarks: readonly RequestRemark[];
  /** What must be confirmed before the steps are shown; null where nothing must, or it was. */
  readonly caution: RequestCaution | null;
  /** Ways to do it, the better one first; empty while a caution stands. */
  readonly ways: readonly RequestWay[];
  /** Whether the admin said that the invitation was sent. */
  readonly invited: boolean;
  readonly check: RequestCheck;
  /** Null while it is open. */
  readonly end: RequestEnd | null;
}

export interface RequestPlace {
  readonly organisation: { readonly id: string; readonly name: string };
  /** Xero's word for the role that the person has there now; null for no access. */
  readonly today: string | null;
  /** Xero's word for the role that was asked for; null where the access is to end. */
  readonly asked: string | null;
  /** Whether Xero shows it as asked. */
  readonly done: boolean;
}

export interface RequestRemark {
  readonly kind:
    /** Another open request asks for something else for the same person. */
    | 'conflict'
    /** C1 named an id that Xero has no more; the person was found by Xero's id of the person, or by e-mail. */
    | 'foundOtherwise'
    /** They have no account in any governed organisation yet. */
    | 'notYetInXero'
    /** The role that C1 gave for a while took another's place, which can be given back. */
    | 'hadAnotherRole';
  readonly words: string;
}

export interface RequestCaution {
  readonly kind: 'lastAdviser' | 'ownAccess';
  readonly words: string;
}

export interface RequestWay {
  /** What this way comes to; null where there is one way alone. */
  readonly title: string | null;
  readonly steps: readonly RequestStep[];
}

export interface RequestStep {
  readonly words: string;
  /** The organisation whose page of users this step opens; null where the step is done there. */
  readonly opens: string | null;
}

export interface RequestCheck {
  /** When Xero was looked at last for this request; null before the first time. */
  readonly at: number | null;
  readonly now: 'waiting' | 'looking';
  /** When Xero is looked at next. */
  readonly nextAt: number | null;
  /** What is still missing: "Xero still shows Read only …". Null before the first look. */
  readonly found: string | null;
  /** Why Xero couldn't be looked at, if it couldn't. */
  readonly trouble: string | null;
}

export interface RequestEnd {
  readonly kind:
    | 'done'
    /** It was so already when C1 asked. */
    | 'alreadySo'
    /** An invitation was sent and not accepted in time. */
    | 'invited'
    | 'declined'
    | 'outOfTime'
    /** C1 cancelled it, or stopped waiting for it. */
    | 'cancelled'
    /** Done in Xero, but C1 had stopped waiting: the next sync shows it. */
    | 'tooLate'
    /** It can't be done, which was said at once. */
    | 'refused';
  readonly at: number;
  /** What became of it, in a sentence or two. */
  readonly words: string;
}

/** All requests at hand. */
export interface InboxView {
  /** Open ones, the oldest first; then those that ended, the newest first. */
  readonly requests: readonly RequestView[];
}

/** Those that wait for a person. */
export function openOf({ requests }: InboxView): readonly RequestView[] {
  return requests.filter(({ end }) => end === null);
}

/** How many that ended are shown. */
export const ENDED_SHOWN = 30;

/** How long a request may wait for a person, in minutes. */
export const REQUEST_WINDOWS = [5, 15, 30, 60, 120, 240, 480, 1440] as const;

/** The most that a reason for declining may say. */
export const REASON_LENGTH = 500;
