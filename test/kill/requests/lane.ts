import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startSandbox, type Sandbox } from '../../sandbox/start.ts';
import { Program } from '../program.ts';
import type { Moment } from './moments.ts';

const ORGANISATION = 'Kauri & Co Limited';
const EMAIL = 'temp@kauri.example';
const ROLES = ['readonly', 'standard'] as const;
const MANY = 1_000_000;
/** A machine that does other work too is slow, not wrong. */
const IN_VAIN_MS = 60_000;

/** What was seen after one kill, and once the server was started anew. */
export interface Kill {
  readonly moment: Moment;
  /** How often C1 was told the same again, as a killed server can't know whether it was heard. */
  readonly repeats: number;
  /** What C1 objects to: another answer than the first, or one twice from a server that knew. */
  readonly objections: readonly string[];
  readonly next: 'granted' | 'answered otherwise' | 'unanswered';
}

/** One server with its state folder, killed and started again while a person does in Xero what C1 asks for. */
export class Lane {
  readonly #sandbox: Sandbox;
  readonly #folder: string;
  readonly #token: string;
  #asked = 0;

  private constructor(sandbox: Sandbox, folder: string) {
    this.#sandbox = sandbox;
    this.#folder = folder;
    this.#token = sandbox.xero.consent(sandbox.xero.webApp);
  }

  static async open(): Promise<Lane> {
    const limits = { minute: MANY, day: MANY, appMinute: MANY };
    const sandbox = await startSandbox({ limits, c1: { autoSync: false, idlePollMs: 200 } });
    sandbox.world.addPerson(ORGANISATION, { role: 'STANDARD', firstName: 'Temp', email: EMAIL });
    return new Lane(sandbox, await mkdtemp(join(tmpdir(), 'c1-xero-requests-')));
  }

  async close(): Promise<void> {
    await this.#sandbox.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Has C1 ask for another role, kills the server at the moment, and starts it anew once Xero shows it. */
  async run(moment: Moment): Promise<Kill> {
    const { c1, world } = this.#sandbox;
    const role = ROLES[this.#asked % ROLES.length] ?? 'readonly';
    this.#asked += 1;
    const before = c1.violations().length;
    const task = c1.enqueue('grant', this.#grant(role));
    const change = () => world.changeRole(ORGANISATION, EMAIL, role.toUpperCase());
    await this.#kill(task, moment, change);
    change();
    const next = await this.#goOn(task);
    return {
      moment,
      repeats: this.#answers(task) - 1,
      objections: c1.violations().slice(before),
      next,
    };
  }

  async #kill(task: string, { kind, ms }: Moment, change: () => void): Promise<void> {
    const { c1, xero } = this.#sandbox;
    const looks = xero.requests('users').length;
    const first = this.#start();
    await c1.waitFor('claimed', (event) => event.task.id === task);
    if (kind === 'first look') await xero.arrived('users', looks + 1);
    const isOpen = kind === 'open' || kind === 'last look' || kind === 'answered';
    if (isOpen) await first.says('request.open');
    if (kind === 'last look' || kind === 'answered') {
      await this.#end(first);
      change();
      const again = xero.requests('users').length;
      const second = this.#start();
      if (kind === 'last look') await xero.arrived('users', again + 1);
      else await c1.waitFor('finished', (event) => event.task.id === task);
      await wait(ms);
      return this.#end(second);
    }
    await wait(ms);
    await this.#end(first);
  }

  async #goOn(task: string): Promise<Kill['next']> {
    const { c1 } = this.#sandbox;
    const isKept = await this.#keeps(task);
    const program = this.#start();
    const finished = c1.waitFor('finished', (event) => event.task.id === task);
    // What an earlier run left to be said is said before the first poll.
    await Promise.race([finished, this.#nextPoll()]);
    // One that wasn't kept yet when it was killed is handed out again, once C1 has waited in vain.
    if (!isKept && this.#answers(task) === 0) c1.deliverAgain(task);
    const ended = await Promise.race([finished, wait(IN_VAIN_MS)]);
    await this.#nextPoll();
    program.end('SIGTERM');
    await program.ended;
    if (ended === undefined) return 'unanswered';
    return ended.task.outcome?.ok === true ? 'granted' : 'answered otherwise';
  }

  /** Whether the killed server had written down that there is this task. */
  async #keeps(task: string): Promise<boolean> {
    const book = await readFile(join(this.#folder, 'state', 'requests.json'), 'utf8').catch(
      () => '',
    );
    return book.includes(task);
  }

  /** Resolves once C1 was asked for more work, after all that was to be said before. */
  async #nextPoll(): Promise<void> {
    const { c1 } = this.#sandbox;
    const polls = c1.events('poll').length;
    await c1.waitFor('poll', () => c1.events('poll').length > polls);
  }

  async #end(program: Program): Promise<void> {
    program.end('SIGKILL');
    await program.ended;
  }

  #answers(task: string): number {
    return this.#sandbox.c1.events('finished').filter((event) => event.task.id === task).length;
  }

  #grant(role: string) {
    const { world } = this.#sandbox;
    const { id } = world.organisation(ORGANISATION);
    const { personId } = world.user(ORGANISATION, EMAIL);
    const resource = { id: { resourceType: 'role', resource: `${id}/${role}` } };
    return {
      entitlement: { id: `role:${id}/${role}:assigned`, slug: 'assigned', resource },
      principal: { id: { resourceType: 'user', resource: personId } },
    };
  }

  #start(): Program {
    const { env, c1, xero } = this.#sandbox;
    const names = ['XERO_API_URL', 'XERO_IDENTITY_URL', 'XERO_LOGIN_URL', 'NODE_EXTRA_CA_CERTS'];
    return new Program('serve', this.#folder, {
      ...Object.fromEntries(names.map((name) => [name, env[name] ?? ''])),
      BATON_XERO_CLIENT_ID: xero.webApp.clientId,
      BATON_XERO_CLIENT_SECRET: xero.webApp.secret ?? '',
      BATON_REFRESH_TOKEN: this.#token,
      BATON_XERO_TOKEN_FILE: join(this.#folder, 'token.json'),
      BATON_CLIENT_ID: c1.credential.clientId,
      BATON_CLIENT_SECRET: c1.credential.clientSecret,
      BATON_XERO_STATE_DIR: join(this.#folder, 'state'),
      BATON_PROVISIONING: 'true',
      BATON_XERO_PROVISIONING_WAIT: '1h',
    });
  }
}
