import type { ComparedResource } from '../access/compared.ts';
import { shownAnew, type Changes, type Differences } from '../access/differences.ts';
import type { FileContents } from '../c1z/worker-reader.ts';
import { compareLists } from './compare-lists.ts';
import { ENTITLEMENTS, GRANTS, typeNouns, type Nouns } from './nouns.ts';
import { printable } from './printable.ts';

/** Two files that are to follow upon one another, read whole. */
export interface TwoFiles {
  readonly old: FileContents;
  readonly next: FileContents;
}

/** The part of what it knows whose loss C1 may take for a mistake (c1-protocol.md §7.5). */
const BIG_DROP = 0.5;

/** What C1 would see change, for the admin: the verdict, what of each kind, advice, then one by one. */
export function compareWords(files: TwoFiles, differences: Differences): readonly string[] {
  return [
    verdict(differences),
    '',
    ...[...differences.resources].flatMap(([type, changes]) => linesOf(type, changes)),
    ...entitlementLines(differences.entitlements),
    ...grantLines(differences.grants),
    ...advice(files, differences),
    ...compareLists(files, differences),
  ];
}

function verdict({ resources, entitlements, grants }: Differences): string {
  const all = [...resources.values(), entitlements];
  const renamed = all.reduce((sum, each) => sum + each.renamed.length, 0);
  const lost = all.reduce((sum, each) => sum + each.lost.length, grants.lost.length);
  return renamed + lost === 0
    ? 'After the switch C1 would still know everything it knows now: no id changes, nothing goes.'
    : 'After the switch C1 would not know some of what it knows now:';
}

function linesOf(type: string, changes: Changes<ComparedResource>): readonly string[] {
  const nouns = typeNouns(type);
  return [
    ...line(changes.kept.length, nouns, ['keeps its id', 'keep their ids'], anew(changes)),
    ...line(changes.renamed.length, nouns, NEW_ID, `${merged(changes)}${meaning(type)}`),
    ...line(changes.gained.length, nouns, ['is new', 'are new']),
    ...line(changes.lost.length, nouns, ['goes', 'go']),
  ];
}

const NEW_ID = ['gets a new id', 'get new ids'] as const;

/** What a new id means for what hangs on the old one. */
function meaning(type: string): string {
  switch (type) {
    case 'user':
      return ', and C1 carries no account’s history over to a new id';
    case 'role':
      return ', and what hangs on the old in C1 is lost: policies, requests, reviews';
    default:
      return ', and what hangs on the old in C1 is lost';
  }
}

function merged({ renamed }: Changes<ComparedResource>): string {
  const after = new Set(renamed.map(({ to }) => to.id)).size;
  return after === renamed.length ? '' : ` and become ${after}`;
}

function anew(changes: Changes<ComparedResource>): string {
  const { names, statuses } = shownAnew(changes);
  const parts = [
    ...(names === 0 ? [] : [`${names} with another name`]),
    ...(statuses === 0 ? [] : [`${statuses} with another status`]),
  ];
  return parts.length === 0 ? '' : `; C1 would show ${parts.join(' and ')}`;
}

function entitlementLines({ kept, renamed, gained, lost }: Differences['entitlements']) {
  return [
    ...line(kept.length, ENTITLEMENTS, ['keeps its id', 'keep their ids']),
    ...line(renamed.length, ENTITLEMENTS, NEW_ID, meaning('role')),
    ...line(gained.length, ENTITLEMENTS, ['is new', 'are new']),
    ...line(lost.length, ENTITLEMENTS, ['goes', 'go']),
  ];
}

function grantLines({ kept, renamed, gained, lost }: Differences['grants']) {
  return [
    ...line(kept.length, GRANTS, ['stays', 'stay']),
    ...line(
      renamed.length,
      GRANTS,
      ['goes on under a new id', 'go on under new ids'],
      ': the same people hold the same access',
    ),
    ...line(gained.length, GRANTS, ['is new', 'are new']),
    ...line(lost.length, GRANTS, ['ends', 'end']),
  ];
}

/** Nothing is said of none. */
function line(
  count: number,
  nouns: Nouns,
  [one, many]: readonly [string, string],
  more = '',
): readonly string[] {
  if (count === 0) return [];
  return [`- ${count} ${count === 1 ? `${nouns.one} ${one}` : `${nouns.many} ${many}`}${more}.`];
}

function advice({ old, next }: TwoFiles, differences: Differences): readonly string[] {
  const organisation = keepableIds(differences);
  const said = [
    ...(organisation === null
      ? []
      : [
          `The old file has the ids of baton-xero. Write the new one with --legacy-ids ${printable(organisation)}, and they stay.`,
        ]),
    ...(isBigDrop(differences)
      ? [
          'Half or more of what C1 knows would go. C1 may then pause until somebody presses Confirm changes on the connector.',
        ]
      : []),
    ...completeness('old', old),
    ...completeness('new', next),
  ];
  return said.length === 0 ? [] : ['', ...said];
}

/** The organisation whose roles had none before, as those of baton-xero. */
function keepableIds({ resources }: Differences): string | null {
  const roles = resources.get('role')?.renamed ?? [];
  return (
    roles.find(({ from, to }) => from.parent === null && to.parent?.type === 'org')?.to.parent
      ?.id ?? null
  );
}

function isBigDrop({ resources }: Differences): boolean {
  const all = [...resources.values()];
  const kept = all.reduce((sum, each) => sum + each.kept.length, 0);
  const gone = all.reduce((sum, each) => sum + each.renamed.length + each.lost.length, 0);
  return gone > 0 && gone >= (kept + gone) * BIG_DROP;
}

function completeness(which: 'old' | 'new', { summary }: FileContents): readonly string[] {
  const { sync } = summary;
  if (sync === null || (sync.endedAt !== null && sync.type === 'full')) return [];
  const why = sync.endedAt === null ? 'whose sync didn’t end' : `of a ${printable(sync.type)} sync`;
  return [`The ${which} file is one ${why}: what it lacks may only not have been read.`];
}
