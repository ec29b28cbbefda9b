import { app } from 'electron';
import type { Keychain } from './keychain.ts';

/**
 * Ends the process though a prompt of the keychain is still open: Node would wait for its answer, without a window
 * or a tray, and no other start would get past it. What is to be kept is on the disk by then.
 */
export function leaveDespitePrompt(keychain: Pick<Keychain, 'isAsked'>): void {
  app.once('quit', () => {
    if (keychain.isAsked) process.kill(process.pid, 'SIGKILL');
  });
}
