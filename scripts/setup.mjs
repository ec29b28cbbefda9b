import { Stop, speaker } from './say.mjs';

const OLDEST_NODE = [20, 18];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
  console.error(
    `This needs Node ${OLDEST_NODE.join('.')} or newer; this is Node ${process.versions.node}. Install the current Node, then try again.`,
  );
  process.exit(1);
}

const purpose = process.argv.includes('--for')
  ? process.argv[process.argv.indexOf('--for') + 1]
  : 'everything';
const say = speaker({ quiet: process.argv.includes('--quiet') });
try {
  // Loaded only now: an old Node wouldn't understand it.
  const { setUp } = await import('./steps.mjs');
  await setUp(purpose, say);
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
