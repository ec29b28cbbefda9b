import { randomBytes } from 'node:crypto';
import type { Random } from './ports.ts';

/** The computer's own chance: bytes are good for keys, fractions for waits that differ. */
export const systemRandom: Random = {
  bytes: (length) => randomBytes(length),
  fraction: () => Math.random(),
};
