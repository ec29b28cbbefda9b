import type { Failure } from '../../shared/errors.ts';
import { clientIdInvalid, clientIdLooksLikeC1 } from './errors.ts';

/** What can be wrong with a pasted client ID or secret of a Xero app, each with its fix. */

const COPY_ID = 'Copy the client ID from the Configuration page of your app at Xero.';
const COPY_SECRET =
  'Copy the client secret when Xero shows it, on the Configuration page of your app; if it is gone, generate another one there.';

function idWrong(what: string, fix = COPY_ID): Failure {
  return { code: 'xeroClientIdInvalid', message: `${what} ${fix}`, next: 'tryAgain' };
}

function secretWrong(what: string, fix = COPY_SECRET): Failure {
  return { code: 'xeroSecretInvalid', message: `${what} ${fix}`, next: 'tryAgain' };
}

export const clientIdProblem = {
  empty: idWrong('The client ID is empty.'),
  clientIdOfC1: clientIdLooksLikeC1,
  secretOfC1: idWrong('This is a C1 client secret, which belongs in the third step.'),
  address: idWrong('This is an address, not the client ID.'),
  token: idWrong('This is a token, not the client ID.'),
  masked: idWrong('These are the dots that stand for a secret.'),
  both: idWrong(
    'Two values stand in this field.',
    'Here goes the client ID alone; the client secret has a field of its own.',
  ),
  swapped: idWrong(
    'The client ID and the client secret are in each other’s field.',
    'Swap them: the client ID has 32 characters.',
  ),
  isSecret: idWrong('This looks like the client secret.'),
  invalid: clientIdInvalid,
} as const;

export const secretProblem = {
  empty: secretWrong('The client secret is empty.'),
  isClientId: secretWrong('This is a client ID, not the client secret.'),
  same: secretWrong('The same is in both fields, and it is the client ID.'),
  clientIdOfC1: secretWrong('This is a C1 client ID, which belongs in the third step.'),
  secretOfC1: secretWrong('This is a C1 client secret, which belongs in the third step.'),
  address: secretWrong('This is an address, not the client secret.'),
  token: secretWrong('This is a token, not the client secret.'),
  masked: secretWrong('These are the dots that stand for the secret, not the secret itself.'),
  both: secretWrong(
    'Two values stand in this field.',
    'Here goes the client secret alone; the client ID has a field of its own.',
  ),
  spaced: secretWrong('The client secret has a blank or a line break inside.'),
  damaged: secretWrong('The client secret holds characters that none has.'),
  short: (characters: number) =>
    secretWrong(`The client secret was cut off: ${characters} characters are too few.`),
  long: secretWrong('This is too long for a client secret.'),
} as const;
