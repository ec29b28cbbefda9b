import type { Result } from '../../shared/errors.ts';
import type { IntentArgument } from '../../shared/intents.ts';
import type { Rotation } from './rotation.ts';

/** Carries out what the admin does in the rotation's sheet. */
export async function rotate(
  rotation: Rotation,
  move: IntentArgument<'rotate'>,
): Promise<Result<void>> {
  switch (move.move) {
    case 'add':
      return rotation.add(move.clientId, move.secret, move.hostConfirmed);
    case 'answer':
      return rotation.answer(move.connector);
    case 'retry':
      return rotation.retry();
    case 'cancel':
      return rotation.cancel();
    case 'rollBack':
      return rotation.rollBack();
    case 'close':
      return rotation.close();
  }
}
