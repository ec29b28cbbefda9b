import { app, dialog } from 'electron';
import type { Failure } from '../../shared/errors.ts';
import { PRODUCT_NAME } from '../../shared/words.ts';

/** What a bug at the start comes down to; its kind alone is told. */
export function startBroke(error: unknown): Failure {
  return {
    code: 'bug',
    message:
      'Something that the app needs at its start went wrong. Restart the computer and open the app again; if it stays so, report it with the details.',
    next: 'reportProblem',
    detail: error instanceof Error ? error.name : 'unknown',
  };
}

/** Nothing works without what was just tried: says so once, calmly, and ends the app. */
export async function tellCannotStart({ code, message, detail }: Failure): Promise<void> {
  // Before the app is ready, Linux would show no dialog.
  await app.whenReady();
  const details = `Details: ${[code, detail].filter(Boolean).join(', ')}`;
  dialog.showErrorBox(`${PRODUCT_NAME} can’t start`, `${message}\n\n${details}`);
  app.exit(1);
}
