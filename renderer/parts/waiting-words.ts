import type { SignInUnderWay } from './sign-ins.ts';

/** What a sign-in that is under way is called, and what goes on. */
export function waitingWords({ app, waiting }: SignInUnderWay): {
  readonly title: string;
  readonly lead: string;
} {
  if (waiting !== null) {
    return {
      title: 'Finish in your browser',
      lead: 'Your password stays between you and Xero; this app never sees it.',
    };
  }
  return app === 'custom'
    ? {
        title: 'Trying the custom connection',
        lead: 'This takes a few seconds, and needs no browser.',
      }
    : { title: 'Finishing the sign-in', lead: 'This takes a few seconds.' };
}
