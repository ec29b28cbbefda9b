import { succeed, type Result } from '../../shared/errors.ts';
import { findCredential } from '../c1/pasted-credential.ts';
import type { Clipboard } from '../ports.ts';

/** Empties the clipboard if it holds a Client secret; what else was copied since is left alone. */
export async function clearClipboard(
  clipboard: Clipboard,
): Promise<Result<{ readonly cleared: boolean }>> {
  const found = findCredential(await clipboard.read());
  const cleared = !found.ok || found.value.secret !== '';
  if (cleared) clipboard.clear();
  return succeed({ cleared });
}
