import { createInterface } from 'node:readline';
import { z } from 'zod';
import { Code } from '@connectrpc/connect';
import { Ledger } from '../../../main/c1/ledger.ts';
import { findCredential } from '../../../main/c1/pasted-credential.ts';
import type { TaskOutcome } from '../../../main/c1/task.ts';
import { readCaFile } from '../../../main/certificate-authorities.ts';
import { systemClock, systemRandom } from '../../../main/clock.ts';
import { C1Side } from '../../../main/connector/c1-side.ts';
import { CredentialStore } from '../../../main/connector/credential-store.ts';
import { defaultSettings, shownSettings } from '../../../main/connector/settings.ts';
import { initialSnapshot } from '../../../main/connector/state.ts';
import { StateHolder } from '../../../main/connector/state-holder.ts';
import { parseEndpoints } from '../../../main/endpoints.ts';
import { readHostFacts } from '../../../main/host-facts.ts';
import { createLog } from '../../../main/log.ts';
import { createNetwork } from '../../../main/network.ts';
import { SealedLedgerFile } from '../../../main/store/ledger-file.ts';
import type { Result } from '../../../shared/errors.ts';
import { SecretsFile } from './secrets.ts';

/**
 * C1's side of the real core with the keychain in a file, and an admin who answers at once: each line of
 * standard input is a new pair to paste. Each line of output says how it stands, with no secret.
 */
const [keychain, ledgerPath, logPath, hostId] = z
  .tuple([z.string(), z.string(), z.string(), z.string()])
  .parse(process.argv.slice(2));

/** An answer is an answer: what is tested is whose it is. */
const NOTHING_TO_SYNC: TaskOutcome = {
  kind: 'failure',
  code: Code.FailedPrecondition,
  message: 'There is nothing to sync here.',
  nonRetryable: true,
};

const secrets = new SecretsFile(keychain);
const log = createLog({ level: 'info', format: 'json', file: logPath });
const app = { name: '', version: '0', runtime: 'node', platform: 'linux', sandbox: true } as const;
const state = new StateHolder(initialSnapshot(app, shownSettings(defaultSettings(hostId))));
const shelf = new SealedLedgerFile({ path: ledgerPath, secrets, random: systemRandom });
const side = new C1Side(
  {
    endpoints: valueOf(parseEndpoints(process.env)),
    network: createNetwork(valueOf(readCaFile(process.env))),
    clock: systemClock,
    random: systemRandom,
    log,
    facts: readHostFacts({ hostId, version: '0', runtime: 'node' }),
    ledger: new Ledger({ shelf, clock: systemClock, log }),
    handlers: () => ({ syncFull: () => Promise.resolve(NOTHING_TO_SYNC) }),
  },
  state,
  new CredentialStore(secrets),
);

state.subscribe(({ c1, rotation }) => {
  const clientId = 'credential' in c1 ? c1.credential.clientId : null;
  process.stdout.write(`${JSON.stringify({ c1: c1.kind, clientId, rotation: rotation.kind })}\n`);
  if (rotation.kind === 'asking') side.rotation.answer('same');
  if (rotation.kind === 'ended') void side.rotation.close();
});
createInterface({ input: process.stdin }).on('line', (pasted) => {
  const { clientId, secret } = valueOf(findCredential(z.string().parse(JSON.parse(pasted))));
  void side.rotation.add(clientId, secret, false).then(valueOf);
});
await side.start();

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.code);
  return result.value;
}
