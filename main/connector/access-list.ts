import { everybody } from '../../shared/access-kinds.ts';
import type {
  AccessChanges,
  AccessExport,
  AccessOverview,
  AccessPerson,
  AccessRows,
  AccessView,
  ChangesRequest,
  KeptLook,
  ListRequest,
  PersonRequest,
  ReportRequest,
  ReportSaved,
} from '../../shared/access-list.ts';
import type { AccessReport } from '../../shared/access-report.ts';
import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import { say } from '../../shared/language/say.ts';
import type { AccessRead } from '../access/types.ts';
import type { Clock, FileManager, ReportPrinter, SaveDialog } from '../ports.ts';
import type { LookEntry } from '../store/kept-looks.ts';
import { writePrivately } from '../store/private-export.ts';
import type { DeskQuestion, DeskQuestions } from './access-desk.ts';
import { AccessLooks, type AccessLooksSurroundings } from './access-looks.ts';
import { saveReport } from './evidence-report.ts';
import type { ReadableHistory } from './history.ts';
import { Turn } from './turn.ts';

export interface AccessListSurroundings extends AccessLooksSurroundings {
  readonly clock: Clock;
  readonly history: ReadableHistory;
  readonly saveDialog: SaveDialog;
  readonly reportPrinter: ReportPrinter;
  readonly fileManager: FileManager;
}

/** Each try but the last opens a look that the question is about, or follows a desk that broke. */
const TRIES = 5;

/** Answers the Access page: who has access, as of the kept looks. */
export class AccessList {
  readonly #surroundings: AccessListSurroundings;
  readonly #looks: AccessLooks;
  readonly #turn = new Turn();
  #view: AccessView = everybody;
  /** What was saved last in this run: no other path is ever shown. */
  #saved: string | null = null;

  constructor(surroundings: AccessListSurroundings) {
    this.#surroundings = surroundings;
    this.#looks = new AccessLooks(surroundings);
  }

  /** Says where the kept looks stand, before the first look of this run. */
  restore(): Promise<void> {
    return this.#turn.take(() => this.#looks.restore());
  }

  /** A look found all of this: it is kept if it differs from the last. Takes its time; nobody waits. */
  looked(read: AccessRead, at: number): void {
    void this.#turn.take(() => this.#looks.take(read, at));
  }

  /** Lets go of kept looks that are too old or too much. */
  async removeOld(): Promise<void> {
    const { kept, clock, log } = this.#surroundings;
    const removed = await this.#turn.take(() => kept.removeOld(clock.now()));
    if (!removed.ok) log.warn('looks.oldKept', { code: removed.failure.code });
  }

  /** Resolves once what was looked at is kept. */
  idle(): Promise<void> {
    return this.#turn.take(() => Promise.resolve());
  }

  /** The newest look that can be read, at a glance; null before the first. */
  async overview(): Promise<Result<AccessOverview | null>> {
    const { kept } = this.#surroundings;
    const entries = await this.#looks.entries();
    if (!entries.ok) return entries;
    const [newest] = entries.value;
    if (newest === undefined) {
      return kept.unreadable > 0 ? fail(noneReadable) : succeed(null);
    }
    const question = { look: newest.at, ownDomains: kept.ownDomains };
    const answer = await this.#ask('overview', question, [newest.at]);
    if (!answer.ok) {
      // It is left out now, and an older one may be whole.
      return answer.failure.code === 'fileInvalid' ? await this.overview() : answer;
    }
    return succeed({
      ...answer.value,
      look: newest.at,
      confirmedAt: newest.details?.confirmedAt ?? newest.at,
      looks: entries.value.map(lookOf),
      unreadable: kept.unreadable,
      view: this.#view,
    });
  }

  async list(request: ListRequest): Promise<Result<AccessRows>> {
    this.#view = request.view;
    const { ownDomains } = this.#surroundings.kept;
    return await this.#ask('list', { ...request, ownDomains }, [request.look]);
  }

  async person(request: PersonRequest): Promise<Result<AccessPerson>> {
    const person = await this.#ask('person', request, [request.look]);
    if (!person.ok) return person;
    return person.value === null ? fail(personGone) : succeed(person.value);
  }

  async changes(request: ChangesRequest): Promise<Result<AccessChanges>> {
    return await this.#ask('changes', request, [request.from, request.to]);
  }

  /** Lets the admin save what is shown as a table; `cancelled` when they think better of it. */
  async export(request: AccessExport): Promise<Result<'saved' | 'cancelled'>> {
    const { clock, saveDialog, kept, history } = this.#surroundings;
    const day = new Date(clock.now()).toISOString().slice(0, 10);
    const what = request.kind === 'list' ? 'Xero access' : 'Xero access, what changed';
    const path = await saveDialog.pick({
      title: say('accessList.saveAsATable'),
      name: `${what} ${day}.csv`,
      kind: 'csv',
    });
    if (path === null) return succeed('cancelled');
    const looks = request.kind === 'list' ? [request.look] : [request.from, request.to];
    const question = { ...request, ownDomains: kept.ownDomains };
    const table = await this.#ask('export', question, looks);
    if (!table.ok) return table;
    const written = await writePrivately(path, [table.value.csv]);
    if (!written.ok) return written;
    this.#saved = path;
    history.record({ kind: 'export', what: 'access', rows: table.value.rows });
    return succeed('saved');
  }

  /** Lets the admin save the evidence report of a look. */
  async saveReport(
    { look }: ReportRequest,
    madeBy: AccessReport['madeBy'],
  ): Promise<Result<ReportSaved>> {
    const entries = await this.#looks.entries();
    if (!entries.ok) return entries;
    const saved = await saveReport(look, madeBy, {
      ...this.#surroundings,
      entries: entries.value,
      ask: (question, looks) => this.#ask('report', question, looks),
    });
    if (!saved.ok || saved.value.kind === 'cancelled') return saved;
    const { path, ...told } = saved.value;
    this.#saved = path;
    return succeed(told);
  }

  /** Shows the file that was saved last in the system's window of files. */
  showSaved(): Result<void> {
    if (this.#saved === null) return fail(nothingSaved);
    this.#surroundings.fileManager.reveal(this.#saved);
    return succeed();
  }

  /** Says which e-mail domains are the company's own. */
  chooseDomains(domains: readonly string[]): Promise<Result<void>> {
    const plain = domains.map((domain) => domain.trim().toLowerCase().replace(/^@/, ''));
    return this.#surroundings.kept.chooseDomains([...new Set(plain)].filter((each) => each !== ''));
  }

  async #ask<Q extends DeskQuestion>(
    name: Q,
    question: DeskQuestions[Q]['question'],
    looks: readonly number[],
  ): Promise<Result<DeskQuestions[Q]['answer']>> {
    const entries = await this.#looks.entries();
    if (!entries.ok) return entries;
    const concerned = looks.map((at) => entries.value.find((entry) => entry.at === at));
    if (!concerned.every((entry) => entry !== undefined)) return fail(lookGone);
    const desk = this.#looks.deskFor(...concerned);
    for (let tries = 0; tries < TRIES; tries += 1) {
      const answered = await desk.ask(name, question);
      if (answered?.kind === 'answer') return succeed(answered.answer);
      const opened = answered === null ? succeed() : await this.#looks.open(desk, answered.look);
      if (!opened.ok) return opened;
    }
    return fail(deskBroke);
  }
}

function lookOf({ at, details }: LookEntry): KeptLook {
  return { at, people: details?.people ?? null, roles: details?.roles ?? null };
}

const noneReadable: Failure = {
  code: 'fileInvalid',
  message: say('accessList.noneOfTheKeptLooks'),
  next: 'checkXeroNow',
};

const lookGone: Failure = {
  code: 'usage',
  message: say('accessList.thatLookIsNoLonger'),
  next: 'tryAgain',
};

const nothingSaved: Failure = {
  code: 'usage',
  message: say('accessList.nothingWasSaved'),
  next: 'tryAgain',
};

const personGone: Failure = {
  code: 'usage',
  message: say('accessList.thatLookDoesntKnowThis'),
  next: 'tryAgain',
};

const deskBroke: Failure = {
  code: 'bug',
  message: say('accessList.theListCouldntBeMade'),
  next: 'tryAgain',
};
