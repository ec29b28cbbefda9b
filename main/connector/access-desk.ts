import type {
  AccessChanges,
  AccessExport,
  AccessPerson,
  AccessRows,
  ChangesRequest,
  ListRequest,
  RoleCount,
} from '../../shared/access-list.ts';
import { pack, unpack } from '../access/kept-look.ts';
import { changesTable, peopleTable, type Table } from '../access/list-tables.ts';
import { listLook, type ListedLook, type ListedPerson } from '../access/listed-people.ts';
import { lookChanges, queryChanges, type LookChanges } from '../access/look-changes.ts';
import { countPeople, countRoles, overviewOf, type LookOverview } from '../access/look-overview.ts';
import { domainsOf } from '../access/own-domains.ts';
import { personOf, rowOf } from '../access/person-view.ts';
import { reportOf, type MadeReport } from '../access/report.ts';
import { queryPeople } from '../access/query-people.ts';
import { takeLook } from '../access/take-look.ts';
import type { AccessRead } from '../access/types.ts';
import { csvPieces } from '../csv.ts';

/** A look ready to be kept, with what its index says of it. */
export interface PackedLook {
  readonly packed: Uint8Array;
  readonly digest: string;
  readonly accounts: number;
  readonly people: number;
  readonly roles: readonly RoleCount[];
  /** What is different from the look before it; null without one. */
  readonly changes: LookChanges['counts'] | null;
}

/** What a desk is asked, each with all that it takes; looks are named by when they were taken. */
export interface DeskQuestions {
  /** Whether these bytes are a look, which is then at hand. */
  open: {
    readonly question: { readonly at: number; readonly packed: Uint8Array };
    readonly answer: boolean;
  };
  overview: {
    readonly question: { readonly look: number; readonly ownDomains: readonly string[] | null };
    readonly answer: LookOverview;
  };
  list: {
    readonly question: ListRequest & { readonly ownDomains: readonly string[] | null };
    readonly answer: AccessRows;
  };
  person: {
    readonly question: { readonly look: number; readonly id: string };
    readonly answer: AccessPerson | null;
  };
  changes: { readonly question: ChangesRequest; readonly answer: AccessChanges };
  export: {
    readonly question: AccessExport & { readonly ownDomains: readonly string[] | null };
    readonly answer: { readonly csv: Uint8Array; readonly rows: number };
  };
  /** The evidence report of a look, with what changed since an earlier one. */
  report: {
    readonly question: { readonly from: number | null; readonly to: number };
    readonly answer: MadeReport;
  };
}

export type DeskQuestion = keyof DeskQuestions;

/** The answer, or which look has to be opened before there is one. */
export type Answered<Q extends DeskQuestion> =
  | { readonly kind: 'answer'; readonly answer: DeskQuestions[Q]['answer'] }
  | { readonly kind: 'missing'; readonly look: number };

type Ways = {
  readonly [Q in DeskQuestion]: (
    question: DeskQuestions[Q]['question'],
  ) => DeskQuestions[Q]['answer'];
};

/** As many looks as one comparison needs, and the newest. */
const OPEN = 3;

/**
 * Answers questions about kept looks, and makes them. Holds what it takes to answer at once, and
 * nothing that isn't in a kept look; for many people it sits in a process of its own.
 */
export class AccessDesk {
  readonly #open = new Map<number, ListedLook>();
  #listed: { readonly key: string; readonly people: readonly ListedPerson[] } | null = null;
  #compared: { readonly key: string; readonly changes: LookChanges } | null = null;

  readonly #ways: Ways = {
    open: ({ at, packed }) => this.#openLook(at, packed),
    overview: ({ look, ownDomains }) => overviewOf(this.#look(look), ownDomains),
    list: (asked) => this.#list(asked),
    person: ({ look, id }) => this.#person(look, id),
    changes: (asked) => this.#changes(asked),
    export: (asked) => this.#export(asked),
    report: ({ from, to }) =>
      reportOf(this.#look(to), from === null ? null : this.#compare(from, to)),
  };

  /** Makes the look to keep; the one before it tells since when. */
  take(read: AccessRead, at: number, previous: Uint8Array | null): PackedLook {
    const before = previous === null ? null : unpack(previous);
    const { look, digest } = takeLook(read, at, before);
    return {
      packed: pack(look),
      digest,
      accounts: look.accounts.length,
      people: countPeople(look),
      roles: countRoles(look),
      changes: before === null ? null : lookChanges(listLook(before), listLook(look)).counts,
    };
  }

  answer<Q extends DeskQuestion>(name: Q, question: DeskQuestions[Q]['question']): Answered<Q> {
    const missing = looksOf(question).find((at) => !this.#open.has(at));
    if (missing !== undefined && name !== 'open') return { kind: 'missing', look: missing };
    return { kind: 'answer', answer: this.#ways[name](question) };
  }

  #openLook(at: number, packed: Uint8Array): boolean {
    if (this.#open.has(at)) return true;
    const look = unpack(packed);
    if (look === null) return false;
    this.#open.set(at, listLook(look));
    const [oldest] = this.#open.keys();
    if (this.#open.size > OPEN && oldest !== undefined) this.#open.delete(oldest);
    return true;
  }

  #look(at: number): ListedLook {
    const listed = this.#open.get(at);
    if (listed === undefined) throw new Error('A look was asked about that isn’t open.');
    return listed;
  }

  #person(look: number, id: string): AccessPerson | null {
    const listed = this.#look(look);
    const person = listed.byId.get(id);
    return person === undefined ? null : personOf(person, listed);
  }

  #list({ look, view, slice, ownDomains }: DeskQuestions['list']['question']): AccessRows {
    const listed = this.#look(look);
    const people = this.#people(look, view, ownDomains);
    const rows = people.slice(slice.from, slice.from + slice.count);
    return { total: people.length, rows: rows.map((person) => rowOf(person, listed)) };
  }

  /** Page after page of one view is one answer. */
  #people(
    look: number,
    view: ListRequest['view'],
    ownDomains: readonly string[] | null,
  ): readonly ListedPerson[] {
    const key = JSON.stringify([look, view, ownDomains]);
    if (this.#listed?.key === key) return this.#listed.people;
    const listed = this.#look(look);
    const own = view.filter.only.includes('outside') ? domainsOf(listed, ownDomains).own : [];
    const people = queryPeople(listed, view, own);
    this.#listed = { key, people };
    return people;
  }

  #changes({ from, to, filter, slice }: ChangesRequest): AccessChanges {
    const { all, ...rest } = this.#compare(from, to);
    const found = queryChanges({ all, ...rest }, filter);
    return {
      ...rest,
      total: found.length,
      rows: found.slice(slice.from, slice.from + slice.count),
    };
  }

  #compare(from: number, to: number): LookChanges {
    const key = `${from} ${to}`;
    if (this.#compared?.key === key) return this.#compared.changes;
    const changes = lookChanges(this.#look(from), this.#look(to));
    this.#compared = { key, changes };
    return changes;
  }

  #export(asked: DeskQuestions['export']['question']): DeskQuestions['export']['answer'] {
    if (asked.kind === 'changes') {
      const found = queryChanges(this.#compare(asked.from, asked.to), asked.filter);
      return { csv: csvOf(changesTable(found)), rows: found.length };
    }
    const people = this.#people(asked.look, asked.view, asked.ownDomains);
    return { csv: csvOf(peopleTable(people, this.#look(asked.look))), rows: people.length };
  }
}

function csvOf({ columns, rows }: Table): Uint8Array {
  return Buffer.from([...csvPieces(columns, rows)].join(''));
}

/** The looks that a question is about. */
function looksOf(question: DeskQuestions[DeskQuestion]['question']): readonly number[] {
  if ('look' in question) return [question.look];
  if (!('to' in question)) return [];
  return question.from === null ? [question.to] : [question.from, question.to];
}
