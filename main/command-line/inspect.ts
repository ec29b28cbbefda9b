import { succeed, type Result } from '../../shared/errors.ts';
import type { C1zContents } from '../c1z/tables.ts';
import type { Report } from './surroundings.ts';

/** Reads a file; the folder is for what is unpacked meanwhile, and is there already. */
export type ReadFile = (path: string, tempFolder: string) => Promise<Result<C1zContents>>;

/** What a `.c1z` file holds: its sync and counts, no names (product.md §6). */
export async function inspect(
  file: string,
  tempFolder: string,
  read: ReadFile,
): Promise<Result<Report>> {
  const contents = await read(file, tempFolder);
  if (!contents.ok) return contents;
  const { sync, resourceTypes, resources, entitlements, grants } = contents.value;
  const counts = resourceTypes.map(({ id, displayName }) => ({
    id,
    displayName,
    resources: resources.filter((resource) => resource.id?.resourceType === id).length,
    entitlements: entitlements.filter((each) => each.resource?.id?.resourceType === id).length,
    grants: grants.filter((each) => each.entitlement?.resource?.id?.resourceType === id).length,
  }));
  const ended = sync.endedAt === null ? 'not finished' : `ended ${sync.endedAt}`;
  return succeed({
    words: [
      `A .c1z file of version 1. Its newest sync, ${sync.id} (${sync.type}), began ${sync.startedAt}, ${ended}.`,
      ...table([
        ['Type', 'Resources', 'Entitlements', 'Grants'],
        ...counts.map((each) => [
          `${each.displayName} (${each.id})`,
          ...[each.resources, each.entitlements, each.grants].map(String),
        ]),
        ['In all', ...[resources, entitlements, grants].map(({ length }) => String(length))],
      ]),
    ],
    json: {
      version: 1,
      sync,
      resourceTypes: counts,
      resources: resources.length,
      entitlements: entitlements.length,
      grants: grants.length,
    },
  });
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
}
