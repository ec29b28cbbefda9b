import { ensureBuild } from '../../scripts/build.mjs';
import { ROOT } from '../../scripts/runtime.mjs';
import { speaker } from '../../scripts/say.mjs';

/** Once before all tests: the command line is tested as it is built. */
export async function setup(): Promise<void> {
  await ensureBuild(ROOT, speaker({ quiet: true }));
}
