import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { run } from './process.mjs';
import { ROOT, findRuntime, sandboxFlags } from './runtime.mjs';

/**
 * Starts the sandbox, says what to do, and opens the app against it with an empty profile; both end together.
 * @returns {Promise<number>} the app's exit code
 */
export async function demoWithDisplay() {
  const profile = mkdtempSync(join(tmpdir(), 'c1-xero-demo-'));
  // It ends when its standard input closes, so it can't outlive us however we end.
  const sandbox = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'test/sandbox/main.ts')], {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(sandbox, 'close');
  // The terminal tells the app and the sandbox as well; we tidy up after them.
  process.on('SIGINT', () => undefined);
  try {
    const { env, pages, xeroDesktopClientId } = JSON.parse(await firstLine(sandbox));
    console.log(guide(xeroDesktopClientId, pages.c1));
    return await run(
      findRuntime(ROOT).path,
      [...sandboxFlags(), ROOT, `--user-data-dir=${profile}`],
      {
        env: {
          ...process.env,
          ...env,
          XERO_SAMPLE_CLIENT_ID: xeroDesktopClientId,
          XERO_SAMPLE_C1_PAGE: pages.c1,
        },
        stdio: ['ignore', 'inherit', 'inherit'],
      },
    );
  } finally {
    sandbox.stdin.end();
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

function guide(clientId, c1) {
  return `
A sandbox on this computer plays Xero and C1. Nothing leaves it, and nothing in it is real.

  1. In the app, give this Client ID for Xero and sign in; your browser opens the sandbox’s Xero:
       ${clientId}
  2. Choose the organisations to govern.
  3. Open the sandbox’s C1, press Rotate, and paste the Client ID and Client secret into the app:
       ${c1}
  4. See the accounts arrive there, under Managed apps.

Quit the app from its tray or menu to end the demo.
`;
}

/** The sandbox's first line of output; an error when it ends before it has said one. */
function firstLine(child) {
  const lines = createInterface({ input: child.stdout });
  return new Promise((resolve, reject) => {
    lines.once('line', resolve);
    lines.once('close', () => {
      reject(new Error('The sandbox ended before it was ready. Its reason is above.'));
    });
  });
}
