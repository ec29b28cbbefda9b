import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { anyPack } from '@bufbuild/protobuf/wkt';
import { succeed, type Failure, type Result } from '../../../shared/errors.ts';
import type { RequestEvent } from '../../../shared/history.ts';
import type { RequestMove } from '../../../shared/request-moves.ts';
import type { InboxView, RequestView } from '../../../shared/requests.ts';
import type { ModelOptions, OrganisationAccess, XeroUser } from '../../../main/access/types.ts';
import { accountMessage } from '../../../main/connector/request-tasks.ts';
import { UserTraitSchema } from '../../../main/proto/gen/c1/connector/v2/annotation_pb.ts';
import {
  TaskSchema,
  type Task,
} from '../../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import type { RequestAnswer } from '../../../main/requests/answers.ts';
import { Inbox } from '../../../main/requests/inbox.ts';
import { carryOut, type Effect } from '../../../main/requests/moves.ts';
import type { Book } from '../../../main/requests/records.ts';
import { Rounds } from '../../../main/requests/rounds.ts';
import type { BookShelf } from '../../../main/requests/surroundings.ts';
import { farm, FARM, harbour, HARBOUR, user } from '../access/build.ts';
import { FakeClock, settle } from '../fake-clock.ts';

/** A C1, an inbox and a Xero of two organisations, in which a test changes people by hand. */

export const MINUTE = 60_000;
export const PEER = 'harbour.conductor.one';
export { FARM, HARBOUR };

const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };

export function ana(overrides: Partial<XeroUser> = {}): XeroUser {
  return user(overrides);
}

/** An adviser who pays, so that nothing asked for anybody else touches the last of either. */
export const OWNER = user({
  userId: 'u-owner',
  globalUserId: 'g-owner',
  email: 'owner@harbour.example',
  firstName: 'Olive',
  lastName: 'Owen',
  role: 'FINANCIALADVISER',
  subscriber: true,
});

export class MemoryShelf implements BookShelf {
  book: Book | null = null;
  failure: Failure | null = null;
  writes = 0;

  read(): Promise<Result<Book | null>> {
    if (this.failure !== null) return Promise.resolve({ ok: false, failure: this.failure });
    return Promise.resolve(succeed(this.book));
  }

  write(book: Book): Promise<Result<void>> {
    this.book = structuredClone(book);
    this.writes += 1;
    return Promise.resolve(succeed());
  }
}

interface TownOptions {
  readonly clock?: FakeClock;
  readonly shelf?: MemoryShelf;
  readonly options?: Partial<ModelOptions>;
  readonly self?: string;
  /** Why nobody can do anything in Xero. */
  readonly unattended?: string;
}

export class Town {
  readonly clock: FakeClock;
  readonly shelf: MemoryShelf;
  readonly inbox: Inbox;
  readonly rounds: Rounds;
  readonly events: RequestEvent[] = [];
  readonly looks: ('all' | readonly string[])[] = [];
  readonly answers = new Map<string, RequestAnswer>();
  view: InboxView = { requests: [] };
  organisations: OrganisationAccess[] = [harbour(OWNER, ana()), farm(OWNER)];
  /** Set, Xero can't be looked at; an organisation's id alone can't be read. */
  trouble: Failure | null = null;
  unreadable: string | null = null;
  /** Organisations that were disconnected in Xero. */
  gone: readonly { readonly id: string; readonly name: string }[] = [];
  #made = 0;
  readonly #stop = new AbortController();
  readonly #signals = new Map<string, AbortController>();

  constructor({ clock, shelf, options, self, unattended }: TownOptions = {}) {
    this.clock = clock ?? new FakeClock();
    this.shelf = shelf ?? new MemoryShelf();
    const read = { accountId: 'global', legacyOrganisationId: null, ...options } as const;
    const surroundings = {
      clock: this.clock,
      log: silent,
      newId: () => `request-${(this.#made += 1)}`,
      shelf: this.shelf,
      look: (which: 'all' | readonly string[]) => {
        this.looks.push(which);
        if (this.trouble !== null)
          return Promise.resolve({ ok: false, failure: this.trouble } as const);
        const organisations = this.organisations.filter(
          ({ organisation: { id } }) =>
            id !== this.unreadable && (which === 'all' || which.includes(id)),
        );
        const isWhole = this.unreadable === null;
        return Promise.resolve(
          succeed({
            organisations,
            options: read,
            whole: isWhole ? ('yes' as const) : ('no' as const),
            trouble: isWhole ? null : 'One couldn’t be read.',
            gone: this.gone,
          }),
        );
      },
      window: () => 60 * MINUTE,
      ...(unattended !== undefined && { unattended }),
      isSelf: ({ email }: { email: string | null }) => email !== null && email === self,
      accountMessage,
      onChange: (view: InboxView) => (this.view = view),
      onEvent: (event: RequestEvent) => this.events.push(event),
    };
    this.inbox = new Inbox(surroundings);
    this.rounds = new Rounds(surroundings, this.inbox);
    void this.rounds.run(this.#stop.signal);
  }

  /** C1 hands a task out; resolves once all that can be done at once is done. */
  async asks(task: Task, peer = PEER): Promise<void> {
    const stop = new AbortController();
    this.#signals.set(task.id, stop);
    void this.inbox.handle(peer, task, stop.signal).then((answer) => {
      if (!stop.signal.aborted) this.answers.set(task.id, answer);
    });
    await settle();
  }

  /** C1 takes a task back, or won't wait any more. */
  async breaksOff(task: Task, how: 'cancelled' | 'notAwaited' = 'cancelled'): Promise<void> {
    this.#signals.get(task.id)?.abort();
    this.inbox.finished(PEER, task.id, how);
    await settle();
  }

  async moves(move: RequestMove): Promise<Result<Effect>> {
    const done = carryOut(move, this.inbox, this.clock);
    this.rounds.wake();
    await settle();
    return done;
  }

  /** The app ends, and begins anew with what it kept. */
  restart(changed: Pick<TownOptions, 'unattended'> = {}): Town {
    this.#stop.abort();
    const next = new Town({ clock: this.clock, shelf: this.shelf, ...changed });
    next.organisations = this.organisations;
    return next;
  }

  get only(): RequestView {
    const [request, ...others] = this.view.requests;
    if (request === undefined || others.length > 0) {
      throw new Error(`${this.view.requests.length} requests`);
    }
    return request;
  }

  answerTo(task: Task): RequestAnswer | undefined {
    return this.answers.get(task.id);
  }

  /** Xero's list of one organisation becomes this one. */
  now(id: string, ...users: readonly XeroUser[]): void {
    this.organisations = this.organisations.map((access) =>
      access.organisation.id === id ? { ...access, users } : access,
    );
  }
}

let tasks = 0;

export function task(taskType: NonNullable<MessageInitShape<typeof TaskSchema>['taskType']>): Task {
  tasks += 1;
  return create(TaskSchema, { id: String(tasks).padStart(27, '0'), taskType });
}

/** Somebody as C1 names them: by the account's id, and what a sync told of them. */
export function principal(id = 'g-ana', email = 'ana@harbour.example', name = 'Ana Reyes') {
  const trait = create(UserTraitSchema, {
    emails: email === '' ? [] : [{ address: email, isPrimary: true }],
  });
  return {
    id: { resourceType: 'user', resource: id },
    displayName: name,
    annotations: [anyPack(UserTraitSchema, trait)],
  };
}

export function entitlement(role: string, organisation = HARBOUR) {
  const resource = `${organisation}/${role}`;
  return {
    id: `role:${resource}:assigned`,
    slug: 'assigned',
    resource: { id: { resourceType: 'role', resource } },
  };
}

export function onOrganisation(slug: string, organisation = HARBOUR) {
  return {
    id: `org:${organisation}:${slug}`,
    slug,
    resource: { id: { resourceType: 'org', resource: organisation } },
  };
}

export function grant(of: ReturnType<typeof entitlement>, who = principal()): Task {
  return task({ case: 'grant', value: { entitlement: of, principal: who } });
}

export function revoke(of: ReturnType<typeof entitlement>, who = principal()): Task {
  const value = { grant: { id: '🧸_UNKNOWN_GRANT_ID', entitlement: of, principal: who } };
  return task({ case: 'revoke', value });
}

export function deleteAccount(id = 'g-ana'): Task {
  const resourceId = { resourceType: 'user', resource: id };
  return task({ case: 'deleteResource', value: { resourceId } });
}

export function newAccount(profile: Readonly<Record<string, string>> = {}): Task {
  const whole = {
    email: 'new@harbour.example',
    given_name: 'Nora',
    family_name: 'New',
    organisation: 'Harbour Books',
    role: 'Standard',
    ...profile,
  };
  const value = { accountInfo: { profile: whole }, resourceTypeId: 'user' };
  return task({ case: 'createAccount', value });
}

function nothing(): void {
  return undefined;
}
