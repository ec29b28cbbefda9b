import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Failure, Result } from '../shared/errors.ts';
import { inThread } from './c1z/worker-run.ts';
import { WorkerWriter } from './c1z/worker-writer.ts';
import { readCaFile } from './certificate-authorities.ts';
import { systemClock, systemRandom } from './clock.ts';
import {
  check,
  serve,
  sync,
  type CommandSurroundings,
  type Report,
} from './command-line/commands.ts';
import { helpText } from './command-line/help.ts';
import { parseCommandLine, type Options } from './command-line/options.ts';
import { parseEndpoints } from './endpoints.ts';
import { readHostFacts } from './host-facts.ts';
import { createLog } from './log.ts';
import { createNetwork } from './network.ts';
import manifest from '../package.json' with { type: 'json' };

/** The command line: composes, nothing else. Results go to stdout, logs to stderr. */
async function main(): Promise<number> {
  const parsed = parseCommandLine(process.argv.slice(2), process.env, process.stderr.isTTY);
  if (!parsed.ok) return complain(parsed.failure);
  if (parsed.value.kind === 'help') return say(helpText());
  if (parsed.value.kind === 'version') return say(`${manifest.version}\n`);

  const { options } = parsed.value;
  const surroundings = compose(options);
  if (!surroundings.ok) return complain(surroundings.failure);
  const { log } = surroundings.value;
  for (const flag of options.secretFlags) log.warn('secretOnCommandLine', { flag });
  for (const flag of options.idleFlags) log.warn('flagHasNoEffectYet', { flag });

  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
  const run = { sync, serve, check }[options.command];
  const report = await run(options, surroundings.value, stop.signal);
  return report.ok ? say(print(report.value, options)) : complain(report.failure);
}

function compose(options: Options): Result<CommandSurroundings> {
  const endpoints = parseEndpoints(process.env);
  if (!endpoints.ok) return endpoints;
  const authorities = readCaFile(process.env);
  if (!authorities.ok) return authorities;
  return {
    ok: true,
    value: {
      endpoints: endpoints.value,
      network: createNetwork(authorities.value),
      clock: systemClock,
      random: systemRandom,
      log: createLog({ level: options.logLevel, format: options.logFormat, file: null }),
      facts: readHostFacts({
        hostId: options.hostId ?? hostname(),
        version: manifest.version,
        runtime: `node ${process.versions.node}`,
      }),
      writer: new WorkerWriter(inThread(new URL('./c1z-worker.js', import.meta.url))),
      defaultFolder: join(tmpdir(), `c1-xero-${process.pid}`),
    },
  };
}

function print(report: Report, options: Options): string {
  return options.json ? `${JSON.stringify(report.json)}\n` : `${report.words.join('\n')}\n`;
}

function say(text: string): number {
  process.stdout.write(text);
  return 0;
}

function complain(failure: Failure): number {
  const detail = failure.detail === undefined ? '' : ` (${failure.detail})`;
  process.stderr.write(`c1-xero: ${failure.message}${detail}\n`);
  return exitCode(failure);
}

/** 2 usage, 14 unreachable, 16 a credential was rejected, 1 anything else (product.md §6). */
function exitCode(failure: Failure): number {
  switch (failure.code) {
    case 'usage':
    case 'credentialClientIdInvalid':
    case 'credentialSecretInvalid':
    case 'credentialMissing':
      return 2;
    case 'xeroUnreachable':
    case 'c1Unreachable':
      return 14;
    case 'credentialRejected':
    case 'xeroSignedOut':
    case 'xeroClientRejected':
      return 16;
    default:
      return 1;
  }
}

process.exitCode = await main();
