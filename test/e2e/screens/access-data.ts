import { everybody } from '../../../shared/access-kinds.ts';
import type {
  AccessChange,
  AccessChanges,
  AccessOverview,
  AccessPerson,
  AccessPlace,
  AccessRow,
  RoleShown,
} from '../../../shared/access-list.ts';
import { HOUR, LONG_PERSON, MINUTE, NOW } from './data.ts';

const DAY = 24 * HOUR;

const ROLES: readonly RoleShown[] = [
  { id: 'financialadviser', name: 'Adviser', order: 60 },
  { id: 'standard', name: 'Standard', order: 50 },
  { id: 'invoiceonly', name: 'Invoice only', order: 30 },
  { id: 'readonly', name: 'Read only', order: 10 },
];
const NAMES = [
  ['Ana Pires', 'ana.pires@harbour.example'],
  ['Ben Okafor', 'ben.okafor@northgate.example'],
  ['Chloé Dubois', 'chloe@harbour.example'],
  ['Đặng Thị Hương', 'huong@harbour.example'],
  ['Grace Muller', 'grace.muller@harbour.example'],
  ['Kevin Byrne', 'kev1978@example.net'],
  ['Ματίνα Παπαδοπούλου', 'matina@northgate.example'],
  ['Samuel Okafor', 'samuel@ledger-and-light.example'],
  ['王小明', 'xiaoming.wang@harbour.example'],
] as const;

function place(organisation: number, role: number, subscriber = false): AccessPlace {
  const held = ROLES[role];
  return {
    organisation,
    standing: 'holds',
    roles: held === undefined ? [] : [held],
    subscriber,
  };
}

/** So many people as a list of two organisations shows them. */
export function peopleRows(count: number): readonly AccessRow[] {
  return Array.from({ length: count }, (_, index) => {
    const [name, email] = NAMES[index % NAMES.length] ?? NAMES[0];
    const again = index < NAMES.length ? '' : ` ${Math.floor(index / NAMES.length) + 1}`;
    return {
      id: `account-${index}`,
      name: `${name}${again}`,
      email: index % 8 === 7 ? null : email,
      places: [
        ...(index % 3 === 2 ? [] : [place(0, index % 4, index === 0)]),
        ...(index % 3 === 0 ? [] : [place(1, (index + 1) % 4, index === 1)]),
      ],
      warnings: index % 8 === 7 ? 1 : 0,
    };
  });
}

export const longRow: AccessRow = {
  id: 'long',
  name: LONG_PERSON,
  email: `${'maximiliana.alexandrowna'.repeat(3)}@featherstonehaugh-and-sons.example`,
  places: [
    {
      organisation: 0,
      standing: 'holds',
      roles: [{ id: 'x', name: 'Payroll Administrator of the Northern Region', order: 0 }],
      subscriber: true,
    },
    { organisation: 1, standing: 'undisclosed', roles: [], subscriber: false },
  ],
  warnings: 2,
};

const looks = Array.from({ length: 9 }, (_, index) => ({
  at: NOW - 4 * MINUTE - index * 11 * DAY,
  people: 19 - index,
  roles: ROLES.map((role, place) => ({
    ...role,
    people: Math.max(1, [4, 9, 5, 3][place] ?? 0 - Math.floor((index * (place + 1)) / 3)),
  })).map((role, place) => ({
    ...role,
    people: Math.max(0, role.people - Math.floor((index * (4 - place)) / 5)),
  })),
}));

export const overview: AccessOverview = {
  look: NOW - 4 * MINUTE,
  confirmedAt: NOW - 4 * MINUTE,
  people: 19,
  removed: 1,
  undisclosed: 1,
  subscribers: 2,
  outside: 3,
  organisations: [
    { id: 'harbour', name: 'Harbour & Sons Ltd', demo: false, people: 12 },
    { id: 'northgate', name: 'Northgate Dental Care', demo: false, people: 9 },
  ],
  roles: looks[0]?.roles ?? [],
  warnings: [
    { code: 'noEmail', people: 2 },
    { code: 'twoRoles', people: 1 },
  ],
  domains: {
    own: ['harbour.example', 'northgate.example'],
    source: 'guessed',
    found: [
      { domain: 'harbour.example', people: 11 },
      { domain: 'northgate.example', people: 5 },
      { domain: 'ledger-and-light.example', people: 2 },
      { domain: 'example.net', people: 1 },
    ],
  },
  looks,
  unreadable: 0,
  view: everybody,
};

/** As many organisations as don't stand side by side any more. */
export const manyOverview: AccessOverview = {
  ...overview,
  organisations: Array.from({ length: 7 }, (_, index) => ({
    id: `branch-${index}`,
    name: index === 0 ? 'The Worshipful Company of Framework Knitters Ltd' : `Branch ${index} Ltd`,
    demo: false,
    people: 10 + index,
  })),
};

export const spreadRows: readonly AccessRow[] = peopleRows(40).map((row, index) => ({
  ...row,
  places: Array.from({ length: (index % 6) + 1 }, (_, at) => place(at, (index + at) % 4)),
}));

export const samuel: AccessPerson = {
  id: '5d3c52e1-8d1f-4a3f-9d68-4f1c2a7b9e55',
  name: 'Samuel Okafor',
  email: 'samuel@ledger-and-light.example',
  changedAt: NOW - 31 * DAY,
  places: [
    {
      organisation: { id: 'harbour', name: 'Harbour & Sons Ltd' },
      standing: 'holds',
      roles: [
        {
          id: 'financialadviser',
          name: 'Adviser',
          order: 60,
          since: { kind: 'before', at: NOW - 88 * DAY },
        },
      ],
      subscriber: true,
      since: { kind: 'before', at: NOW - 88 * DAY },
    },
    {
      organisation: { id: 'northgate', name: 'Northgate Dental Care' },
      standing: 'holds',
      roles: [
        {
          id: 'standard',
          name: 'Standard',
          order: 50,
          since: { kind: 'from', at: NOW - 11 * DAY },
        },
        {
          id: 'readonly',
          name: 'Read only',
          order: 10,
          since: { kind: 'from', at: NOW - 3 * DAY },
        },
      ],
      subscriber: false,
      since: { kind: 'from', at: NOW - 11 * DAY },
    },
  ],
  warnings: ['twoRoles'],
};

const harbourRef = { id: 'harbour', name: 'Harbour & Sons Ltd' };
const northgateRef = { id: 'northgate', name: 'Northgate Dental Care' };
const who = (index: number): AccessChange['person'] => {
  const { id, name, email } = peopleRows(9)[index] ?? longRow;
  return { id, name, email };
};

export const changes: AccessChanges = {
  total: 5,
  rows: [
    { person: who(5), kind: 'joined', organisation: harbourRef, before: [], after: ['Adviser'] },
    {
      person: who(1),
      kind: 'role',
      organisation: northgateRef,
      before: ['Read only'],
      after: ['Standard'],
    },
    { person: who(3), kind: 'left', organisation: harbourRef, before: ['Standard'], after: [] },
    {
      person: who(0),
      kind: 'subscriber',
      organisation: harbourRef,
      before: [],
      after: ['Subscriber'],
    },
    {
      person: who(4),
      kind: 'details',
      organisation: null,
      before: ['grace.smith@harbour.example'],
      after: ['grace.muller@harbour.example'],
    },
  ],
  counts: { joined: 1, left: 1, role: 1, subscriber: 1, details: 1 },
  organisations: [harbourRef, northgateRef],
  added: ['Demo Company (UK)'],
  gone: [],
};
