import { Choices } from '../../../main/connector/choices.ts';
import { defaultSettings } from '../../../main/connector/settings.ts';
import type { KeptSignIn } from '../../../main/connector/kept-sign-in.ts';
import { SignIns } from '../../../main/connector/sign-ins.ts';
import { initialSnapshot } from '../../../main/connector/state.ts';
import { StateHolder } from '../../../main/connector/state-holder.ts';
import { succeed } from '../../../shared/errors.ts';
import type { XeroSignIn } from '../../../shared/snapshot.ts';
import { Watched } from '../c1/loop.ts';
import { KeptLog, steady } from '../c1/quiet.ts';
import { FakeClock } from '../fake-clock.ts';
import { valueOf } from '../results.ts';
import { MemorySecrets } from '../store/memory-secrets.ts';
import { ANA, CLIENT_ID, type FakeXero } from '../xero/fake-xero.ts';
import { freePort } from '../xero/ports.ts';
import { KeptHistory } from './kept-history.ts';
import { MemorySettings } from './memory-settings.ts';
import { APP, HARBOUR, signIn } from './snapshots.ts';

export const KEPT: KeptSignIn = {
  id: 'sign-in-0',
  app: 'desktop',
  clientId: CLIENT_ID,
  subject: ANA.sub,
  who: { name: ANA.name, email: ANA.email },
  renewedAt: null,
};

/** What the portal shows of the admin's app. */
export const DESKTOP = { kind: 'desktop', clientId: CLIENT_ID } as const;
export const SECRET = 'secret-of-the-app-that-nobody-may-see-0123456789';
export const WEB = { kind: 'web', clientId: CLIENT_ID, secret: SECRET } as const;
export const CUSTOM = { kind: 'custom', clientId: CLIENT_ID, secret: SECRET } as const;

/** Sign-ins whose browser is a person that comes back from Xero's page when told to. */
export async function openSignIns(xero: FakeXero) {
  const port = await freePort();
  const clock = new FakeClock();
  const secrets = new MemorySecrets();
  const log = new KeptLog();
  const history = new KeptHistory();
  const state = new StateHolder(initialSnapshot(APP));
  const opened = new Watched<string>();
  let ids = 0;
  const settings = new MemorySettings(defaultSettings(HARBOUR));
  const choices = new Choices(settings, state);
  const signIns = new SignIns({
    state,
    endpoints: xero.endpoints,
    network: xero.network,
    clock,
    random: steady,
    log,
    history,
    secrets,
    browser: {
      open: (address) => {
        opened.add(address);
        return Promise.resolve(succeed());
      },
    },
    ports: [port],
    newId: () => `sign-in-${(ids += 1)}`,
    choices,
  });
  /** A sign-in that was kept by an earlier run. */
  const keep = (kept = KEPT, shown: Partial<XeroSignIn> = {}) => {
    signIns.restore([kept]);
    valueOf(choices.keepSignIn(kept));
    const { id, app, who } = kept;
    if (app !== 'custom') secrets.entries.set(`xero/${id}`, 'refresh-kept');
    if (app !== 'desktop') secrets.entries.set(`xero/${id}/secret`, SECRET);
    state.tell({ type: 'signInAdded', signIn: signIn({ id, app, who, ...shown }) });
  };
  /** The browser is open for the n-th time. */
  const browser = async (count = 1) => {
    const addresses = await opened.until(() => true, count);
    return new URL(addresses[count - 1] ?? '').searchParams;
  };
  /** The person of these claims allows access on Xero's page. */
  const allow = async (claims: Readonly<Record<string, string>> = ANA, count = 1) => {
    const parameters = await browser(count);
    xero.signsIn(`http://x/?${parameters.toString()}`, claims);
    return comeBack({ code: 'c', state: parameters.get('state') ?? '' });
  };
  const comeBack = async (query: Record<string, string>) => {
    const address = `http://localhost:${port}/callback?${new URLSearchParams(query).toString()}`;
    return (await fetch(address)).text();
  };
  const shown = () =>
    state.snapshot.xero.map(({ id, who, state: { kind } }) => [id, who?.name ?? null, kind]);
  return {
    signIns,
    state,
    clock,
    secrets,
    settings,
    log,
    keep,
    browser,
    allow,
    comeBack,
    shown,
    port,
  };
}
