import { Code } from '@connectrpc/connect';
import { fail, succeed, type Result } from '../../shared/errors.ts';
import type { RequestEvent } from '../../shared/history.ts';
import { say } from '../../shared/language/say.ts';
import { ENDED_SHOWN, type InboxView, type RequestEnd } from '../../shared/requests.ts';
import type { Task } from '../proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import { answerOf, type RequestAnswer } from './answers.ts';
import { contradicts } from './conflicts.ts';
import { doneVerdict, endOf, isDone, riseOf } from './ending.ts';
import { isSame, KeptBook } from './kept-book.ts';
import { keptMessage, taskMessage } from './messages.ts';
import { isSamePerson } from './person.ts';
import type { RequestRecord, Rise, TaskRecord } from './records.ts';
import type { InboxSurroundings, Looked } from './surroundings.ts';
import { eventOf } from './telling.ts';
import type { Verdict } from './verdict.ts';
import { viewOf } from './view.ts';

/** What became of a task after its answer, or without one. */
export type Finished =
  /** C1 has the answer. */
  | 'answered'
  /** C1 won't have it: it waits no more. */
  | 'refused'
  /** C1 took the task back, or refused to hear that it is still worked on. */
  | 'cancelled'
  | 'notAwaited';

/** How the looks for a request stand, as far as the window shows it. */
export interface CheckState {
  readonly now: 'waiting' | 'looking';
  readonly nextAt: number | null;
  readonly trouble: string | null;
}

/** So many rises are remembered; the oldest go first. */
const MOST_RISES = 5000;
/** How long an answer waits for its C1 (product.md §8). */
const LIFE = 7 * 24 * 3_600_000;
const IDLE: CheckState = { now: 'waiting', nextAt: null, trouble: null };

/**
 * The requests at hand: tasks come in, wait for what Xero shows, and are answered once. Keeps them over
 * restarts; when to look is for the rounds to say.
 */
export class Inbox {
  readonly #surroundings: InboxSurroundings;
  readonly #book: KeptBook;
  readonly #waiting = new Map<string, (answer: RequestAnswer) => void>();
  #checks: ReadonlyMap<string, CheckState> = new Map();
  #onArrival: () => void = () => undefined;
  #shown = JSON.stringify({ requests: [] });

  constructor(surroundings: InboxSurroundings) {
    this.#surroundings = surroundings;
    this.#book = new KeptBook(surroundings);
  }

  /** Calls back whenever there is something to look for. */
  set onArrival(listener: () => void) {
    this.#onArrival = listener;
  }

  get book() {
    return this.#book;
  }

  /** Tasks whose requests Xero couldn't be looked at for yet. */
  get arrived(): readonly TaskRecord[] {
    return this.#book.now.tasks.filter(({ request, verdict }) => request === null && !verdict);
  }

  get open(): readonly RequestRecord[] {
    return this.#book.now.requests.filter(({ end }) => end === null);
  }

  /** Waits until the task can be answered, and resolves with its answer; when the signal aborts, with a failure that nobody hears. */
  async handle(peer: string, task: Task, signal: AbortSignal): Promise<RequestAnswer> {
    await this.#book.ready();
    const kept = this.#task(peer, task.id) ?? this.#take(peer, task);
    if (kept.verdict !== null) return answerOf(task, kept.verdict);
    const key = keyOf(kept);
    const { promise: answer, resolve } = withResolve<RequestAnswer>();
    this.#waiting.set(key, resolve);
    const stop = () => resolve(brokenOff);
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    this.#onArrival();
    try {
      return await answer;
    } finally {
      signal.removeEventListener('abort', stop);
      // After a rotation somebody else waits for it.
      if (this.#waiting.get(key) === resolve) this.#waiting.delete(key);
    }
  }

  /** The tasks of one C1 that an earlier run left without an answer. */
  async tasksOf(peer: string): Promise<readonly Task[]> {
    await this.#book.ready();
    return this.#book.now.tasks.filter((task) => task.peer === peer).map(taskMessage);
  }

  /** The task isn't waited for any more. */
  finished(peer: string, taskId: string, how: Finished): void {
    const task = this.#task(peer, taskId);
    if (task === undefined) return;
    const { tasks } = this.#book.now;
    void this.#book.change({ tasks: tasks.filter((each) => !isSame(each, task)) });
    const request = this.#requestOf(task);
    if (request === undefined) return;
    const end = this.#lateEnd(task, request, how);
    if (end === null) this.#replace(this.#untilNow(request));
    else this.#end(request, end);
  }

  /** Opens, joins or answers a task, once it is known what it asks for. */
  opened(task: TaskRecord, request: RequestRecord): void {
    const isNew = !this.#book.now.requests.some(({ id }) => id === request.id);
    void this.#replaceTask({ ...task, request: request.id });
    this.#replace(request);
    if (isNew) this.tell('asked', request);
  }

  /** Settles on how the task is answered; the answer goes out once that is kept. */
  settle(task: TaskRecord, verdict: Verdict): void {
    const settled = { ...task, verdict };
    const kept = this.#replaceTask(settled);
    void kept.then(() => this.#waiting.get(keyOf(task))?.(answerOf(taskMessage(task), verdict)));
    const request = this.#requestOf(settled);
    if (request === undefined) return;
    if (this.#unsettled(request.id).length > 0) return this.#replace(this.#untilNow(request));
    this.#end(request, endOf(verdict, this.#surroundings.clock.now()), reasonOf(verdict));
  }

  /** Takes in what a look found: what is done is answered, and the rest shows what is missing. */
  observed(request: RequestRecord, looked: Looked): void {
    this.#replace(request);
    for (const task of this.#unsettled(request.id)) {
      if (!isDone(task, request)) continue;
      const { accountMessage, clock } = this.#surroundings;
      const verdict = doneVerdict(task, request, looked, 'now', accountMessage);
      if (verdict === null) continue;
      this.#remember(task, request, clock.now());
      this.settle(task, verdict);
    }
  }

  /** All open requests that another one contradicts. */
  isContradicted(request: RequestRecord): boolean {
    return this.open.some((other) => other.id !== request.id && contradicts(request, other));
  }

  /** Puts another in place of what was known of this request. */
  update(id: string, change: (request: RequestRecord) => RequestRecord): Result<RequestRecord> {
    const request = this.open.find((each) => each.id === id);
    if (request === undefined) return fail(requestOver);
    const changed = change(request);
    this.#replace(changed);
    return succeed(changed);
  }

  /** All tasks of a request, or of all of them, that aren't settled get this verdict. */
  settleAll(verdict: Verdict, requestId: string | null = null): void {
    const { tasks } = this.#book.now;
    for (const task of tasks) {
      if (task.verdict !== null) continue;
      if (requestId === null || task.request === requestId) this.settle(task, verdict);
    }
  }

  /** What the rounds are at. */
  checking(checks: ReadonlyMap<string, CheckState>): void {
    this.#checks = checks;
    this.show();
  }

  view(): InboxView {
    const { requests, rises } = this.#book.now;
    const { isSelf } = this.#surroundings;
    const shown = (request: RequestRecord) =>
      viewOf(request, {
        rises,
        isContradicted: (each) => this.isContradicted(each),
        isSelf,
        check: this.#checks.get(request.id) ?? IDLE,
      });
    const open = [...this.open].sort((one, other) => one.askedAt - other.askedAt);
    const ended = requests.filter(({ end }) => end !== null).sort(newestEnd);
    return { requests: [...open, ...ended.slice(0, ENDED_SHOWN)].map(shown) };
  }

  /** Tells how things stand, where that is another than was told. */
  show(): void {
    const view = this.view();
    const text = JSON.stringify(view);
    if (text === this.#shown) return;
    this.#shown = text;
    this.#surroundings.onChange(view);
  }

  tell(what: RequestEvent['what'], request: RequestRecord, because: string | null = null): void {
    this.#surroundings.onEvent(eventOf(what, request, this.#book.now.rises, because));
  }

  #take(peer: string, task: Task): TaskRecord {
    const { clock, window } = this.#surroundings;
    const askedAt = clock.now();
    const kept: TaskRecord = {
      id: task.id,
      peer,
      message: keptMessage(task),
      askedAt,
      until: askedAt + window(),
      request: null,
      wanted: [],
      duration: null,
      verdict: null,
    };
    // Nobody fetches the answers for a C1 that isn't connected any more.
    const isOld = ({ verdict, until }: TaskRecord) => verdict !== null && until + LIFE < askedAt;
    const tasks = this.#book.now.tasks.filter((each) => !isOld(each));
    void this.#book.change({ tasks: [...tasks, kept] });
    return kept;
  }

  #end(request: RequestRecord, end: RequestEnd, because: string | null = null): void {
    const ended = { ...request, end };
    this.#replace(ended);
    this.tell(end.kind === 'done' ? 'verified' : end.kind, ended, because);
  }

  /** What C1's not waiting means for a request that nothing else waits for. */
  #lateEnd(task: TaskRecord, request: RequestRecord, how: Finished): RequestEnd | null {
    const at = this.#surroundings.clock.now();
    if (how === 'refused' && request.end?.kind === 'done') {
      return { kind: 'tooLate', at, words: say('requestEnds.tooLate') };
    }
    const isLeft = how === 'cancelled' || how === 'notAwaited';
    if (!isLeft || request.end !== null || task.verdict !== null) return null;
    if (this.#unsettled(request.id).length > 0) return null;
    const words =
      how === 'cancelled' ? say('requestEnds.cancelled') : say('requestEnds.stoppedWaiting');
    return { kind: 'cancelled', at, words };
  }

  /** A role that took another's place is remembered, and forgotten once it is revoked. */
  #remember(task: TaskRecord, request: RequestRecord, at: number): void {
    const rise = riseOf(task, request, at);
    const ended = task.wanted.flatMap(({ organisation, condition }) =>
      condition.kind === 'holds' ? [] : [organisation],
    );
    const isOver = (each: Rise) =>
      isSamePerson(each.person, request.person) &&
      (ended.includes(each.organisation) || each.organisation === rise?.organisation);
    const left = this.#book.now.rises.filter((each) => !isOver(each));
    const rises = rise === null ? left : [...left, rise];
    void this.#book.change({ rises: rises.slice(-MOST_RISES) });
  }

  /** The request as its open tasks alone make it: what they want, and until when the first of them waits. */
  #untilNow(request: RequestRecord): RequestRecord {
    const open = this.#unsettled(request.id);
    if (open.length === 0) return request;
    const until = Math.min(...open.map((task) => task.until));
    if (request.everywhere === 'yes') return { ...request, until };
    return { ...request, until, wanted: open.flatMap(({ wanted }) => wanted) };
  }

  #unsettled(requestId: string): readonly TaskRecord[] {
    return this.#book.now.tasks.filter(
      ({ request, verdict }) => request === requestId && verdict === null,
    );
  }

  #task(peer: string, id: string): TaskRecord | undefined {
    return this.#book.now.tasks.find((task) => isSame(task, { peer, id }));
  }

  #requestOf({ request }: TaskRecord): RequestRecord | undefined {
    return this.#book.now.requests.find(({ id }) => id === request);
  }

  #replaceTask(task: TaskRecord): Promise<void> {
    const { tasks } = this.#book.now;
    return this.#book.change({ tasks: tasks.map((each) => (isSame(each, task) ? task : each)) });
  }

  #replace(request: RequestRecord): void {
    const { requests } = this.#book.now;
    const isKnown = requests.some(({ id }) => id === request.id);
    const all = isKnown
      ? requests.map((each) => (each.id === request.id ? request : each))
      : [...requests, request];
    const ended = all.filter(({ end }) => end !== null).sort(newestEnd);
    const dropped = new Set(ended.slice(ENDED_SHOWN));
    void this.#book.change({ requests: all.filter((each) => !dropped.has(each)) });
    this.show();
  }
}

function withResolve<T>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => (resolve = done));
  return { promise, resolve };
}

function keyOf({ peer, id }: { readonly peer: string; readonly id: string }): string {
  return `${peer} ${id}`;
}

function newestEnd(one: RequestRecord, other: RequestRecord): number {
  return (other.end?.at ?? 0) - (one.end?.at ?? 0);
}

/** Why somebody said no, in their own words. */
function reasonOf(verdict: Verdict): string | null {
  switch (verdict.kind) {
    case 'declined':
      return verdict.reason;
    case 'refused':
      return verdict.message;
    default:
      return null;
  }
}

/** Nobody hears it: the task was cancelled, or stays open as the app stops. */
const brokenOff: RequestAnswer = {
  kind: 'failure',
  code: Code.Canceled,
  message: say('requests.stoppedWhileWaiting'),
  nonRetryable: false,
};

const requestOver = {
  code: 'usage',
  message: say('requests.thisRequestIsOver'),
  next: 'wait',
} as const;
