import type { InboxView, RequestView } from '../../shared/requests.ts';
import { userManagementPage } from '../access/links.ts';
import type { Log } from '../ports.ts';
import type { Person } from '../requests/person.ts';
import { isAddress } from '../requests/principal.ts';
import { readRequest } from '../requests/reading.ts';
import type { Book, RequestRecord } from '../requests/records.ts';
import { waysTo } from '../requests/steps.ts';

/** A log holds no names and no addresses: whoever works in Xero looks them up in C1. */
const SOMEBODY: Person = {
  accountId: null,
  personId: null,
  name: '[the name in C1’s task]',
  email: '[the e-mail address in C1’s task]',
  givenName: null,
  familyName: null,
};

interface Told {
  /** C1's ids of the tasks that the request answers. */
  readonly tasks: string;
  readonly steps: string;
  readonly found: string | null;
}

/** Tells in the log what a person is to do in Xero for C1, what is still missing, and how it ended. */
export class RequestLog {
  readonly #log: Log;
  readonly #told = new Map<string, Told>();
  #next: { view: InboxView; book: Book } | undefined;

  constructor(log: Log) {
    this.#log = log;
  }

  /** Tells what is new, once what happens in this moment has happened: much of it is so already. */
  show(view: InboxView, book: Book): void {
    if (this.#next === undefined) queueMicrotask(() => this.#tell());
    this.#next = { view, book };
  }

  #tell(): void {
    const next = this.#next;
    this.#next = undefined;
    for (const view of next?.view.requests ?? []) {
      const record = next?.book.requests.find(({ id }) => id === view.id);
      if (next !== undefined && record !== undefined) this.#tellOne(view, record, next.book);
    }
  }

  #tellOne(view: RequestView, record: RequestRecord, book: Book): void {
    const before = this.#told.get(view.id);
    if (view.end !== null) {
      this.#told.delete(view.id);
      const { kind: end, words } = view.end;
      if (before !== undefined) this.#log.info('request.ended', { task: before.tasks, end, words });
      return;
    }
    const tasks = taskIds(view.id, book);
    const lines = stepLines(view, record, book);
    const { found } = view.check;
    const told: Told = { tasks, steps: JSON.stringify([lines, view.caution, view.remarks]), found };
    this.#told.set(view.id, told);
    if (before?.tasks !== tasks || before.steps !== told.steps) {
      this.#sayAll(view, record, told, lines);
    }
    if (before !== undefined && found !== null && found !== before.found) {
      this.#log.info('request.notYet', { task: tasks, found });
    }
  }

  #sayAll(
    { task: what, until, caution, remarks }: RequestView,
    { person }: RequestRecord,
    { tasks: task }: Told,
    lines: readonly StepLine[],
  ): void {
    const log = this.#log;
    // C1 may call somebody by their address who has no account yet.
    const account = isAddress(person.accountId ?? '') ? null : person.accountId;
    log.info('request.open', { task, what, account, until: new Date(until).toISOString() });
    for (const { words } of remarks) log.warn('request.remark', { task, words });
    if (caution !== null) log.warn('request.caution', { task, words: caution.words });
    lines.forEach(({ way, words, page }, place) =>
      log.info('request.step', {
        task,
        ...(way !== null && { way }),
        step: place + 1,
        words,
        ...(page !== null && { page }),
      }),
    );
  }
}

interface StepLine {
  readonly way: string | null;
  readonly words: string;
  /** The page of Xero that the step opens. */
  readonly page: string | null;
}

/** The steps of all ways, without naming anybody. */
function stepLines(
  { task, places }: RequestView,
  record: RequestRecord,
  { rises }: Book,
): readonly StepLine[] {
  const backTo = readRequest(record, rises)[0]?.backTo ?? null;
  return waysTo({ task, person: SOMEBODY, places, backTo }).flatMap(({ title, steps }) =>
    steps.map(({ words, opens }) => {
      const place = record.places.find(({ id }) => id === opens);
      const page = place === undefined ? null : userManagementPage(place.shortCode);
      return { way: title, words, page };
    }),
  );
}

function taskIds(request: string, { tasks }: Book): string {
  return tasks
    .filter((task) => task.request === request && task.verdict === null)
    .map(({ id }) => id)
    .join(' ');
}
