import type { Result } from '../../shared/errors.ts';
import type { RequestMove } from '../../shared/request-moves.ts';
import type { AccessRead } from '../access/types.ts';
import type { C1Event } from '../c1/events.ts';
import type { TaskHandlers } from '../c1/task.ts';
import type { Browser, Clipboard } from '../ports.ts';
import type { Task } from '../proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import type { DeskParts, RequestDesk } from './request-desk.ts';
import { requestHandlers } from './request-kinds.ts';
import type { SettingsStore } from './settings.ts';

interface RequestsSurroundings extends Omit<DeskParts, 'window'> {
  readonly settings: SettingsStore;
  readonly browser: Browser;
  readonly clipboard: Clipboard;
}

const MINUTE = 60_000;
const TURNED_OFF =
  'Requests were turned off in C1 Connector for Xero before anybody had done this.';

/** C1's requests on the desktop: off until the admin turns them on, and nothing of them loaded before. */
export class Requests {
  readonly #surroundings: RequestsSurroundings;
  readonly #stop = new AbortController();
  #desk: Promise<RequestDesk> | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(surroundings: RequestsSurroundings) {
    this.#surroundings = surroundings;
  }

  /** Goes on with what the last run left open, where requests are on. */
  start(): void {
    if (this.#isOn) void this.#open();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  /** What is done for this C1; nothing while requests are off. */
  handlers(host: string): Partial<TaskHandlers> {
    if (!this.#isOn) return {};
    const { requestHeartbeats } = this.#surroundings.settings.read();
    const handle = async (task: Task, signal: AbortSignal) =>
      (await this.#open()).inbox.handle(host, task, signal);
    return requestHandlers(handle, requestHeartbeats ? 'yes' : 'no');
  }

  /** The tasks of this C1 that an earlier run, or another credential, left waiting. */
  async leftOpen(host: string): Promise<readonly Task[]> {
    return this.#isOn ? (await this.#open()).inbox.tasksOf(host) : [];
  }

  follow(host: string, event: C1Event): void {
    if (event.kind !== 'taskFinished' || this.#desk === undefined) return;
    void this.#desk.then(async ({ inbox }) => {
      const { followRequest } = await import('./request-desk.ts');
      followRequest(inbox, host, event);
    });
  }

  /** A look found all of this. */
  async looked(read: AccessRead): Promise<void> {
    const desk = await this.#desk;
    await desk?.rounds.seen({ ...read, whole: 'yes', trouble: null });
  }

  /** The computer or its network is back. */
  async retry(): Promise<void> {
    (await this.#desk)?.rounds.retry();
  }

  /** The admin turned requests on, or off: what is open is answered then. */
  async switched(): Promise<void> {
    if (this.#isOn) return void this.#open();
    const desk = await this.#desk;
    desk?.inbox.settleAll({ kind: 'refused', why: 'impossible', message: TURNED_OFF });
  }

  async move(move: RequestMove): Promise<Result<void>> {
    const { clock, browser, clipboard } = this.#surroundings;
    const { inbox, rounds } = await this.#open();
    const { carryOut } = await import('./request-desk.ts');
    const done = carryOut(move, inbox, clock);
    if (!done.ok) return done;
    rounds.wake();
    const effect = done.value;
    if (effect.kind === 'open') return await browser.open(effect.address);
    if (effect.kind === 'copy') clipboard.write(effect.text);
    return { ok: true, value: undefined };
  }

  get #isOn(): boolean {
    return this.#surroundings.settings.read().requests;
  }

  #open(): Promise<RequestDesk> {
    const { settings } = this.#surroundings;
    const window = () => settings.read().requestMinutes * MINUTE;
    this.#desk ??= import('./request-desk.ts').then(({ openDesk }) => {
      const desk = openDesk({ ...this.#surroundings, window });
      this.#running = desk.rounds.run(this.#stop.signal);
      return desk;
    });
    return this.#desk;
  }
}
