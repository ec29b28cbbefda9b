import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { fail, type Failure, type Result } from '../../shared/errors.ts';
import { INTENT_CHANNEL, SNAPSHOT_CHANNEL } from '../../shared/channels.ts';
import { intentArguments, type IntentName, type Intents } from '../../shared/intents.ts';
import { say } from '../../shared/language/say.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import type { Log } from '../ports.ts';
import { isOurPage } from './security.ts';

export interface IpcSurroundings {
  readonly intents: Intents;
  readonly snapshot: () => Snapshot;
  readonly log: Log;
}

const refused: Failure = {
  code: 'bug',
  message: say('ipc.theWindowAskedForSomething'),
  next: 'reportProblem',
};

/** A bug in what was asked for: nobody can say how far it came. */
function broke(intent: IntentName, error: unknown): Failure {
  return {
    code: 'bug',
    message: say('ipc.somethingWentWrongInsideThe'),
    next: 'reportProblem',
    detail: `${intent}: ${nameOf(error)}`,
  };
}

/** Answers the window: only our own page is heard, and every argument is parsed. */
export function answerWindow(ipcMain: IpcMain, surroundings: IpcSurroundings): void {
  ipcMain.handle(SNAPSHOT_CHANNEL, (event) => {
    if (!isOurPage(event.senderFrame)) throw new Error('not our page');
    return surroundings.snapshot();
  });
  ipcMain.handle(INTENT_CHANNEL, (event, name: unknown, argument: unknown) =>
    answer(event, name, argument, surroundings),
  );
}

async function answer(
  event: IpcMainInvokeEvent,
  name: unknown,
  argument: unknown,
  { intents, log }: IpcSurroundings,
): Promise<Result<unknown>> {
  if (!isOurPage(event.senderFrame) || !isIntent(name)) return fail(refused);
  const parsed = intentArguments[name].safeParse(argument);
  if (!parsed.success) {
    log.warn('ipc.argumentRefused', { intent: name });
    return fail(refused);
  }
  // The schema of this very name parsed the argument, so it is the one that the intent takes.
  const intent = intents[name] as (argument: unknown) => Promise<Result<unknown>>;
  try {
    return await intent(parsed.data);
  } catch (error) {
    log.error('ipc.intentFailed', { intent: name, error: nameOf(error) });
    return fail(broke(name, error));
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}

function isIntent(name: unknown): name is IntentName {
  return typeof name === 'string' && Object.hasOwn(intentArguments, name);
}
