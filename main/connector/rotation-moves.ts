import type { Result } from '../../shared/errors.ts';
import type { IntentArgument } from '../../shared/intents.ts';
import { findCredential } from '../c1/pasted-credential.ts';
import type { C1Side } from './c1-side.ts';
import type { Rotation } from './rotation.ts';

/** Carries out what the admin does in the rotation's sheet. */
export async function rotate(
  rotation: Rotation,
  move: IntentArgument<'rotate'>,
): Promise<Result<void>> {
  switch (move.move) {
    case 'add':
      return add(rotation, move.pasted, move.hostConfirmed);
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

/** Connects with what was pasted, in place of any credential in use. */
export async function connectPasted(
  c1: C1Side,
  pasted: string,
  hostConfirmed: boolean,
): Promise<Result<void>> {
  const found = findCredential(pasted);
  return found.ok ? c1.connect(found.value.clientId, found.value.secret, hostConfirmed) : found;
}

async function add(
  rotation: Rotation,
  pasted: string,
  hostConfirmed: boolean,
): Promise<Result<void>> {
  const found = findCredential(pasted);
  return found.ok ? rotation.add(found.value.clientId, found.value.secret, hostConfirmed) : found;
}
