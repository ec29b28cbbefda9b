import type { JsonObject } from '@bufbuild/protobuf';
import type { Task_CreateAccountTask } from '../proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import type { Malformed } from './malformed.ts';
import { isAddress } from './principal.ts';

/** Somebody to be invited to an organisation, by the fields of our creation schema. */
export interface NewAccount {
  readonly email: string;
  readonly givenName: string;
  readonly familyName: string;
  /** The organisation's id, or its name. */
  readonly organisation: string;
  /** The role's id, or Xero's word for it. */
  readonly role: string;
}

/**
 * What C1 asks its admins for when they let it create accounts (c1-protocol.md §5): the keys of
 * `AccountInfo.profile`, in the order in which they are shown.
 */
export const NEW_ACCOUNT_FIELDS = [
  { key: 'email', name: 'E-mail', says: 'Where Xero sends the invitation.' },
  { key: 'given_name', name: 'First name', says: 'As it should stand in Xero.' },
  { key: 'family_name', name: 'Last name', says: 'As it should stand in Xero.' },
  {
    key: 'organisation',
    name: 'Organisation',
    says: 'The name or the id of the Xero organisation that they are invited to.',
  },
  {
    key: 'role',
    name: 'Role',
    says: 'Xero’s word for the role: Read only, Invoice only, Standard or Adviser.',
  },
] as const;

type Key = (typeof NEW_ACCOUNT_FIELDS)[number]['key'];

/** Reads an account to be made; says which fields are missing, all at once. */
export function newAccountOf({
  accountInfo,
  credentialOptions,
  resourceTypeId,
}: Task_CreateAccountTask): NewAccount | Malformed {
  if (resourceTypeId !== '' && resourceTypeId !== 'user') {
    return { malformed: 'Only accounts of type user can be created in Xero.' };
  }
  if (accountInfo === undefined) return { malformed: 'The task says nothing of the account.' };
  const option = credentialOptions?.options.case;
  if (option !== undefined && option !== 'noPassword') {
    return { malformed: 'Xero’s accounts have no password that could be set: choose no password.' };
  }
  const profile = accountInfo.profile ?? {};
  const { emails, login } = accountInfo;
  const primary = (emails.find(({ isPrimary }) => isPrimary) ?? emails[0])?.address ?? login;
  const given: Record<Key, string> = {
    email: text(profile, 'email') || primary.trim(),
    given_name: text(profile, 'given_name'),
    family_name: text(profile, 'family_name'),
    organisation: text(profile, 'organisation'),
    role: text(profile, 'role'),
  };
  const missing = NEW_ACCOUNT_FIELDS.filter(({ key }) => given[key] === '');
  if (missing.length > 0) {
    return { malformed: `The account lacks ${missing.map(({ key }) => key).join(', ')}.` };
  }
  if (!isAddress(given.email)) return { malformed: 'The account’s email isn’t an e-mail address.' };
  return {
    email: given.email,
    givenName: given.given_name,
    familyName: given.family_name,
    organisation: given.organisation,
    role: given.role,
  };
}

function text(profile: JsonObject, key: Key): string {
  const value = profile[key];
  return typeof value === 'string' ? value.trim() : '';
}
