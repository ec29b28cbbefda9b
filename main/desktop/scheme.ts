import { protocol, type Protocol } from 'electron';
import { answerWindowRequest } from './window-files.ts';

/** Must run before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** Serves `folder` as the window's origin. */
export function serveWindow(scheme: Protocol, folder: string): void {
  scheme.handle('app', (request) => answerWindowRequest(request.url, folder));
}
