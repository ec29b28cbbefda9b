import { useMemo } from 'react';
import type { Failure, Result } from '../../../shared/errors.ts';
import type { RequestMove } from '../../../shared/request-moves.ts';
import { useAction } from '../../parts/use-action.ts';
import { useIntents } from '../../state.ts';

/** What can be done about one request, and how the last of it failed. */
export interface RequestMoves {
  readonly failure: Failure | null;
  readonly openInXero: (organisation: string) => void;
  readonly say: (move: 'saidDone' | 'saidInvited' | 'confirm') => Promise<Result<void>>;
  /** Says itself whether it went well. */
  readonly copy: (what: 'name' | 'email') => Promise<Result<void>>;
}

export function useMoves(id: string): RequestMoves {
  const intents = useIntents();
  const action = useAction();
  return useMemo(() => {
    const send = (move: RequestMove) => action.run(() => intents.request(move));
    return {
      failure: action.failure,
      openInXero: (organisation) => void send({ move: 'openInXero', id, organisation }),
      say: (move) => send({ move, id }),
      copy: (what) => intents.request({ move: 'copy', id, what }),
    };
  }, [intents, action, id]);
}
