import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { readCaFile } from '../../../main/certificate-authorities.ts';
import { systemClock, systemRandom } from '../../../main/clock.ts';
import { Connector } from '../../../main/connector/connector.ts';
import type { Settings } from '../../../main/connector/settings.ts';
import { parseEndpoints } from '../../../main/endpoints.ts';
import { readHostFacts } from '../../../main/host-facts.ts';
import { createLog } from '../../../main/log.ts';
import { createNetwork } from '../../../main/network.ts';
import { succeed, type Result } from '../../../shared/errors.ts';
import { PastedXeroApp } from '../../../shared/intents.ts';
import { PersonAtBrowser } from '../../integration/core-surroundings.ts';
import { atOnce } from '../../unit/c1z/at-once.ts';
import { deskAtHand } from '../../unit/connector/desk-at-hand.ts';
import { MemoryLogin } from '../../unit/connector/memory-login.ts';
import { SecretsFile } from '../rotation/secrets.ts';
import type { Kind } from './moments.ts';
import { SettingsFile } from './settings.ts';

/**
 * The real core with keychain and settings in files, and an admin at the browser. Each line of standard
 * input is something the admin does; each line of output says what begins, or how all stands.
 */
const [keychain, settingsPath, folder, ports] = z
  .tuple([z.string(), z.string(), z.string(), z.string()])
  .parse(process.argv.slice(2));

const Deed = z.object({
  does: z.enum(['signIn', 'change', 'connect', 'look']),
  app: PastedXeroApp.optional(),
  organisation: z.string().optional(),
});

const begins = (kind: Kind): void => void process.stdout.write(`${JSON.stringify({ kind })}\n`);

/** A real keychain holds a secret some time before it has said so. */
const ANSWER_MS = 20;

/** Says what is about to be written, and what has been. */
class ToldSecrets extends SecretsFile {
  override async write(key: string, secret: string) {
    const isKept = settings.read().signIns.some(({ id }) => key.startsWith(`xero/${id}`));
    const isNew = /^xero\/[^/]+$/.test(key) && !isKept;
    if (isNew) begins('storing its token');
    const written = await super.write(key, secret);
    if (isNew) begins('its token is stored');
    await wait(ANSWER_MS);
    return written;
  }

  override async erase(key: string) {
    const isToken = /^xero\/[^/]+$/.test(key);
    if (isToken) begins('letting the old one go');
    const erased = await super.erase(key);
    if (isToken) begins('the old one is let go');
    await wait(ANSWER_MS);
    return erased;
  }

  keys(): Promise<Result<readonly string[]>> {
    return Promise.resolve(succeed([]));
  }
}

function toldChange({ appChange, loose, signIns }: Partial<Settings>, before: Settings): void {
  if (appChange === null && before.appChange !== null) begins('ending the change');
  else if (signIns !== undefined && signIns.length < before.signIns.length)
    begins('forgetting the old one');
  else if (signIns !== undefined) begins('keeping the sign-in');
  else if (loose !== undefined && loose.length > before.loose.length) begins('noting the sign-in');
}

const browser = new PersonAtBrowser();
const network = createNetwork(valueOf(readCaFile(process.env)));
const settings = new SettingsFile(settingsPath, toldChange);
const runtime = `node ${process.versions.node}`;
const { hostId } = settings.read();
const connector = new Connector({
  app: { name: '', version: '0', runtime, platform: 'linux', sandbox: true },
  facts: readHostFacts({ hostId, version: '0', runtime }),
  folder,
  endpoints: valueOf(parseEndpoints(process.env)),
  network,
  wayTo: () => Promise.resolve({ kind: 'direct' }),
  clock: systemClock,
  random: systemRandom,
  log: createLog({ level: 'info', format: 'json', file: `${folder}/app.log` }),
  secrets: new ToldSecrets(keychain),
  settings,
  browser,
  notifier: { notify: () => undefined },
  startAtLogin: new MemoryLogin(),
  openSample: () => Promise.resolve(succeed()),
  clipboard: { write: () => undefined, read: () => Promise.resolve(''), clear: () => undefined },
  logFile: { lastLines: () => Promise.resolve([]) },
  fileManager: { reveal: () => undefined },
  browserData: { clear: () => Promise.resolve() },
  startAnew: () => undefined,
  authorities: {
    pick: () => Promise.resolve(null),
    read: () => {
      throw new Error('No file is chosen.');
    },
    trust: network.trustAlso,
  },
  saveDialog: { pick: () => Promise.resolve(null) },
  reportPrinter: { print: () => Promise.resolve(succeed(new Uint8Array())) },
  writer: atOnce,
  startDesk: deskAtHand,
  redirectPorts: ports.split(',').map(Number),
  newId: randomUUID,
});

connector.subscribe(({ xero, appChange, sync }) => {
  if (xero.some(({ state }) => state.kind === 'waitingForBrowser')) begins('in the browser');
  const signIns = xero.map(({ clientId, state, organisations }) => ({
    clientId,
    state: state.kind,
    read: organisations.filter((each) => each.governed && each.state.kind === 'read').length,
  }));
  const changing = appChange !== undefined;
  process.stdout.write(`${JSON.stringify({ signIns, changing, sync: sync.kind })}\n`);
});
createInterface({ input: process.stdin }).on('line', (line) => {
  const { does, app, organisation } = Deed.parse(JSON.parse(line));
  browser.plan = { email: 'aroha.ngata@kauri.example', organisation: organisation ?? null };
  void doThis(does, app).then(({ ok }) =>
    process.stdout.write(`${JSON.stringify({ done: ok })}\n`),
  );
});
await connector.start();
process.stdout.write(`${JSON.stringify({ done: true })}\n`);

function doThis(does: z.infer<typeof Deed>['does'], app?: PastedXeroApp): Promise<Result<void>> {
  const { intents, snapshot } = connector;
  if (does === 'look') return intents.checkXeroNow();
  if (does === 'signIn' && app !== undefined) return intents.startSignIn(app);
  const signInId = snapshot.xero.at(-1)?.id ?? '';
  if (does === 'change' && app !== undefined) return intents.changeXeroApp({ signInId, app });
  begins('connecting the second');
  return intents.connectAnother({ signInId });
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.code);
  return result.value;
}
