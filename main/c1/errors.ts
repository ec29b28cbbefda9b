import { Code, ConnectError } from '@connectrpc/connect';
import type { Failure, FailureCode, NextStep } from '../../shared/errors.ts';
import { failureOfWay } from '../../shared/way-failures.ts';

/** Every way in which C1's side can fail, each with its sentence and its one next step. */

function clientIdInvalid(message: string): Failure {
  return { code: 'credentialClientIdInvalid', message, next: 'pasteCredential' };
}

function secretInvalid(message: string): Failure {
  return { code: 'credentialSecretInvalid', message, next: 'pasteCredential' };
}

/** What can be wrong with a pasted Client ID. */
export const clientIdProblem = {
  empty: {
    code: 'credentialMissing',
    message: 'The Client ID is empty. Copy it in C1 with the copy button.',
    next: 'pasteCredential',
  },
  swapped: clientIdInvalid(
    'The Client ID and the Client secret are swapped. Paste each into the other field.',
  ),
  several: clientIdInvalid(
    'Two different Client IDs are in the box. Clear it, and paste the pair that C1 showed last.',
  ),
  isSecret: clientIdInvalid(
    'This is a Client secret. The Client ID looks like “name@acme.conductor.one/…”. Copy it in C1.',
  ),
  spaced: clientIdInvalid(
    'The Client ID has a space inside. Copy it in C1 again with the copy button.',
  ),
  controls: clientIdInvalid(
    'The Client ID holds characters that can’t be seen. Copy it in C1 again with the copy button.',
  ),
  noAt: clientIdInvalid(
    'The Client ID has no “@”, so its beginning or its end is missing. Copy it in C1 again with the copy button.',
  ),
  noSlash: clientIdInvalid(
    'The Client ID has no “/” after its address, so its end is missing. Copy it in C1 again with the copy button.',
  ),
  noName: clientIdInvalid(
    'The Client ID has nothing in front of the “@”, so its beginning is missing. Copy it in C1 again.',
  ),
  noHost: clientIdInvalid(
    'The Client ID has no address between the “@” and the “/”. Copy it in C1 again with the copy button.',
  ),
  oddHost: clientIdInvalid(
    'The address in the Client ID is not a plain one, and it decides where your data goes. Copy the Client ID in C1 again.',
  ),
} as const satisfies Record<string, Failure>;

/** What can be wrong with a pasted Client secret. None of the sentences repeats any of it. */
export const secretProblem = {
  empty: {
    code: 'credentialMissing',
    message: 'The Client secret is empty. Copy it in C1 with the copy button.',
    next: 'pasteCredential',
  },
  several: secretInvalid(
    'Two different Client secrets are in the box. Clear it, and paste the pair that C1 showed last.',
  ),
  isClientId: secretInvalid(
    'This is a Client ID, not the secret. The Client secret stands below it in C1: copy that one.',
  ),
  spaced: secretInvalid('The secret has a space inside. Copy it in C1 again with the copy button.'),
  noBeginning: secretInvalid(
    'The beginning of the secret is missing. Copy it in C1 again with the copy button.',
  ),
  noEnd: secretInvalid(
    'The end of the secret is missing. Copy it in C1 again with the copy button.',
  ),
  wrongVersion: secretInvalid(
    'This secret is of another kind than this app knows (it isn’t “v1”). Make a new one in C1 with Rotate, and copy that.',
  ),
  damaged: secretInvalid(
    'The secret was changed when it was copied. Copy it in C1 again with the copy button.',
  ),
  notOurs: secretInvalid(
    'This isn’t a C1 Client secret. Copy the one that C1 shows after Rotate, with the copy button.',
  ),
  publicKey: secretInvalid(
    'This is a public key, not the secret. Copy the Client secret that C1 shows after Rotate.',
  ),
  wrongKey: secretInvalid(
    'This secret holds a key of another kind than C1 uses for connectors. Copy the one that C1 shows after Rotate.',
  ),
  short: (characters: number) =>
    secretInvalid(
      `The secret is ${characters} ${characters === 1 ? 'character' : 'characters'} short. Copy it in C1 again with the copy button.`,
    ),
} as const;

/** C1's token endpoint, or C1 itself, doesn't know the credential. */
export function credentialRejected(detail: string): Failure {
  return {
    code: 'credentialRejected',
    message:
      'C1 doesn’t accept this credential. It may have been rotated or removed: make a new one in C1 with Rotate, and paste it here.',
    next: 'pasteCredential',
    detail,
  };
}

/** The time in C1's answer is too far from ours for a signed assertion to hold (c1-protocol.md §2.1). */
export function clockWrong(minutes: number): Failure {
  return {
    code: 'c1Unavailable',
    message: `This computer’s clock is ${minutes} minutes wrong, so C1 can’t trust the sign-in. Set the clock right; we go on by ourselves.`,
    next: 'tryAgain',
  };
}

export function c1Unavailable(detail: string): Failure {
  return {
    code: 'c1Unavailable',
    message:
      'C1 has a problem of its own at the moment. Nothing is lost; we try again by ourselves.',
    next: 'wait',
    detail,
  };
}

/** Something else than C1 answered: a captive portal, a proxy, or another site at that address. */
export function notC1(detail: string): Failure {
  return {
    code: 'c1Unavailable',
    message:
      'What answered isn’t C1. A network’s sign-in page may be in the way: open a web page in your browser and sign in there, or check the address in the Client ID.',
    next: 'tryAgain',
    detail,
  };
}

export function c1Unreachable(detail: string): Failure {
  return {
    code: 'c1Unreachable',
    message: 'C1 can’t be reached. Nothing is lost; we go on when the network is back.',
    next: 'wait',
    detail,
  };
}

/** A file that should be uploaded can't be read. */
export function fileUnreadable(detail: string): Failure {
  return {
    code: 'diskFailed',
    message:
      'The file made for C1 can’t be read back from the disk. It is made anew with the next sync.',
    next: 'syncInC1',
    detail,
  };
}

/** Every try of an upload broke off. */
export function uploadFailed(detail: string): Failure {
  return {
    code: 'uploadFailed',
    message: 'The upload to C1 broke off three times. Nothing is lost; C1 asks for it again.',
    next: 'wait',
    detail,
  };
}

export const stopped: Failure = {
  code: 'cancelled',
  message:
    'This was stopped before it was done, because the app is closing. It goes on at the next start.',
  next: 'tryAgain',
};

export const taskCancelled: Failure = {
  code: 'c1TaskCancelled',
  message: 'C1 cancelled the task. Nothing was uploaded.',
  next: 'wait',
};

export const heartbeatLost: Failure = {
  code: 'c1HeartbeatLost',
  message:
    'C1 couldn’t be reached for so long that the task was given up. C1 hands it out again when the network is back.',
  next: 'wait',
};

const refused =
  'C1 refused what this app asked. Update the app, or report the problem with the details.';

type Row = readonly [FailureCode, string, NextStep];

/** The gRPC codes that mean more than "try again" (c1-protocol.md §4.3, §6.1). */
const byCode: Partial<Record<Code, Row>> = {
  [Code.InvalidArgument]: ['c1Refused', refused, 'reportProblem'],
  [Code.FailedPrecondition]: ['c1Refused', refused, 'reportProblem'],
  [Code.Unimplemented]: ['c1Refused', refused, 'reportProblem'],
  [Code.NotFound]: [
    'c1Refused',
    'C1 doesn’t know this connector any more. Make a new credential in C1 with Rotate, and paste it here.',
    'pasteCredential',
  ],
  [Code.PermissionDenied]: [
    'c1Forbidden',
    'C1 knows this credential, but doesn’t let it act as a connector. Copy the credential from the connector’s own Settings in C1.',
    'pasteCredential',
  ],
  [Code.ResourceExhausted]: [
    'c1Unavailable',
    'C1 is busy at the moment. Nothing is lost; we try again by ourselves.',
    'wait',
  ],
};

/** Our own deadline, or C1's. */
const lateRow: Row = [
  'c1Unreachable',
  'C1 didn’t answer in time. Nothing is lost; we try again by ourselves.',
  'wait',
];

/** What Connect makes of an HTTP status that isn't gRPC's 200. */
const HTTP_STATUS = /^HTTP (\d{3})$/;

/**
 * The gRPC code that C1 itself gave, or undefined when it gave none. Connect makes up codes of its own
 * for pages, broken frames and resets, UNIMPLEMENTED and INVALID_ARGUMENT among them.
 */
export function codeFromC1(error: unknown): Code | undefined {
  const { code, rawMessage, metadata } = ConnectError.from(error);
  if (HTTP_STATUS.test(rawMessage)) return undefined;
  return metadata.get('grpc-status') === String(code) ? code : undefined;
}

/**
 * What an error of a call to C1 means. The server's own text is left out: it may name people.
 * @param error what connect threw
 * @param signal the caller's; when it is aborted, the call was stopped by ourselves
 */
export function failureOfCall(error: unknown, signal?: AbortSignal): Failure {
  if (signal?.aborted === true) return stopped;
  const { code, rawMessage } = ConnectError.from(error);
  const detail = `gRPC ${code} ${Code[code]}`;
  // C1 answers gRPC with HTTP 200 whatever it thinks; other statuses are those of something in between.
  const status = HTTP_STATUS.exec(rawMessage)?.[1];
  if (status !== undefined) {
    const itself = status === '429' || status.startsWith('5');
    return itself ? c1Unavailable(rawMessage) : notC1(rawMessage);
  }
  if (codeFromC1(error) === Code.Unauthenticated) return credentialRejected(detail);
  const row = code === Code.DeadlineExceeded ? lateRow : byCode[codeFromC1(error) ?? Code.Unknown];
  if (row !== undefined) return { code: row[0], message: row[1], next: row[2], detail };
  // Connect's own words for an answer that isn't gRPC, such as a captive portal's page.
  if (rawMessage.startsWith('unsupported content type')) return notC1(detail);
  // Its words for a connection on which pings aren't answered any more.
  if (rawMessage === 'PING timed out') return c1Unreachable('no answer to a ping');
  // What it makes of a stream whose connection ended under it; nobody here cancelled it.
  if (code === Code.Canceled && codeFromC1(error) === undefined) {
    return failureOfNetwork(error) ?? c1Unreachable(detail);
  }
  return failureOfNetwork(error) ?? c1Unavailable(detail);
}

/** What a network error means, or undefined when nothing in its chain of causes is one. */
export function failureOfNetwork(error: unknown): Failure | undefined {
  const onTheWay = failureOfWay(error);
  if (onTheWay !== undefined) return onTheWay;
  const code = systemCode(error);
  // An answer that can't be unpacked did come through.
  if (code === undefined || /^Z_|^ERR_BUFFER/.test(code)) return undefined;
  // TLS found nothing that both speak: what answers isn't HTTP/2, so it isn't C1 (c1-protocol.md §3.1).
  if (code.includes('NO_APPLICATION_PROTOCOL')) return notC1(code);
  return c1Unreachable(code);
}

/** The code Node gives system errors (`ECONNREFUSED`), looked for through the causes. */
function systemCode(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth += 1) {
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return undefined;
}

const HEALING: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'c1Unreachable',
  'c1Unavailable',
  'proxySignInNeeded',
  'proxyFailed',
  'certificateUntrusted',
]);

/** Whether trying again by itself can mend it: the network, C1's own troubles, a captive portal. */
export function heals(failure: Failure): boolean {
  return HEALING.has(failure.code);
}
