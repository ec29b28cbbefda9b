import { Code, ConnectError } from '@connectrpc/connect';
import type { Failure, FailureCode, NextStep } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';
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
    message: say('c1Errors.theClientIDIsEmpty'),
    next: 'pasteCredential',
  },
  swapped: clientIdInvalid(say('c1Errors.theClientIDAndThe')),
  several: clientIdInvalid(say('c1Errors.twoDifferentClientIDsAre')),
  isSecret: clientIdInvalid(say('c1Errors.thisIsAClientSecret')),
  spaced: clientIdInvalid(say('c1Errors.theClientIDHasA')),
  controls: clientIdInvalid(say('c1Errors.theClientIDHoldsCharacters')),
  noAt: clientIdInvalid(say('c1Errors.theClientIDHasNo')),
  noSlash: clientIdInvalid(say('c1Errors.theClientIDHasNoAfter')),
  noName: clientIdInvalid(say('c1Errors.theClientIDHasNothing')),
  noHost: clientIdInvalid(say('c1Errors.theClientIDHasNoAddress')),
  oddHost: clientIdInvalid(say('c1Errors.theAddressInTheClient')),
} as const satisfies Record<string, Failure>;

/** What can be wrong with a pasted Client secret. None of the sentences repeats any of it. */
export const secretProblem = {
  empty: {
    code: 'credentialMissing',
    message: say('c1Errors.theClientSecretIsEmpty'),
    next: 'pasteCredential',
  },
  several: secretInvalid(say('c1Errors.twoDifferentClientSecretsAre')),
  isClientId: secretInvalid(say('c1Errors.thisIsAClientID')),
  spaced: secretInvalid(say('c1Errors.theSecretHasASpace')),
  noBeginning: secretInvalid(say('c1Errors.theBeginningOfTheSecret')),
  noEnd: secretInvalid(say('c1Errors.theEndOfTheSecret')),
  wrongVersion: secretInvalid(say('c1Errors.thisSecretIsOfAnother')),
  damaged: secretInvalid(say('c1Errors.theSecretWasChangedWhen')),
  notOurs: secretInvalid(say('c1Errors.thisIsntAC1Client')),
  publicKey: secretInvalid(say('c1Errors.thisIsAPublicKey')),
  wrongKey: secretInvalid(say('c1Errors.thisSecretHoldsAKey')),
  short: (characters: number) => secretInvalid(say('c1Errors.theSecretIsShort', { characters })),
} as const;

/** C1's token endpoint, or C1 itself, doesn't know the credential. */
export function credentialRejected(detail: string): Failure {
  return {
    code: 'credentialRejected',
    message: say('c1Errors.c1DoesntAcceptThisCredential'),
    next: 'pasteCredential',
    detail,
  };
}

/** The time in C1's answer is too far from ours for a signed assertion to hold (c1-protocol.md §2.1). */
export function clockWrong(minutes: number): Failure {
  return {
    code: 'c1Unavailable',
    message: say('c1Errors.thisComputersClockIsMinutes', { minutes }),
    next: 'tryAgain',
  };
}

export function c1Unavailable(detail: string): Failure {
  return {
    code: 'c1Unavailable',
    message: say('c1Errors.c1HasAProblemOf'),
    next: 'wait',
    detail,
  };
}

/** Something else than C1 answered: a captive portal, a proxy, or another site at that address. */
export function notC1(detail: string): Failure {
  return {
    code: 'c1Unavailable',
    message: say('c1Errors.whatAnsweredIsntC1A'),
    next: 'tryAgain',
    detail,
  };
}

export function c1Unreachable(detail: string): Failure {
  return {
    code: 'c1Unreachable',
    message: say('c1Errors.c1CantBeReachedNothing'),
    next: 'wait',
    detail,
  };
}

/** A file that should be uploaded can't be read. */
export function fileUnreadable(detail: string): Failure {
  return {
    code: 'diskFailed',
    message: say('c1Errors.theFileMadeForC1'),
    next: 'syncInC1',
    detail,
  };
}

/** Every try of an upload broke off. */
export function uploadFailed(detail: string): Failure {
  return {
    code: 'uploadFailed',
    message: say('c1Errors.theUploadToC1Broke'),
    next: 'wait',
    detail,
  };
}

export const stopped: Failure = {
  code: 'cancelled',
  message: say('c1Errors.thisWasStoppedBeforeIt'),
  next: 'tryAgain',
};

export const taskCancelled: Failure = {
  code: 'c1TaskCancelled',
  message: say('c1Errors.c1CancelledTheTaskNothing'),
  next: 'wait',
};

export const notAwaited: Failure = {
  code: 'c1HeartbeatLost',
  message: say('c1Errors.c1StoppedWaitingForThis'),
  next: 'wait',
};

export const heartbeatLost: Failure = {
  code: 'c1HeartbeatLost',
  message: say('c1Errors.c1CouldntBeReachedFor'),
  next: 'wait',
};

const refused = say('c1Errors.c1RefusedWhatThisApp');

type Row = readonly [FailureCode, string, NextStep];

/** The gRPC codes that mean more than "try again" (c1-protocol.md §4.3, §6.1). */
const byCode: Partial<Record<Code, Row>> = {
  [Code.InvalidArgument]: ['c1Refused', refused, 'reportProblem'],
  [Code.FailedPrecondition]: ['c1Refused', refused, 'reportProblem'],
  [Code.Unimplemented]: ['c1Refused', refused, 'reportProblem'],
  [Code.NotFound]: ['c1Refused', say('c1Errors.c1DoesntKnowThisConnector'), 'pasteCredential'],
  [Code.PermissionDenied]: [
    'c1Forbidden',
    say('c1Errors.c1KnowsThisCredentialBut'),
    'pasteCredential',
  ],
  [Code.ResourceExhausted]: ['c1Unavailable', say('c1Errors.c1IsBusyAtThe'), 'wait'],
};

/** Our own deadline, or C1's. */
const lateRow: Row = ['c1Unreachable', say('c1Errors.c1DidntAnswerInTime'), 'wait'];

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
