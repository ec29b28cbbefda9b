import type { AccessRead } from '../access/types.ts';
import { piecesOf, type Piece } from '../c1z/pieces.ts';
import type { Clock } from '../ports.ts';
import type { FromDesk, ToDesk } from './access-desk-messages.ts';
import type {
  AccessDesk,
  Answered,
  DeskQuestion,
  DeskQuestions,
  PackedLook,
} from './access-desk.ts';
import { Turn } from './turn.ts';

/** A desk wherever it is. Null says that it broke: what it had open is gone, and it may be asked anew. */
export interface Desk {
  take(read: AccessRead, at: number, previous: Uint8Array | null): Promise<PackedLook | null>;
  ask<Q extends DeskQuestion>(
    name: Q,
    question: DeskQuestions[Q]['question'],
  ): Promise<Answered<Q> | null>;
}

/** A process for a desk. */
export interface RunningDesk {
  post(message: ToDesk): void;
  /** Resolves once it has ended, by itself or stopped; never rejects. */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}
export type StartDesk = (onMessage: (message: FromDesk) => void) => RunningDesk;

/** A desk in this process, for few people; loaded when first needed. */
export class DeskHere implements Desk {
  #desk: Promise<AccessDesk> | null = null;

  async take(read: AccessRead, at: number, previous: Uint8Array | null): Promise<PackedLook> {
    return (await this.#loaded()).take(read, at, previous);
  }

  async ask<Q extends DeskQuestion>(
    name: Q,
    question: DeskQuestions[Q]['question'],
  ): Promise<Answered<Q>> {
    return (await this.#loaded()).answer(name, question);
  }

  #loaded(): Promise<AccessDesk> {
    this.#desk ??= import('./access-desk.ts').then((module) => new module.AccessDesk());
    return this.#desk;
  }
}

/** How long a process without questions is kept: it takes as much memory as what it holds. */
const IDLE_MS = 3 * 60_000;

/** A desk in a process of its own, for many people: nothing it does keeps this process waiting. */
export class DeskThere implements Desk {
  readonly #start: StartDesk;
  readonly #clock: Clock;
  readonly #turn = new Turn();
  readonly #asked = new Map<number, (answered: Answered<DeskQuestion> | null) => void>();
  #running: RunningDesk | null = null;
  #rest = new AbortController();
  #pieces: Iterator<Piece> | null = null;
  #taken: (look: PackedLook | null) => void = () => undefined;
  #count = 0;

  constructor(start: StartDesk, clock: Clock) {
    this.#start = start;
    this.#clock = clock;
  }

  take(read: AccessRead, at: number, previous: Uint8Array | null): Promise<PackedLook | null> {
    return this.#turn.take(async () => {
      const desk = this.#desk();
      this.#pieces = piecesOf(read.organisations);
      const taken = new Promise<PackedLook | null>((resolve) => (this.#taken = resolve));
      desk.post({ kind: 'take', at, options: read.options, previous });
      const look = await taken;
      this.#pieces = null;
      this.#restLater();
      return look;
    });
  }

  async ask<Q extends DeskQuestion>(
    name: Q,
    question: DeskQuestions[Q]['question'],
  ): Promise<Answered<Q> | null> {
    const desk = this.#desk();
    const id = (this.#count += 1);
    const answered = new Promise<Answered<DeskQuestion> | null>((resolve) =>
      this.#asked.set(id, resolve),
    );
    desk.post({ kind: 'ask', id, name, question });
    // An answer bears the id of its question, whose name says of which type it is.
    const answer = await answered;
    this.#restLater();
    return answer;
  }

  /** Ends the process, if there is one. */
  async stop(): Promise<void> {
    this.#rest.abort();
    await this.#running?.stop();
  }

  #desk(): RunningDesk {
    this.#rest.abort();
    if (this.#running !== null) return this.#running;
    const running = this.#start((message) => this.#heed(message));
    this.#running = running;
    void running.ended.then(() => this.#ended());
    return running;
  }

  #heed(message: FromDesk): void {
    switch (message.kind) {
      case 'more':
        void this.#postNext();
        return;
      case 'taken':
        this.#taken(message.look);
        return;
      case 'answer':
        this.#asked.get(message.id)?.(message.answered);
        this.#asked.delete(message.id);
    }
  }

  /** Posts a piece once everything else had its turn. */
  async #postNext(): Promise<void> {
    await this.#clock.sleep(0);
    const next = this.#pieces?.next();
    if (next?.done === false) this.#running?.post({ kind: 'piece', piece: next.value });
  }

  #ended(): void {
    this.#running = null;
    this.#taken(null);
    for (const answer of this.#asked.values()) answer(null);
    this.#asked.clear();
  }

  #restLater(): void {
    if (this.#asked.size > 0 || this.#pieces !== null) return;
    this.#rest.abort();
    const rest = new AbortController();
    this.#rest = rest;
    void this.#clock.sleep(IDLE_MS, rest.signal).then(() => {
      if (!rest.signal.aborted) void this.#running?.stop();
    });
  }
}
