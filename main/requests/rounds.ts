import type { CheckState, Inbox } from './inbox.ts';
import { readAsked } from './asked.ts';
import { doneVerdict } from './ending.ts';
import { taskMessage } from './messages.ts';
import { begun, durationOf, joined, sameMatter, wantedOf } from './opening.ts';
import { nextCheck } from './pace.ts';
import type { RequestRecord, TaskRecord } from './records.ts';
import { resolve } from './resolve.ts';
import { seenAgain } from './seen-again.ts';
import type { InboxSurroundings, Looked } from './surroundings.ts';
import type { Verdict } from './verdict.ts';

const MINUTE = 60_000;
/** A look that failed is tried again after so long. */
const RETRY = MINUTE;
/** So long after its time a request may wait for a look, since the truth in Xero decides first. */
const PATIENCE = 10 * MINUTE;
/** Timers stand still while a laptop sleeps: the time is looked at this often. */
const LONGEST_REST = MINUTE;

/** Looks at Xero for the inbox: at once for what came in, at its pace for what is open, once more at the end of its time. */
export class Rounds {
  readonly #surroundings: InboxSurroundings;
  readonly #inbox: Inbox;
  /** Looks that failed, by the request that they were for. */
  readonly #failed = new Map<string, { readonly at: number; readonly trouble: string }>();
  /** When Xero was looked at in vain for what came in, by its task. */
  readonly #inVain = new Map<TaskRecord, number>();
  /** When the app began, or the computer woke up: what was looked at before is looked at anew. */
  #since: number;
  #pause = new AbortController();

  constructor(surroundings: InboxSurroundings, inbox: Inbox) {
    this.#surroundings = surroundings;
    this.#inbox = inbox;
    this.#since = surroundings.clock.now();
    inbox.onArrival = () => this.wake();
  }

  /** Goes on until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => this.wake());
    while (!signal.aborted) {
      this.#pause = new AbortController();
      await this.#inbox.book.ready();
      await this.#round(signal);
      await this.#rest(signal);
    }
  }

  /** Something has changed: what is due is looked at now. */
  wake(): void {
    this.#pause.abort();
  }

  /** The computer or its network is back: all that is open is looked at now, and what failed tried again. */
  retry(): void {
    this.#failed.clear();
    this.#since = this.#surroundings.clock.now();
    this.#inVain.clear();
    this.wake();
  }

  /** Another look has found this: it serves all that is open. */
  async seen(looked: Looked): Promise<void> {
    for (const { id } of this.#inbox.open) {
      // Of very many people each takes a while: in between everything else has its turn.
      await this.#surroundings.clock.sleep(0);
      const request = this.#inbox.open.find((each) => each.id === id);
      if (request !== undefined) this.#observe(request, looked);
    }
  }

  async #round(signal: AbortSignal): Promise<void> {
    const now = this.#surroundings.clock.now();
    if (this.#inbox.arrived.some((task) => this.#arrivalDueAt(task) <= now)) {
      await this.#arrive(signal);
    } else {
      const due = this.#inbox.open.filter((request) => this.#dueAt(request) <= now);
      if (due.length > 0) await this.#check(due, signal);
    }
    if (signal.aborted) return;
    this.#refuseUnattended();
    this.#expire();
    this.#tell([]);
  }

  /** Where nobody is there to do it, what a look has shown not to be so is refused. */
  #refuseUnattended(): void {
    const { unattended: message } = this.#surroundings;
    if (message === undefined) return;
    for (const { id, checkedAt } of this.#inbox.open) {
      if ((checkedAt ?? -Infinity) < this.#since) continue;
      this.#inbox.settleAll({ kind: 'refused', why: 'impossible', message }, id);
    }
  }

  /** Looks at all that is governed, once for all that came in. */
  async #arrive(signal: AbortSignal): Promise<void> {
    const { look, clock, log } = this.#surroundings;
    const arrived = this.#inbox.arrived;
    const malformed = arrived.filter((task) => this.#refuseMalformed(task));
    if (malformed.length === arrived.length) return;
    const looked = await look('all', signal);
    if (signal.aborted) return;
    if (!looked.ok) {
      for (const task of arrived) this.#inVain.set(task, clock.now());
      log.warn('requests.lookFailed', { code: looked.failure.code });
      return;
    }
    for (const task of this.#inbox.arrived) {
      await clock.sleep(0);
      if (this.#inbox.arrived.includes(task)) this.#open(task, looked.value);
    }
    await this.seen(looked.value);
  }

  #refuseMalformed(task: TaskRecord): boolean {
    const asked = readAsked(taskMessage(task));
    if (!('malformed' in asked)) return false;
    this.#inbox.settle(task, { kind: 'refused', why: 'malformed', message: asked.malformed });
    return true;
  }

  #open(task: TaskRecord, looked: Looked): void {
    const { newId, accountMessage } = this.#surroundings;
    this.#inVain.delete(task);
    const asked = readAsked(taskMessage(task));
    if ('malformed' in asked) return;
    const resolution = resolve(asked, looked);
    if (resolution.kind === 'notFound') {
      // It may be in what couldn't be read.
      const { is, message } = resolution;
      if (is === 'unknown' && looked.whole === 'no') {
        this.#inVain.set(task, this.#surroundings.clock.now());
        return;
      }
      const why = is === 'gone' ? 'impossible' : 'unknown';
      return this.#inbox.settle(task, { kind: 'refused', why, message });
    }
    const wanted = resolution.kind === 'refused' ? [] : wantedOf(resolution.places);
    const known = { ...task, wanted, duration: durationOf(asked) };
    const joinable =
      resolution.kind === 'open' ? sameMatter(this.#inbox.open, resolution) : undefined;
    if (joinable !== undefined) return this.#inbox.opened(known, joined(joinable, known));
    const request = begun(newId(), known, resolution, looked);
    this.#inbox.opened(known, request);
    const settled = { ...known, request: request.id };
    if (resolution.kind === 'refused') return this.#inbox.settle(settled, resolution.verdict);
    if (resolution.kind === 'open') return;
    const verdict = doneVerdict(settled, request, looked, 'before', accountMessage);
    if (verdict !== null) this.#inbox.settle(settled, verdict);
  }

  async #check(due: readonly RequestRecord[], signal: AbortSignal): Promise<void> {
    const { look, clock, log } = this.#surroundings;
    this.#tell(due.map(({ id }) => id));
    const looked = await look(this.#placesOf(due), signal);
    if (signal.aborted) return;
    const at = clock.now();
    if (!looked.ok) log.warn('requests.lookFailed', { code: looked.failure.code });
    for (const { id } of due) {
      const trouble = looked.ok ? looked.value.trouble : looked.failure.message;
      if (trouble === null) this.#failed.delete(id);
      else this.#failed.set(id, { at, trouble });
    }
    if (looked.ok) await this.seen(looked.value);
  }

  /** A removal everywhere, and an account whose whole profile C1 gets, take all organisations. */
  #placesOf(due: readonly RequestRecord[]): 'all' | readonly string[] {
    const isWide = ({ everywhere, person }: RequestRecord) =>
      everywhere === 'yes' || person.accountId === null;
    if (due.some(isWide)) return 'all';
    return [...new Set(due.flatMap(({ places }) => places.map(({ tenantId }) => tenantId)))];
  }

  #observe(request: RequestRecord, looked: Looked): void {
    const seen = seenAgain(request, looked, this.#surroundings.clock.now());
    if (seen !== null) this.#inbox.observed(seen, looked);
  }

  /** Whatever wasn't done in its time is answered so, once Xero was looked at after it. */
  #expire(): void {
    const { clock } = this.#surroundings;
    const now = clock.now();
    const requests = new Map(this.#inbox.open.map((request) => [request.id, request]));
    for (const task of this.#inbox.book.now.tasks) {
      if (task.verdict !== null || now < task.until) continue;
      const request = requests.get(task.request ?? '');
      const isSure = (request?.checkedAt ?? -Infinity) >= task.until;
      if (!isSure && now < task.until + PATIENCE) continue;
      this.#inbox.settle(task, lateVerdict(task, request));
    }
  }

  #arrivalDueAt(task: TaskRecord): number {
    return (this.#inVain.get(task) ?? -Infinity) + RETRY;
  }

  #dueAt(request: RequestRecord): number {
    const { checkedAt, until, id } = request;
    const last = checkedAt ?? -Infinity;
    const usual = last < this.#since ? this.#since : nextCheck(request);
    const due = last < until ? Math.min(usual, until) : usual;
    const failed = this.#failed.get(id);
    return failed === undefined ? due : Math.max(due, failed.at + RETRY);
  }

  /** Says how the looks stand, to the window. */
  #tell(looking: readonly string[]): void {
    const checks = this.#inbox.open.map((request): [string, CheckState] => {
      const isLooking = looking.includes(request.id);
      const trouble = this.#failed.get(request.id)?.trouble ?? null;
      const nextAt = this.#dueAt(request);
      return [request.id, { now: isLooking ? 'looking' : 'waiting', nextAt, trouble }];
    });
    this.#inbox.checking(new Map(checks));
  }

  async #rest(signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.#pause.signal.aborted) return;
    const { clock } = this.#surroundings;
    const now = clock.now();
    const dues = this.#inbox.open.map((request) => this.#dueAt(request));
    dues.push(...this.#inbox.arrived.map((task) => this.#arrivalDueAt(task)));
    const wait = Math.min(LONGEST_REST, ...dues.map((due) => Math.max(0, due - now)));
    await clock.sleep(wait, this.#pause.signal);
  }
}

/** C1 goes on with a task of its own, but for somebody who was invited already. */
function lateVerdict(task: TaskRecord, request: RequestRecord | undefined): Verdict {
  const isNewAccount = taskMessage(task).taskType.case === 'createAccount';
  if (isNewAccount && request !== undefined && request.invitedAt !== null) {
    return { kind: 'invited' };
  }
  const minutes = Math.max(1, Math.round((task.until - task.askedAt) / MINUTE));
  const message = request === undefined ? unread(minutes) : undone(minutes);
  return { kind: 'outOfTime', message };
}

function undone(minutes: number): string {
  return `Nobody did this in Xero within ${minutes} minutes.`;
}

function unread(minutes: number): string {
  return `Xero couldn’t be looked at for ${minutes} minutes, so nobody was asked to do this.`;
}
