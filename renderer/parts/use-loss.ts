import { useEffect, useState } from 'react';
import type { Result } from '../../shared/errors.ts';
import type { Loss } from '../../shared/intents.ts';
import { useIntents } from '../state.ts';

/** What C1 would see disappear with these organisations; null until the main process has worked it out. */
export function useLoss(ids: readonly string[]): Result<Loss> | null {
  const intents = useIntents();
  const [told, setTold] = useState<{ readonly of: string; readonly answer: Result<Loss> } | null>(
    null,
  );
  const asked = ids.join('\n');
  useEffect(() => {
    let newest = true;
    void intents.previewLoss({ ids: asked === '' ? [] : asked.split('\n') }).then((answer) => {
      if (newest) setTold({ of: asked, answer });
    });
    return () => {
      newest = false;
    };
  }, [intents, asked]);
  return told !== null && told.of === asked ? told.answer : null;
}
