import { hostname, tmpdir } from 'node:os';
import type { Failure, Result } from '../shared/errors.ts';
import { WorkerReader } from './c1z/worker-reader.ts';
import { inThread } from './c1z/worker-run.ts';
import { WorkerWriter } from './c1z/worker-writer.ts';
import { readCaFile } from './certificate-authorities.ts';
import { systemClock, systemRandom } from './clock.ts';
import { complaint } from './command-line/complaint.ts';
import { tuneEngine, tuneForPeople, tuneForSync } from './command-line/engine.ts';
import { exitCode } from './command-line/exit-code.ts';
import { helpText } from './command-line/help.ts';
import { parseCommandLine, type Options } from './command-line/options.ts';
import { print } from './command-line/print.ts';
import { besideProgress, openProgress } from './command-line/progress.ts';
import type { CommandSurroundings, Report } from './command-line/surroundings.ts';
import { defaultFolder, isRunning, removeDeadFolders } from './command-line/temporary.ts';
import { parseEndpoints } from './endpoints.ts';
import { readHostFacts } from './host-facts.ts';
import { createLog } from './log.ts';
import { defaultAddress } from './network-address.ts';
import { createNetwork } from './network.ts';
import { proxyFromEnvironment } from './proxy.ts';
import manifest from '../package.json' with { type: 'json' };

const WORKER = new URL('./c1z-worker.js', import.meta.url);
/** Counting rows takes a fraction of it, whatever the size of the file. */
const READER_HEAP_MB = 256;

/** The command line: composes, nothing else. Results go to stdout, logs to stderr. */
async function main(): Promise<number> {
  const parsed = parseCommandLine(process.argv.slice(2), process.env, process.stderr.isTTY);
  if (!parsed.ok) return complain(parsed.failure);
  const request = parsed.value;
  if (request.kind === 'help') return say(helpText(request.command));
  if (request.kind === 'version') return say(`${manifest.version}\n`);
  if (request.kind === 'run') return await run(request.options);
  const { answer } = await import('./command-line/answer.ts');
  const answered = await answer(request, manifest.version, {
    summary: (path) => reading((files, signal) => files.summary(path, signal)),
    contents: (path) => reading((files, signal) => files.contents(path, signal)),
  });
  return answered.ok ? say(answered.value) : complain(answered.failure);
}

async function run(options: Options): Promise<number> {
  if (options.command === 'sync') tuneForSync(process.versions.v8);
  const surroundings = compose(options);
  if (!surroundings.ok) return complain(surroundings.failure);
  const { log } = surroundings.value;
  for (const flag of options.secretFlags) log.warn('secretOnCommandLine', { flag });
  for (const flag of options.idleFlags) log.warn('flagHasNoEffect', { flag });
  await removeLeftFolders();
  const command = await loadCommand(options.command);
  const report = await command(options, surroundings.value, stopSignal());
  return report.ok ? say(print(report.value, options.json)) : complain(report.failure);
}

type Command = (
  options: Options,
  surroundings: CommandSurroundings,
  signal: AbortSignal,
) => Promise<Result<Report>>;

/** Each command loads what it takes by itself: a sync doesn't wait for what speaks to C1. */
async function loadCommand(name: Options['command']): Promise<Command> {
  switch (name) {
    case 'sync':
      return (await import('./command-line/sync.ts')).sync;
    case 'serve':
      return (await import('./command-line/serve.ts')).serve;
    case 'check':
      return (await import('./command-line/check.ts')).check;
  }
}

/** Reads a file from anywhere, at arm's length. */
async function reading<T>(
  read: (files: WorkerReader, signal: AbortSignal) => Promise<Result<T>>,
): Promise<Result<T>> {
  await removeLeftFolders();
  const reader = new WorkerReader({
    start: inThread(WORKER, { resourceLimits: { maxOldGenerationSizeMb: READER_HEAP_MB } }),
    clock: systemClock,
    nameFolder: () => defaultFolder(tmpdir(), process.pid, systemRandom),
  });
  return await read(reader, stopSignal());
}

/** In a container every process has the same number: this one has made no folder yet. */
async function removeLeftFolders(): Promise<void> {
  await removeDeadFolders(tmpdir(), (pid) => pid !== process.pid && isRunning(pid));
}

/** Aborts at the first SIGTERM or SIGINT, so that work can end well; a second one ends it at once. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const [signal, number] of [
    ['SIGTERM', 15],
    ['SIGINT', 2],
  ] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(128 + number);
      stop.abort();
    });
  }
  return stop.signal;
}

function compose(options: Options): Result<CommandSurroundings> {
  const endpoints = parseEndpoints(process.env);
  if (!endpoints.ok) return endpoints;
  const authorities = readCaFile(process.env);
  if (!authorities.ok) return authorities;
  const proxyFor = proxyFromEnvironment(process.env);
  if (!proxyFor.ok) return proxyFor;
  const progress = openProgress(process.stderr);
  const log = createLog({ level: options.logLevel, format: options.logFormat, file: null });
  return {
    ok: true,
    value: {
      endpoints: endpoints.value,
      network: createNetwork(authorities.value, proxyFor.value),
      clock: systemClock,
      random: systemRandom,
      log: besideProgress(log, progress),
      progress,
      address: defaultAddress,
      pid: process.pid,
      hostname: hostname(),
      isRunning,
      facts: readHostFacts({
        hostId: options.hostId ?? hostname(),
        version: manifest.version,
        runtime: `node ${process.versions.node}`,
      }),
      writer: new WorkerWriter(
        inThread(WORKER),
        systemClock,
        // A sync has nothing else to do meanwhile.
        options.command === 'sync' ? (people) => tuneForPeople(process.versions.v8, people) : null,
      ),
      defaultFolder: defaultFolder(tmpdir(), process.pid, systemRandom),
    },
  };
}

function say(text: string): number {
  process.stdout.write(text);
  return 0;
}

function complain(failure: Failure): number {
  process.stderr.write(`${complaint(failure)}\n`);
  return exitCode(failure);
}

tuneEngine(process.versions.v8);
process.exitCode = await main();
