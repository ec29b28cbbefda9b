import type { SeededRandom } from './random.ts';

/** One place that a person has in one organisation, with what is odd about it. */
export interface Membership {
  /** Which organisation, counted from 0. */
  readonly organisation: number;
  /** As Xero sends it, for example `FINANCIALADVISER`. */
  readonly role: string;
  readonly subscriber?: boolean;
  /** The first name as this organisation spells it. */
  readonly firstName?: string;
  /** Xero's row lacks the GlobalUserID. */
  readonly withoutGlobalId?: boolean;
}

/** Unset names and addresses are absent, as in Xero's answers. */
export interface PersonTemplate {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  readonly memberships: readonly Membership[];
}

/** Who signs in when nobody else is named: an adviser in every organisation. */
export const ADMIN_EMAIL = 'aroha.ngata@kauri.example';

const KAURI = 0;
const HARBOUR = 1;
const DEMO = 2;

/** One line a person, with the places they hold. */
function person(
  firstName: string | undefined,
  lastName: string | undefined,
  email: string | undefined,
  ...memberships: readonly Membership[]
): PersonTemplate {
  return {
    ...(firstName !== undefined && { firstName }),
    ...(lastName !== undefined && { lastName }),
    ...(email !== undefined && { email }),
    memberships,
  };
}

function at(organisation: number, role: string, odd: Partial<Membership> = {}): Membership {
  return { organisation, role, ...odd };
}

/** Twenty-five people who between them show all that real Xero lists hold. */
export const CAST: readonly PersonTemplate[] = [
  person(
    'Aroha',
    'Ngata',
    ADMIN_EMAIL,
    at(KAURI, 'FINANCIALADVISER', { subscriber: true }),
    at(HARBOUR, 'FINANCIALADVISER'),
    at(DEMO, 'FINANCIALADVISER', { subscriber: true }),
  ),
  // An outside accountant, spelt differently by two organisations.
  person(
    'Samuel',
    'Okafor',
    'samuel@ledger-and-light.example',
    at(KAURI, 'FINANCIALADVISER', { firstName: 'Sam' }),
    at(HARBOUR, 'FINANCIALADVISER'),
    at(DEMO, 'STANDARD'),
  ),
  person('小明', '王', 'xiaoming.wang@kauri.example', at(KAURI, 'STANDARD')),
  person('Zoë', 'Brontë-Sørensen', 'zoe@kauri.example', at(KAURI, 'INVOICEONLY')),
  person('Мария', 'Иванова', 'maria.ivanova@kauri.example', at(KAURI, 'READONLY')),
  // A first name that ends in a blank, as Xero's own example has it.
  person('Priya ', 'Raman', 'priya.raman@kauri.example', at(KAURI, 'STANDARD')),
  // No name at all.
  person(undefined, undefined, 'temp.bookkeeper@contractors.example', at(KAURI, 'INVOICEONLY')),
  person(
    'José',
    'Núñez Castañeda',
    'jose@harbourlane.example',
    at(HARBOUR, 'STANDARD', { subscriber: true }),
  ),
  person('فاطمة', 'الزهراء', 'fatima@harbourlane.example', at(HARBOUR, 'READONLY')),
  person('יעל', 'כהן', 'yael.cohen@harbourlane.example', at(HARBOUR, 'INVOICEONLY')),
  person('Oliver', 'Whitcombe', 'oliver@whitcombe.example', at(HARBOUR, 'MANAGEDCLIENT')),
  person('Maeve', 'O’Sullivan', 'maeve@harbourlane.example', at(HARBOUR, 'CASHBOOKCLIENT')),
  // A leaver whom Xero still lists.
  person('Tom', 'Fletcher', 'tom.fletcher@harbourlane.example', at(HARBOUR, 'REMOVED')),
  person('花子', '佐藤', 'hanako.sato@kauri.example', at(KAURI, 'MANAGEDCLIENT')),
  person(
    'Grace',
    'Muller',
    'grace.muller@kauri.example',
    at(KAURI, 'STANDARD', { withoutGlobalId: true }),
  ),
  person('Δημήτρης', 'Παπαδόπουλος', 'dimitris@harbourlane.example', at(HARBOUR, 'UNKNOWN')),
  person('Hương', 'Nguyễn Thị', 'huong.nguyen@kauri.example', at(KAURI, 'INVOICEONLY')),
  // A private address.
  person('Kevin', 'Byrne', 'kev1978@example.net', at(HARBOUR, 'STANDARD')),
  person('민준', '김', 'minjun.kim@demo.example', at(DEMO, 'STANDARD')),
  person('Ngozi', 'Adeyemi', 'ngozi@kauri.example', at(KAURI, 'CASHBOOKCLIENT')),
  person('Lars', 'Ångström', 'lars@demo.example', at(DEMO, 'READONLY')),
  // Gone from one organisation, still active in another.
  person('Chidi', 'Eze', 'chidi.eze@kauri.example', at(KAURI, 'READONLY'), at(DEMO, 'REMOVED')),
  person('Hemi', 'Walker', 'hemi.walker@demo.example', at(DEMO, 'INVOICEONLY')),
  person('Wiremu', 'Parata', 'wiremu@harbourlane.example', at(HARBOUR, 'INVOICEONLY')),
  // No e-mail address.
  person('दीपिका', 'शर्मा', undefined, at(DEMO, 'STANDARD')),
];

const FIRST_NAMES = [
  ['Anna', 'anna'],
  ['Björn', 'bjorn'],
  ['Chloé', 'chloe'],
  ['Dinesh', 'dinesh'],
  ['Emeka', 'emeka'],
  ['Françoise', 'francoise'],
  ['Giulia', 'giulia'],
  ['Hēmi', 'hemi'],
  ['Ирина', 'irina'],
  ['伟', 'wei'],
  ['ليلى', 'layla'],
  ['Noah', 'noah'],
  ['Οδυσσέας', 'odysseas'],
  ['Ruth', 'ruth'],
  ['さくら', 'sakura'],
  ['Tāne', 'tane'],
] as const;

const LAST_NAMES = [
  ['Archer', 'archer'],
  ['Bianchi', 'bianchi'],
  ['Čapek', 'capek'],
  ['Desai', 'desai'],
  ['Eriksson', 'eriksson'],
  ['Fitzgerald', 'fitzgerald'],
  ['Григорьев', 'grigoriev'],
  ['Hughes', 'hughes'],
  ['Ishikawa', 'ishikawa'],
  ['Kowalczyk', 'kowalczyk'],
  ['李', 'li'],
  ['Mokoena', 'mokoena'],
  ['Ó Briain', 'obriain'],
  ['Paewai', 'paewai'],
] as const;

const ROLE_WEIGHTS = {
  STANDARD: 45,
  INVOICEONLY: 20,
  READONLY: 15,
  FINANCIALADVISER: 10,
  REMOVED: 4,
  MANAGEDCLIENT: 3,
  CASHBOOKCLIENT: 2,
  UNKNOWN: 1,
} as const;

/** One person in ten works for several organisations. */
const SEVERAL = 0.1;

/** Makes up one more person; `index` keeps the e-mail address unique. */
export function inventPerson(
  index: number,
  organisations: number,
  random: SeededRandom,
): PersonTemplate {
  const [firstName, first] = random.pick(FIRST_NAMES);
  const [lastName, last] = random.pick(LAST_NAMES);
  const places = new Set([random.integer(organisations)]);
  if (random.fraction() < SEVERAL) places.add(random.integer(organisations));
  return {
    firstName,
    lastName,
    email: `${first}.${last}.${index}@people.example`,
    memberships: [...places].map((place) => at(place, random.weighted(ROLE_WEIGHTS, 'STANDARD'))),
  };
}
