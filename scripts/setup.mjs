import { Stop, speaker } from './say.mjs';

// What the build and test tools run on.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const newEnough = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
if (!newEnough) {
  console.error(
    `This needs Node 20.19, 22.12 or newer; this is Node ${process.versions.node}. Install a current Node, then try again.`,
  );
  process.exit(1);
}

const purpose = process.argv.includes('--for')
  ? process.argv[process.argv.indexOf('--for') + 1]
  : 'everything';
const say = speaker({ quiet: process.argv.includes('--quiet') });

// Loaded only now, and awaited in the old way: an old Node wouldn't understand it otherwise.
import('./steps.mjs')
  .then(({ setUp }) => setUp(purpose, say))
  .catch((error) => {
    if (!(error instanceof Stop)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  });
