import { fail, type Failure, type Result } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';
import { replaceFile } from './replace-file.ts';

/**
 * Writes a file that the admin takes out of the app, for its owner alone (0600), whole or not at all.
 * Fails with `diskFull` or `diskFailed`, in words about the place that was chosen.
 */
export async function writePrivately(
  path: string,
  pieces: Iterable<string | Uint8Array>,
): Promise<Result<void>> {
  const written = await replaceFile(path, async (file) => {
    for (const piece of pieces) await file.writeFile(piece);
  });
  return written.ok ? written : fail({ ...written.failure, ...wordsOf(written.failure) });
}

function wordsOf({ code }: Failure): Pick<Failure, 'message'> {
  return code === 'diskFull'
    ? {
        message: say('privateExport.theDiskIsFullSo'),
      }
    : { message: say('privateExport.theFileCantBeSaved') };
}
