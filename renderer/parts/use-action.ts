import { useCallback, useMemo, useState } from 'react';
import type { Failure, Result } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';

/** An intent that a button sends: whether it is on its way, and how the last one failed. */
export interface Action {
  readonly busy: boolean;
  readonly failure: Failure | null;
  /** Sends it; resolves to its result, which is also kept in `failure`. */
  readonly run: <T>(send: () => Promise<Result<T>>) => Promise<Result<T>>;
  readonly forget: () => void;
}

const NO_ANSWER: Failure = {
  code: 'bug',
  message: say('useAction.theAppDidntAnswerAs'),
  next: 'reportProblem',
};

/** State of the intents that one place of the window sends. */
export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const run = useCallback(async <T>(send: () => Promise<Result<T>>): Promise<Result<T>> => {
    setBusy(true);
    setFailure(null);
    const result = await send().catch((): Result<T> => ({ ok: false, failure: NO_ANSWER }));
    if (!result.ok) setFailure(result.failure);
    setBusy(false);
    return result;
  }, []);
  const forget = useCallback(() => {
    setFailure(null);
  }, []);
  return useMemo(() => ({ busy, failure, run, forget }), [busy, failure, run, forget]);
}
