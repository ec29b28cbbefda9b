import { fstatSync } from 'node:fs';
import { parseFlags, type SandboxFlags } from './flags.ts';
import { startSandbox, type Sandbox } from './start.ts';

/** `npm run sandbox`: prints one line of JSON (product.md §7), and runs until it is told to stop. */

const USAGE = 2;
/** What the system says of a port that another program has, or that it gives to nobody. */
const REFUSED_PORT = ['EADDRINUSE', 'EACCES'];

function complain(message: string): never {
  process.stderr.write(`sandbox: ${message}\n`);
  process.exit(USAGE);
}

async function start(flags: SandboxFlags): Promise<Sandbox> {
  const { 'request-life': seconds, ...options } = flags;
  const c1 = seconds === undefined ? {} : { requestLife: { ms: seconds * 1000 } };
  try {
    return await startSandbox({ ...options, c1 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const { port = 0 } = flags;
    if (port === 0 || !REFUSED_PORT.includes(code)) throw error;
    complain(
      `--port ${port} needs the ports ${port} to ${port + 3}, and one can’t be had (${code}): name another, or 0 for free ones.`,
    );
  }
}

const flags = parseFlags(process.argv.slice(2));
if (!flags.ok) complain(flags.failure.message);
const starting = start(flags.value);

let stopping = false;
const stop = (): void => {
  if (stopping) return;
  stopping = true;
  void starting.then((sandbox) => sandbox.close()).then(() => process.exit(0));
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
// A parent that dies closes our input when it is a pipe; a terminal or a file says nothing.
const input = fstatSync(process.stdin.fd);
if (input.isFIFO() || input.isSocket()) {
  process.stdin.on('end', stop);
  process.stdin.on('close', stop);
  process.stdin.resume();
}

// npm hands a signal to its shell alone, which dies of it and leaves us behind.
const parent = process.ppid;
if (process.env['npm_lifecycle_event'] !== undefined) {
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, 500).unref();
}

const { env, pages, control, xero } = await starting;
const xeroDesktopClientId = xero.desktopApp.clientId;
const { login } = xero;
process.stdout.write(`${JSON.stringify({ env, pages, control, xeroDesktopClientId, login })}\n`);
