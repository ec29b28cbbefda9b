import type { SeededRandom } from './random.ts';

/** What Xero says of an organisation. Keys that aren't set are absent, as in Xero's answers. */
export interface OrganisationFacts {
  readonly id: string;
  readonly name: string;
  /** A secret in Xero's answers, recognisable so that a search finds it wherever it was kept. */
  readonly apiKey: string;
  readonly shortCode: string;
  readonly version: string;
  readonly organisationType: string;
  readonly baseCurrency: string;
  readonly countryCode: string;
  readonly demo: boolean;
  readonly class: string;
  readonly edition: string;
  readonly timezone: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly legalName?: string;
  readonly registrationNumber?: string;
  readonly taxNumber?: string;
  /** Milliseconds since 1970. */
  readonly periodLockDate?: number;
}

/** What every sandbox API key begins with. */
export const SANDBOX_API_KEY_PREFIX = 'SANDBOXAPIKEY';

type Template = Omit<OrganisationFacts, 'id' | 'apiKey'>;

const CAST: readonly Template[] = [
  {
    name: 'Kauri & Co Limited',
    legalName: 'Kauri and Company Limited',
    shortCode: '!k4Ur+',
    version: 'NZ',
    organisationType: 'COMPANY',
    baseCurrency: 'NZD',
    countryCode: 'NZ',
    demo: false,
    class: 'PREMIUM',
    edition: 'BUSINESS',
    timezone: 'NEWZEALANDSTANDARDTIME',
    createdAt: Date.UTC(2017, 1, 18, 20, 9, 53),
    registrationNumber: '9429000000000',
    taxNumber: '071-138-054',
    periodLockDate: Date.UTC(2026, 2, 31),
  },
  {
    name: 'Harbour Lane Cafés',
    shortCode: '!hL-/9',
    version: 'UK',
    organisationType: 'PARTNERSHIP',
    baseCurrency: 'GBP',
    countryCode: 'GB',
    demo: false,
    class: 'STANDARD',
    edition: 'BUSINESS',
    timezone: 'GMTSTANDARDTIME',
    createdAt: Date.UTC(2021, 8, 2, 8, 15, 0),
  },
  {
    name: 'Demo Company (NZ)',
    legalName: 'Demo Company (NZ)',
    shortCode: '!23eYt',
    version: 'NZ',
    organisationType: 'COMPANY',
    baseCurrency: 'NZD',
    countryCode: 'NZ',
    demo: true,
    class: 'DEMO',
    edition: 'BUSINESS',
    timezone: 'NEWZEALANDSTANDARDTIME',
    createdAt: Date.UTC(2026, 10, 3, 21, 0, 0),
  },
];

const COUNTRIES = [
  ['AU', 'AUD', 'AUSEASTERNSTANDARDTIME'],
  ['NZ', 'NZD', 'NEWZEALANDSTANDARDTIME'],
  ['UK', 'GBP', 'GMTSTANDARDTIME'],
  ['US', 'USD', 'EASTERNSTANDARDTIME'],
] as const;

const PLACES = ['Bluewater', 'Copperfield', 'Eastgate', 'Fernhill', 'Granite', 'Willow'] as const;
const TRADES = ['Bakery', 'Builders', 'Dental', 'Joinery', 'Logistics', 'Vineyards'] as const;

/** The first three are always the same companies; more are made up. */
export function makeOrganisations(count: number, random: SeededRandom): OrganisationFacts[] {
  return Array.from({ length: count }, (_, index) => ({
    id: random.uuid(),
    apiKey: SANDBOX_API_KEY_PREFIX + random.key(17),
    ...(CAST[index] ?? inventOrganisation(index, random)),
  }));
}

/** What Xero makes of a demo company every 28 days: the same company under new ids (xero.md §4). */
export function madeAnew(
  facts: OrganisationFacts,
  random: SeededRandom,
  createdAt: number,
): OrganisationFacts {
  const apiKey = SANDBOX_API_KEY_PREFIX + random.key(17);
  return { ...facts, id: random.uuid(), apiKey, shortCode: `!${random.key(5)}`, createdAt };
}

function inventOrganisation(index: number, random: SeededRandom): Template {
  const [version, baseCurrency, timezone] = random.pick(COUNTRIES);
  const number = Math.floor((index - CAST.length) / PLACES.length) + 1;
  const name = `${PLACES[index % PLACES.length] ?? ''} ${random.pick(TRADES)} ${number}`;
  return {
    name,
    legalName: `${name} Ltd`,
    shortCode: `!${random.key(5)}`,
    version,
    organisationType: 'COMPANY',
    baseCurrency,
    countryCode: version === 'UK' ? 'GB' : version,
    demo: false,
    class: 'STANDARD',
    edition: 'BUSINESS',
    timezone,
    createdAt: Date.UTC(2018 + random.integer(8), random.integer(12), 1 + random.integer(28)),
  };
}
