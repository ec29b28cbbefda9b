import { dirname, resolve } from 'node:path';
import { succeed, type Result } from '../../shared/errors.ts';
import type { AccessCounts } from '../../shared/snapshot.ts';
import { writeSync } from '../connector/sync.ts';
import { holding } from './holds.ts';
import type { Options } from './options.ts';
import type { CommandSurroundings, Held, Report } from './surroundings.ts';
import { syncParts } from './sync-parts.ts';
import { XeroLooks } from './xero-looks.ts';

/** Reads Xero once and writes the file. */
export async function sync(
  options: Options,
  surroundings: CommandSurroundings,
  signal: AbortSignal,
): Promise<Result<Report>> {
  return await holding(options, surroundings, signal, (holds) =>
    syncOnce(options, { ...surroundings, ...holds }, signal),
  );
}

async function syncOnce(
  options: Options,
  surroundings: Held,
  signal: AbortSignal,
): Promise<Result<Report>> {
  const path = resolve(options.file);
  const looks = new XeroLooks(options, surroundings);
  const parts = syncParts(looks, surroundings, dirname(path), () => undefined);
  const written = await writeSync(parts, path, signal);
  surroundings.progress.clear();
  if (!written.ok) return written;
  const { bytes, counts } = written.value;
  const warnings = written.value.warnings.map(({ message }) => message);
  return succeed({
    words: [
      `Wrote ${options.file}: ${describe(counts)}, ${bytes} bytes.`,
      ...warnings.map((warning) => `Warning: ${warning}`),
    ],
    json: { file: path, bytes, ...counts, warnings },
  });
}

function describe(counts: AccessCounts): string {
  return `${counts.organisations} organisations, ${counts.accounts} accounts, ${counts.roles} roles, ${counts.entitlements} entitlements, ${counts.grants} grants`;
}
