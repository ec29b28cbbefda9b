import { fstatSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { startSandbox } from './start.ts';

/** `npm run sandbox`: prints one line of JSON (product.md §7), and runs until it is told to stop. */

const Count = z.coerce.number().int().positive();
const Options = z.object({
  seed: z.coerce.number().int().exactOptional(),
  orgs: Count.max(1000).exactOptional(),
  users: Count.max(1_000_000).exactOptional(),
  port: z.coerce.number().int().min(0).max(65_532).exactOptional(),
});

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    orgs: { type: 'string' },
    users: { type: 'string' },
    port: { type: 'string' },
  },
});
const starting = startSandbox(Options.parse(values));

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
