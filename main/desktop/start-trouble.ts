import { app, dialog } from 'electron';
import type { Failure } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';
import { PRODUCT_NAME } from '../../shared/words.ts';

/** What a bug at the start comes down to; its kind alone is told. */
export function startBroke(error: unknown): Failure {
  return {
    code: 'bug',
    message: say('startTrouble.somethingThatTheAppNeeds'),
    next: 'reportProblem',
    detail: error instanceof Error ? error.name : 'unknown',
  };
}

/** Nothing works without what was just tried: says so once, calmly, and ends the app. */
export async function tellCannotStart({ code, message, detail }: Failure): Promise<void> {
  // Before the app is ready, Linux would show no dialog.
  await app.whenReady();
  const details = say('startTrouble.details', {
    details: [code, detail].filter(Boolean).join(', '),
  });
  dialog.showErrorBox(`${PRODUCT_NAME} can’t start`, `${message}\n\n${details}`);
  app.exit(1);
}
