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
    name: 'Desktop app',
    forWhom: 'For most: it has no secret, so there is nothing to leak or to renew.',
    begin: 'Sign in to Xero',
  },
  {
    kind: 'web',
    name: XERO_APP_TYPES.web,
    forWhom: 'If you have one already, or your company’s rules ask for an app with a secret.',
    begin: 'Sign in to Xero',
  },
  {
    kind: 'custom',
    name: XERO_APP_TYPES.custom,
    forWhom:
      'For one organisation that must outlast its admin: it hangs on nobody’s sign-in. Xero charges for it, except with the demo company, and offers it in Australia, New Zealand, the UK and the US.',
    begin: 'Connect to Xero',
  },
];

export function wordsOf(kind: XeroAppKind): KindWords {
  const words = KINDS.find((each) => each.kind === kind);
  if (words === undefined) throw new Error(`No words for ${kind}`);
  return words;
}
