import { Code, ConnectError } from '@connectrpc/connect';

/** The tasks that ask for a change of access. */
export const REQUEST_KINDS: readonly string[] = [
  'grant',
  'revoke',
  'create_account',
  'delete_resource',
];

/** What C1 says to a heartbeat for a request; the official client sends them for syncs alone. */
export const HEARTBEATS = [
  /** From now on it waits as long again. */
  'renew',
  /** It takes note, and waits no longer for it. */
  'accept',
  'failedPrecondition',
  'notFound',
  'unimplemented',
] as const;

/** How long C1 waits for a request isn't documented (c1-protocol.md §4.6), so every way can be had. */
export interface RequestLife {
  /** Milliseconds from when the task was handed out. */
  readonly ms: number;
  readonly heartbeats: (typeof HEARTBEATS)[number];
  /** What C1 does when nobody answered: it lets the request be, or asks again in another task. */
  readonly afterwards: 'gone' | 'issuedAgain';
}

/** The longest of the three lives that the sandbox is made for: a minute, ten, and a day. */
export const USUAL_LIFE: RequestLife = {
  ms: 24 * 60 * 60_000,
  heartbeats: 'renew',
  afterwards: 'gone',
};

const unwanted = new WeakSet<ConnectError>();

/** C1's no to something that breaks no rule: the connector couldn't know. */
export function unwantedError(message: string, code: Code): ConnectError {
  const error = new ConnectError(message, code);
  unwanted.add(error);
  return error;
}

export function isUnwanted(error: ConnectError): boolean {
  return unwanted.has(error);
}

const REFUSALS: ReadonlyMap<RequestLife['heartbeats'], Code> = new Map([
  ['failedPrecondition', Code.FailedPrecondition],
  ['notFound', Code.NotFound],
  ['unimplemented', Code.Unimplemented],
]);

/** Throws when C1 takes no heartbeat for requests. */
export function expectHeartbeat({ heartbeats }: RequestLife): void {
  const code = REFUSALS.get(heartbeats);
  if (code !== undefined) throw unwantedError('no heartbeats for this kind of task', code);
}
