import type { SetupStep, Snapshot, XeroSignIn } from '../../../shared/snapshot.ts';
import { count } from '../../parts/numbers.ts';
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
      facts: [underWay.waiting === null ? 'Asking Xero' : 'Waiting for your browser'],
    };
  }
  if (signedIn.length === 0) return { ...base, facts: ['Sign in, to read who has access'] };
  const fact = (signIn: XeroSignIn) =>
    signIn.app === 'custom' ? nameOf(signIn) : `Signed in as ${signIn.who?.name ?? 'somebody'}`;
  return { ...base, facts: signedIn.map(fact) };
}

function organisationsStep({ xero }: Snapshot): StepSummary {
  const governed = organisationsOf(xero).filter((organisation) => organisation.governed);
  const base = { step: 'organisations', title: 'Organisations' } as const;
  if (governed.length === 0) {
    return { ...base, done: false, facts: ['Choose which ones to govern'] };
  }
  const names = governed.slice(0, MOST_NAMES).map(({ name }) => name);
  const others = governed.length - names.length;
  return {
    ...base,
    done: true,
    facts: others === 0 ? names : [...names, `and ${count(others, 'other')}`],
  };
}

function c1Step({ c1 }: Snapshot): StepSummary {
  const base = { step: 'c1', title: 'C1', done: c1.kind === 'connected' } as const;
  if (c1.kind === 'none') return { ...base, facts: ['Paste the credential from C1'] };
  return { ...base, facts: [c1.credential.host] };
}
