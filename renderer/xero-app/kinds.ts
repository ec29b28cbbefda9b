import { say } from '../../shared/language/say.ts';
import { XERO_APP_TYPES } from '../../shared/words.ts';
import type { XeroAppKind } from '../../shared/snapshot.ts';

/** A kind of Xero app, as an admin is helped to choose one. */
interface KindWords {
  readonly kind: XeroAppKind;
  readonly name: string;
  /** Who should take it. */
  readonly forWhom: string;
  /** The button that tries it, and so the verb of what follows. */
  readonly begin: string;
}

/** In the order of how often each is the right one (xero.md §2). */
export const KINDS: readonly KindWords[] = [
  {
    kind: 'desktop',
    name: say('kinds.desktopApp'),
    forWhom: say('kinds.forMostItHasNo'),
    begin: say('common.signInToXero'),
  },
  {
    kind: 'web',
    name: XERO_APP_TYPES.web,
    forWhom: say('kinds.ifYouHaveOneAlready'),
    begin: say('common.signInToXero'),
  },
  {
    kind: 'custom',
    name: XERO_APP_TYPES.custom,
    forWhom: say('kinds.forOneOrganisationThatMust'),
    begin: say('kinds.connectToXero'),
  },
];

export function wordsOf(kind: XeroAppKind): KindWords {
  const words = KINDS.find((each) => each.kind === kind);
  if (words === undefined) throw new Error(`No words for ${kind}`);
  return words;
}
