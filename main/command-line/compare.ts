import { fail, succeed, type Failure, type Result } from '../../shared/errors.ts';
import {
  findDifferences,
  shownAnew,
  type Changes,
  type Differences,
} from '../access/differences.ts';
import type { FileContents } from '../c1z/worker-reader.ts';
import { compareWords, type TwoFiles } from './compare-words.ts';
import type { Report } from './surroundings.ts';

/** Reads a file whole. */
export type ReadContents = (path: string) => Promise<Result<FileContents>>;

/** What C1 would see change if the new file followed upon the old one (product.md §6). */
export async function compare(
  paths: { readonly old: string; readonly next: string },
  read: ReadContents,
): Promise<Result<Report>> {
  const old = await read(paths.old);
  if (!old.ok) return fail(of('old', old.failure));
  const next = await read(paths.next);
  if (!next.ok) return fail(of('new', next.failure));
  const files = { old: old.value, next: next.value };
  const differences = findDifferences(files.old, files.next);
  return succeed({
    words: compareWords(files, differences),
    json: forMachines(files, differences),
  });
}

/** Which of the two it was. */
function of(which: 'old' | 'new', failure: Failure): Failure {
  return { ...failure, message: `The ${which} file can’t be compared. ${failure.message}` };
}

function forMachines({ old, next }: TwoFiles, differences: Differences): Report['json'] {
  return {
    old: old.summary.sync,
    new: next.summary.sync,
    resources: Object.fromEntries(
      [...differences.resources].map(([type, changes]) => [
        type,
        {
          ...idsOf(changes),
          keptWithNewName: shownAnew(changes).names,
          keptWithNewStatus: shownAnew(changes).statuses,
        },
      ]),
    ),
    entitlements: idsOf(differences.entitlements),
    grants: idsOf(differences.grants),
  };
}

function idsOf({ kept, renamed, gained, lost }: Changes<{ readonly id: string }>) {
  return {
    kept: kept.length,
    renamed: renamed.map(({ from, to }) => ({ from: from.id, to: to.id })),
    gained: gained.map(({ id }) => id),
    lost: lost.map(({ id }) => id),
  };
}
