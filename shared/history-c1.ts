import { good, neutral, bad, detail, troubleOf, first, number, seconds } from './history-told.ts';
import type { Of, Told } from './history-told.ts';
import { say } from './language/say.ts';

export function ofSync(event: Of<'sync'>): Told {
  const task = detail(say('historyWords.task'), event.taskId);
  switch (event.what) {
    case 'asked':
      return neutral(say('historyWords.c1AskedForEveryonesAccess'), task);
    case 'done':
      return good(
        say('historyWords.c1sSyncIsDone'),
        detail(say('historyWords.took'), seconds(event.took)),
        task,
      );
    case 'failed':
      return bad(
        say('historyWords.c1sSyncFailed', { because: first(event.because) }),
        ...troubleOf(event.because),
        task,
      );
  }
}

export function ofUpload({ accounts, organisations, roles, grants, bytes }: Of<'upload'>): Told {
  return good(
    say('historyWords.c1ReceivedOf', {
      accounts: say('count.account', { count: accounts }),
      organisations: say('count.organisation', { count: organisations }),
    }),
    detail(say('historyWords.roles'), number(roles)),
    detail(say('historyWords.grants'), number(grants)),
    detail(say('historyWords.size'), say('count.byte', { count: bytes })),
  );
}

const TASK_ENDS = {
  done: say('historyWords.andGotItsAnswer'),
  failed: say('historyWords.andWasToldThatIt'),
  unanswered: say('historyWords.andHasNoAnswerYet'),
} as const;

export function ofTask({ task, taskId, outcome, code }: Of<'task'>): Told {
  const what = TASK_NAMES[task] ?? say('historyWords.aTaskThatThisApp', { task });
  return neutral(
    say('historyWords.c1AskedFor', { what, taskEnds: TASK_ENDS[outcome] }),
    detail(say('historyWords.task'), taskId),
    detail(say('common.kind'), task),
    ...(code === null
      ? []
      : [detail(say('common.answer'), say('historyWords.codeCode', { code }))]),
  );
}

/** What C1 asks for with the kinds of task that an admin may meet. */
const TASK_NAMES: Readonly<Record<string, string>> = {
  hello: say('historyWords.aGreeting'),
  grant: say('historyWords.accessForSomebody'),
  revoke: say('historyWords.accessToBeTakenAway'),
  createAccount: say('historyWords.anAccountForSomebody'),
};

export function ofCredential(event: Of<'credential'>): Told {
  const facts = [
    detail(say('common.clientID'), event.clientId),
    detail(say('historyWords.host'), event.host),
  ];
  switch (event.what) {
    case 'added':
      return good(say('historyWords.c1AcceptedTheCredential'), ...facts);
    case 'removed':
      return neutral(say('historyWords.theC1CredentialWasRemoved'), ...facts);
    case 'rejected':
      return bad(
        say('historyWords.c1RejectedTheCredential', { because: first(event.because) }),
        ...troubleOf(event.because),
        ...facts,
      );
    case 'pending':
      return neutral(say('historyWords.aNewC1CredentialWas'), ...facts);
    case 'verified':
      return good(say('historyWords.c1AcceptedTheNewCredential'), ...facts);
    case 'switched':
      return good(say('historyWords.theNewC1CredentialIs'), ...facts);
    case 'retired':
      return good(say('historyWords.theNewC1CredentialFinished'), ...facts);
    case 'rolledBack':
      return neutral(say('historyWords.theC1CredentialOfBefore'), ...facts);
    case 'discarded':
      return neutral(say('historyWords.theNewC1CredentialWas'), ...facts);
  }
}
