import { say } from '../../shared/language/say.ts';
import type { SignInUnderWay } from './sign-ins.ts';

/** What a sign-in that is under way is called, and what goes on. */
export function waitingWords({ app, waiting }: SignInUnderWay): {
  readonly title: string;
  readonly lead: string;
} {
  if (waiting !== null) {
    return {
      title: say('common.finishInYourBrowser'),
      lead: say('waitingWords.yourPasswordStaysBetweenYou'),
    };
  }
  return app === 'custom'
    ? {
        title: say('waitingWords.tryingTheCustomConnection'),
        lead: say('waitingWords.thisTakesAFewSeconds'),
      }
    : {
        title: say('waitingWords.finishingTheSignIn'),
        lead: say('common.thisTakesAFewSeconds'),
      };
}
