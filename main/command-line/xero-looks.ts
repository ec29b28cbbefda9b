import { fail, succeed, type Result } from '../../shared/errors.ts';
import type { AccessRead } from '../access/types.ts';
import { sameId, learnFrom, type Governed, type KnownOrganisation } from '../connector/governed.ts';
import { lookAtXero, type Look } from '../connector/look.ts';
import { lookedFor } from '../connector/looked.ts';
import { People } from '../connector/people.ts';
import { Turn } from '../connector/turn.ts';
import type { Looked } from '../requests/surroundings.ts';
import type { ReadPurpose } from '../xero/reader.ts';
import type { Options } from './options.ts';
import type { Held } from './surroundings.ts';
import { chooseGoverned, openReach, type CommandReach } from './xero-reach.ts';

/** What was looked at, and what there is to make a model of. */
interface Outcome {
  readonly look: Look;
  readonly read: AccessRead;
}

/** The command line's looks at Xero, one at a time: at all that it governs for C1's syncs, at some of it for requests. */
export class XeroLooks {
  readonly #options: Options;
  readonly #surroundings: Held;
  readonly #reach: CommandReach;
  readonly #people = new People();
  readonly #turn = new Turn();
  #governed: Governed | undefined;
  /** What Xero listed in the last look at everything, by its lower-case id. */
  #listed: ReadonlyMap<string, KnownOrganisation> = new Map();

  constructor(options: Options, surroundings: Held) {
    this.#options = options;
    this.#surroundings = surroundings;
    this.#reach = openReach(options, surroundings);
  }

  /** Where the sign-in has a refresh token, which must not be left unused. */
  get keeper(): CommandReach['keeper'] {
    return this.#reach.keeper;
  }

  /** Looks at all that is governed, for a sync of C1's. */
  whole(signal: AbortSignal): Promise<Result<Outcome>> {
    return this.#turn.take(() => this.#all('c1', signal));
  }

  /** Looks for a request, at all that is governed or at what is connected under these ids. */
  some(which: 'all' | readonly string[], signal: AbortSignal): Promise<Result<Looked>> {
    return this.#turn.take(async () => {
      const some = which === 'all' ? null : this.#these(which);
      const looked =
        some === null ? await this.#all('check', signal) : await this.#look(some, 'check', signal);
      return looked.ok ? succeed(lookedFor(looked.value.look, looked.value.read)) : looked;
    });
  }

  /** Those with these ids; null where one of them wasn't listed, so that all must be looked at. */
  #these(ids: readonly string[]): Governed | null {
    const found = [...this.#listed].filter(([id]) => ids.some((each) => sameId(each, id)));
    return found.length < ids.length ? null : new Map(found);
  }

  async #all(purpose: ReadPurpose, signal: AbortSignal): Promise<Result<Outcome>> {
    if (this.#governed === undefined) {
      const chosen = await chooseGoverned(this.#options.organisations, this.#reach, signal);
      if (!chosen.ok) return chosen;
      this.#governed = chosen.value;
    }
    const looked = await this.#look(this.#governed, purpose, signal);
    if (!looked.ok) return looked;
    const { look, read } = looked.value;
    this.#governed = learnFrom(read.organisations, this.#governed);
    this.#listed =
      this.#governed === 'all'
        ? new Map(look.listed.map(({ connection }) => named(connection)))
        : this.#governed;
    return looked;
  }

  async #look(
    governed: Governed,
    purpose: ReadPurpose,
    signal: AbortSignal,
  ): Promise<Result<Outcome>> {
    const { clock, log, progress } = this.#surroundings;
    const looked = await lookAtXero(
      {
        reaches: [this.#reach],
        purpose,
        now: clock.now(),
        governed,
        people: this.#people,
        onProgress: (done, of) => {
          log.debug('xero.reading', { done, of });
          if (purpose === 'c1') progress.show({ kind: 'reading', done, of, for: 'c1' });
        },
        onUnlisted: (_signInId, { code }) => log.warn('xero.unlisted', { code }),
      },
      signal,
    );
    if (!looked.ok) return fail(looked.failure);
    const { read: organisations, leftOut } = looked.value;
    if (purpose === 'c1') this.#sayLeftOut(leftOut);
    const { accountId, legacyOrganisation } = this.#options;
    const legacyOrganisationId = legacyId(legacyOrganisation, organisations);
    const read = { organisations, options: { accountId, legacyOrganisationId } };
    return succeed({ look: looked.value, read });
  }

  /** Practices can't be governed: their connections are skipped, and that is said (xero.md §2). */
  #sayLeftOut(leftOut: Look['leftOut']): void {
    for (const connections of leftOut.values()) {
      if (connections > 0) this.#surroundings.log.warn('xero.leftOut', { connections });
    }
  }
}

function named({ tenantId, name }: { readonly tenantId: string; readonly name: string }) {
  return [tenantId.toLowerCase(), { name, demo: false }] as const;
}

/** `--legacy-ids` names the organisation by name or id. */
function legacyId(wanted: string | null, read: AccessRead['organisations']): string | null {
  if (wanted === null) return null;
  const name = wanted.toLowerCase();
  const found = read.find(
    ({ organisation }) =>
      organisation.id.toLowerCase() === name || organisation.name.toLowerCase() === name,
  );
  return found?.organisation.id ?? wanted;
}
