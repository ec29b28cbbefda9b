import { succeed } from '../../../shared/errors.ts';
import { summarise } from '../../../main/access/summary.ts';
import { writeAccess, type AccessWriter } from '../../../main/c1z/writer.ts';

/** Does the work without a worker, which takes long to start. */
export const atOnce: AccessWriter = {
  summarise: (read) => Promise.resolve(succeed(summarise(read))),
  write: writeAccess,
};
