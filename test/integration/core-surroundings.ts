import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { systemClock } from '../../main/clock.ts';
import type { Browser, Clock, ListedSecrets } from '../../main/ports.ts';
import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import { Visitor, type Visit } from '../sandbox/visitor.ts';

/** What the desktop's shell would bring to the core, in memory and with knobs. */

/** How much shorter than asked the pauses between tries are. */
const HURRY = 20;

/** Tells the real time, and keeps every pause short. */
export const hurriedClock: Clock = {
  now: () => systemClock.now(),
  sleep: (ms, signal) => systemClock.sleep(ms / HURRY, signal),
};

export const keychainLocked: Failure = {
  code: 'keychainLocked',
  message: 'The keychain is locked, so nothing was kept. Unlock it, then try again.',
  next: 'unlockKeychain',
};

export const keychainAbsent: Failure = {
  code: 'keychainUnavailable',
  message: 'This computer has no keychain that answers, so nothing was kept.',
  next: 'installKeychain',
};

type Operation = 'read' | 'write' | 'erase';

export class MemoryKeychain implements ListedSecrets {
  readonly entries = new Map<string, string>();
  /** Every secret that was ever written, in order. */
  readonly written: { readonly key: string; readonly secret: string }[] = [];
  /** Called before a write takes place, which waits for it. */
  beforeWrite: (key: string) => Promise<void> | void = () => undefined;
  #troubles: Partial<Record<Operation, Failure>> = {};

  /** From now on these operations fail; all of them when none is named. */
  breakDown(because: Failure, operations: readonly Operation[] = ['read', 'write', 'erase']): void {
    this.#troubles = Object.fromEntries(operations.map((operation) => [operation, because]));
  }

  mend(): void {
    this.#troubles = {};
  }

  read(key: string): Promise<Result<string | null>> {
    const { read } = this.#troubles;
    return Promise.resolve(
      read === undefined ? succeed(this.entries.get(key) ?? null) : fail(read),
    );
  }

  async write(key: string, secret: string): Promise<Result<void>> {
    await this.beforeWrite(key);
    const { write } = this.#troubles;
    if (write !== undefined) return fail(write);
    this.entries.set(key, secret);
    this.written.push({ key, secret });
    return succeed();
  }

  keys(): Promise<Result<readonly string[]>> {
    const { read } = this.#troubles;
    return Promise.resolve(read === undefined ? succeed([...this.entries.keys()]) : fail(read));
  }

  erase(key: string): Promise<Result<void>> {
    const { erase } = this.#troubles;
    if (erase !== undefined) return Promise.resolve(fail(erase));
    this.entries.delete(key);
    return Promise.resolve(succeed());
  }
}

const browserUnavailable: Failure = {
  code: 'browserUnavailable',
  message: 'No browser could be opened. Copy the address and open it in a browser yourself.',
  next: 'copyAddress',
};

/** The system's browser with a person before it, who does as planned with every page it opens. */
export class PersonAtBrowser implements Browser {
  /** `wait` leaves the page as it is; `absent` is a computer without a browser. */
  plan: Visit | 'wait' | 'absent' = 'wait';
  readonly opened: string[] = [];
  /** What the tab shows when all is done. */
  tab: Promise<string> = Promise.resolve('');

  open(address: string): Promise<Result<void>> {
    this.opened.push(address);
    if (this.plan === 'absent') return Promise.resolve(fail(browserUnavailable));
    if (this.plan !== 'wait') this.tab = visit(address, this.plan).catch(() => 'nothing');
    return Promise.resolve(succeed());
  }
}

/** Walks through Xero's pages and, when sent back to the app, shows its answer there. */
export async function visit(address: string, plan: Visit): Promise<string> {
  const destination = await new Visitor().signIn(address, plan);
  if (destination.kind === 'page') return destination.text;
  return (await fetch(destination.address)).text();
}

/** Ports that were free a moment ago. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => occupy(0)));
  return Promise.all(servers.map(release));
}

/** Holds a port of this computer; 0 takes a free one. */
export async function occupy(port: number): Promise<Server> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** Resolves with the port that is free again. */
export async function release(server: Server): Promise<number> {
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}
