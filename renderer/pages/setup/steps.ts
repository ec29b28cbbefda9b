import { say } from '../../../shared/language/say.ts';
import type { SetupStep, Snapshot, XeroSignIn } from '../../../shared/snapshot.ts';
import { isSignedIn, nameOf, organisationsOf, signInUnderWay } from '../../parts/sign-ins.ts';

export type Step = Exclude<SetupStep, 'done'>;

/** A step of first run, with what has been done under it. */
interface StepSummary {
  readonly step: Step;
  readonly title: string;
  readonly done: boolean;
  readonly facts: readonly string[];
}

/** More names than this would push the other steps away. */
const MOST_NAMES = 3;

/** The three steps as the left side shows them. */
export function stepsOf(snapshot: Snapshot): readonly StepSummary[] {
  return [xeroStep(snapshot), organisationsStep(snapshot), c1Step(snapshot)];
}

function xeroStep({ xero }: Snapshot): StepSummary {
  const signedIn = xero.filter(isSignedIn);
  const base = { step: 'xero', title: 'Xero', done: signedIn.length > 0 } as const;
  const underWay = signInUnderWay(xero);
  if (underWay !== null) {
    return {
      ...base,
      facts: [
        underWay.waiting === null ? say('steps.askingXero') : say('steps.waitingForYourBrowser'),
      ],
    };
  }
  if (signedIn.length === 0) return { ...base, facts: [say('steps.signInToReadWho')] };
  const fact = (signIn: XeroSignIn) =>
    signIn.app === 'custom'
      ? nameOf(signIn)
      : say('steps.signedInAs', { who: signIn.who?.name ?? say('steps.somebody') });
  return { ...base, facts: signedIn.map(fact) };
}

function organisationsStep({ xero }: Snapshot): StepSummary {
  const governed = organisationsOf(xero).filter((organisation) => organisation.governed);
  const base = { step: 'organisations', title: say('common.organisations') } as const;
  if (governed.length === 0) {
    return { ...base, done: false, facts: [say('steps.chooseWhichOnesToGovern')] };
  }
  const names = governed.slice(0, MOST_NAMES).map(({ name }) => name);
  const others = governed.length - names.length;
  return {
    ...base,
    done: true,
    facts:
      others === 0
        ? names
        : [...names, say('steps.andOthers', { others: say('count.other', { count: others }) })],
  };
}

function c1Step({ c1 }: Snapshot): StepSummary {
  const base = { step: 'c1', title: 'C1', done: c1.kind === 'connected' } as const;
  if (c1.kind === 'none') return { ...base, facts: [say('steps.pasteTheCredentialFromC1')] };
  return { ...base, facts: [c1.credential.host] };
}
