import { say } from '../../shared/language/say.ts';

/** Organisations named in a sentence before the rest is only counted. */
const NAMED_ORGANISATIONS = 3;

type Noun = 'count.person' | 'count.account';

/** Whom a warning concerns, each once however many organisations they are in. */
export class Tally {
  readonly #people = new Set<string>();
  readonly #organisations = new Set<string>();

  /** `person` tells people apart and is never shown. */
  add(person: string, organisation: string): void {
    this.#people.add(person);
    this.#organisations.add(organisation);
  }

  get count(): number {
    return this.#people.size;
  }

  /** For example "2 people in Harbour Books and Hillside Farm". */
  describe(noun: Noun = 'count.person'): string {
    return say('tally.inOrganisations', {
      who: say(noun, { count: this.count }),
      organisations: listed([...this.#organisations]),
    });
  }
}

/** The names in a sentence, three of them at most. */
export function listed(names: readonly string[]): string {
  const rest = names.length - NAMED_ORGANISATIONS;
  const named = names.slice(0, NAMED_ORGANISATIONS);
  const parts = rest > 0 ? [...named, say('tally.more', { rest })] : named;
  const [last = '', ...others] = parts.toReversed();
  if (others.length === 0) return last;
  return say('tally.list', { others: others.toReversed().join(', '), last });
}
