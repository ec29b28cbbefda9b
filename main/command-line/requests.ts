import { Code } from '@connectrpc/connect';
import type { AccessRead } from '../access/types.ts';
import type { C1Event } from '../c1/events.ts';
import { isRequest } from '../c1/refusals.ts';
import type { TaskHandlers } from '../c1/task.ts';
import { requestHandlers } from '../connector/request-kinds.ts';
import { accountMessage, followRequest } from '../connector/request-tasks.ts';
import type { Task } from '../proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import { Inbox } from '../requests/inbox.ts';
import { Rounds } from '../requests/rounds.ts';
import type { InboxSurroundings } from '../requests/surroundings.ts';
import { BookFile, noShelf } from './book-file.ts';
import type { Options } from './options.ts';
import { RequestLog } from './request-log.ts';
import type { Held } from './surroundings.ts';
import type { XeroLooks } from './xero-looks.ts';

/** Without a person, a task waits this long for Xero to be readable at all. */
const READABLE_WITHIN = 5 * 60_000;
const NOBODY =
  'Nobody is here to do it in Xero: this connector runs without a window, and Xero lets no program change who has access. Let C1 give the task to a person, who does it in Xero; the next sync shows it.';

/** C1's requests on the command line: what is so already is answered; the rest is refused, or waits for a person who reads the log. */
export class CommandRequests {
  readonly #inbox: Inbox;
  readonly #rounds: Rounds;
  readonly #log: Held['log'];
  readonly #heartbeat: 'yes' | 'no';

  constructor(
    { provisioningWaitMs: wait, stateFolder }: Options,
    { clock, log, random }: Held,
    looks: XeroLooks,
  ) {
    const told = new RequestLog(log);
    const surroundings: InboxSurroundings = {
      clock,
      log,
      newId: () => Buffer.from(random.bytes(16)).toString('hex'),
      shelf: stateFolder === null ? noShelf : new BookFile(stateFolder),
      look: (which, signal) => looks.some(which, signal),
      window: () => wait ?? READABLE_WITHIN,
      ...(wait === null && { unattended: NOBODY }),
      // Whoever works in Xero isn't known here.
      isSelf: () => false,
      accountMessage,
      onChange: (view) => {
        if (wait !== null) told.show(view, this.#inbox.book.now);
      },
      onEvent: () => undefined,
    };
    this.#log = log;
    this.#heartbeat = wait === null ? 'no' : 'yes';
    this.#inbox = new Inbox(surroundings);
    this.#rounds = new Rounds(surroundings, this.#inbox);
    if (wait !== null && stateFolder === null)
      log.warn('request.forgetful', { fix: 'set --state-dir' });
  }

  /** What is done for the C1 at this host. */
  handlers(host: string): Partial<TaskHandlers> {
    const handle = (task: Task, signal: AbortSignal) => this.#inbox.handle(host, task, signal);
    return requestHandlers(handle, this.#heartbeat);
  }

  /** The tasks of this C1 that an earlier run left waiting. */
  leftOpen(host: string): Promise<readonly Task[]> {
    return this.#inbox.tasksOf(host);
  }

  follow(event: C1Event, host: string): void {
    followRequest(this.#inbox, host, event);
    if (event.kind !== 'taskFinished' || event.outcome === null) return;
    const { taskId: task, outcome, delivered } = event;
    if (!isRequest(event.task)) return;
    const code = outcome.kind === 'failure' ? Code[outcome.code] : null;
    this.#log.info('request.answered', { task, code, delivered });
  }

  /** A sync has read all this. */
  looked(read: AccessRead): void {
    void this.#rounds.seen({ ...read, whole: 'yes', trouble: null });
  }

  /** The computer or its network is back. */
  retry(): void {
    this.#rounds.retry();
  }

  /** Looks at Xero for what is open until the signal aborts. */
  run(signal: AbortSignal): Promise<void> {
    return this.#rounds.run(signal);
  }
}
