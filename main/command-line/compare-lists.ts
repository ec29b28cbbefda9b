import { keyOf, type ComparedGrant, type ComparedResource } from '../access/compared.ts';
import type { Differences } from '../access/differences.ts';
import type { FileContents } from '../c1z/worker-reader.ts';
import { ENTITLEMENTS, GRANTS, typeNouns } from './nouns.ts';
import { printable } from './printable.ts';

/** More of a kind than a person would read; `--json` has all. */
const LONGEST_LIST = 20;

/** One by one what goes, what comes and what gets a new id. Names are safe for a terminal. */
export function compareLists(
  files: { readonly old: FileContents; readonly next: FileContents },
  { resources, entitlements, grants }: Differences,
): readonly string[] {
  const holding = { old: grantNamer(files.old), next: grantNamer(files.next) };
  return [
    ...[...resources].flatMap(([type, { renamed, gained, lost }]) => {
      const title = capital(typeNouns(type).many);
      return [
        ...list(`${title} that go`, lost, described),
        ...list(
          `${title} that get new ids`,
          renamed,
          ({ from, to }) => `${described(from)} → ${printable(to.id)}`,
        ),
        ...list(`${title} that are new`, gained, described),
      ];
    }),
    ...list(`${capital(ENTITLEMENTS.many)} that go`, entitlements.lost, named),
    ...list(`${capital(ENTITLEMENTS.many)} that are new`, entitlements.gained, named),
    ...list(`${capital(GRANTS.many)} that end`, grants.lost, holding.old),
    ...list(`${capital(GRANTS.many)} that are new`, grants.gained, holding.next),
  ];
}

function list<T>(title: string, items: readonly T[], say: (item: T) => string): readonly string[] {
  if (items.length === 0) return [];
  const more = items.length - LONGEST_LIST;
  return [
    '',
    `${title}:`,
    ...items.slice(0, LONGEST_LIST).map((item) => `  ${say(item)}`),
    ...(more > 0 ? [`  … and ${more} more; --json names all`] : []),
  ];
}

/** Whom or what a person would know it by, with its id. */
function described(resource: ComparedResource): string {
  const names = [resource.displayName, resource.account?.email ?? ''].filter((name) => name !== '');
  return `${[...new Set(names)].map(printable).join(', ')} (${printable(resource.id)})`;
}

function named({ id, displayName }: { readonly id: string; readonly displayName: string }): string {
  return `${printable(displayName)} (${printable(id)})`;
}

/** Says who holds what, by the names of the file that the grant is in. */
function grantNamer({ resources, entitlements }: FileContents): (grant: ComparedGrant) => string {
  const people = new Map(resources.map((each) => [keyOf(each), each.displayName]));
  const titles = new Map(entitlements.map(({ id, displayName }) => [id, displayName]));
  return ({ principal, entitlementId }) =>
    [people.get(keyOf(principal)) ?? principal.id, titles.get(entitlementId) ?? entitlementId]
      .map(printable)
      .join(': ');
}

function capital(noun: string): string {
  return `${noun.slice(0, 1).toUpperCase()}${noun.slice(1)}`;
}
