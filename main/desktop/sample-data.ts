import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';
import type { SampleData } from '../../shared/snapshot.ts';

const SANDBOX = 'test/sandbox/main.ts';

/** What there is of sample data: this app shows it, or can open another that does, or neither. */
export function sampleData(root: string, env: NodeJS.ProcessEnv): SampleData | undefined {
  const { XERO_SAMPLE_CLIENT_ID: clientId, XERO_SAMPLE_C1_PAGE: c1Page } = env;
  if (clientId !== undefined && c1Page !== undefined) return { kind: 'open', clientId, c1Page };
  return existsSync(join(root, SANDBOX)) ? { kind: 'available' } : undefined;
}

/** Opens another app with made-up data beside this one, with a profile of its own. */
export async function openSampleData(root: string, env: NodeJS.ProcessEnv): Promise<Result<void>> {
  if (!existsSync(join(root, SANDBOX))) return fail(noSample);
  // npm tells which Node it runs on; this process is Electron and can't stand in for it.
  const node = env['npm_node_execpath'] ?? 'node';
  const child = spawn(node, [join(root, 'scripts/run.mjs'), 'demo'], {
    cwd: root,
    detached: true,
    stdio: 'ignore',
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(fail(noSample)));
    child.once('spawn', () => {
      child.unref();
      resolve(succeed());
    });
  });
}

const noSample: Failure = {
  code: 'usage',
  message: say('sampleData.theSampleDataCouldntBe'),
  next: 'tryAgain',
};
