import type { Copyable } from '../../shared/intents.ts';
import type { Failure } from '../../shared/errors.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { say } from '../../shared/language/say.ts';
import type { Word } from '../../shared/language/say.ts';
import { CUSTOM_CONNECTION_SCOPE, REDIRECT_URIS, XERO_SCOPES } from '../../shared/words.ts';
import type { z } from 'zod';

/** C1's steps, for a colleague who may do them there (c1-protocol.md §7.2). */
const C1_STEPS: readonly Word[] = [
  'copyTexts.addTheConnector',
  'copyTexts.attachItToAnApp',
  'copyTexts.chooseTheOwner',
  'copyTexts.rotate',
  'copyTexts.sendTheCredential',
];

/**
 * What the window's copy buttons put on the clipboard; null when there is nothing to copy now.
 * `code` says which failure's details are meant; without it, those of all that is wrong now.
 */
export function copyText(
  what: z.infer<typeof Copyable>,
  snapshot: Snapshot,
  code?: string,
): string | null {
  switch (what) {
    case 'signInAddress':
      return signInAddress(snapshot);
    case 'redirectUris':
      return REDIRECT_URIS.join('\n');
    case 'redirectUri1':
      return REDIRECT_URIS[0] ?? null;
    case 'redirectUri2':
      return REDIRECT_URIS[1] ?? null;
    case 'redirectUri3':
      return REDIRECT_URIS[2] ?? null;
    case 'scopes':
      return XERO_SCOPES.join(' ');
    case 'customScope':
      return CUSTOM_CONNECTION_SCOPE;
    case 'xeroClientId':
      return clientIdInUse(snapshot);
    case 'c1Steps':
      return c1Steps();
    case 'sampleClientId':
      return openSampleOf(snapshot)?.clientId ?? null;
    case 'sampleC1Page':
      return openSampleOf(snapshot)?.c1Page ?? null;
    case 'failureDetails':
      return failureDetails(snapshot, code);
  }
}

function c1Steps(): string {
  const steps = C1_STEPS.map((step, index) => `${index + 1}. ${say(step)}\n`);
  return `${say('copyTexts.setUpTheConnectorInC1')}\n\n${steps.join('')}`;
}

function openSampleOf({ app: { sample } }: Snapshot) {
  return sample?.kind === 'open' ? sample : null;
}

/** The client ID to compare with Xero's page: that of the sign-in under way, else of the newest. */
function clientIdInUse({ xero }: Snapshot): string | null {
  const underWay = xero.find(({ state }) => state.kind === 'waitingForBrowser');
  return (underWay ?? xero.at(-1))?.clientId ?? null;
}

/** The address that waits in the browser, while a sign-in is under way. */
export function signInAddress(snapshot: Snapshot): string | null {
  for (const { state } of snapshot.xero) {
    if (state.kind === 'waitingForBrowser') return state.address;
  }
  return null;
}

/** Codes and details of what is wrong now, for support: no names, no secrets. */
function failureDetails(snapshot: Snapshot, code: string | undefined): string | null {
  const all: Failure[] = [];
  for (const { state, organisations } of snapshot.xero) {
    if (state.kind === 'needsSignIn') all.push(state.because);
    if (state.kind === 'signedOut' && state.because !== null) all.push(state.because);
    for (const organisation of organisations) {
      if ('because' in organisation.state) all.push(organisation.state.because);
    }
  }
  if ('because' in snapshot.c1 && snapshot.c1.because !== null) all.push(snapshot.c1.because);
  if (snapshot.sync.kind === 'failed') all.push(snapshot.sync.because);
  const failures = all.filter((failure) => code === undefined || failure.code === code);
  if (failures.length === 0) return null;
  const { name, version, runtime, platform } = snapshot.app;
  const lines = failures.map((each) => [each.code, each.detail].filter(Boolean).join(': '));
  return [`${name} ${version}, ${runtime}, ${platform}`, ...new Set(lines)].join('\n');
}
