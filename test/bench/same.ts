import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { ROOT } from '../../scripts/runtime.mjs';

const Changes = z.object({
  kept: z.number(),
  renamed: z.array(z.unknown()),
  gained: z.array(z.unknown()),
  lost: z.array(z.unknown()),
  keptWithNewName: z.number().default(0),
  keptWithNewStatus: z.number().default(0),
});
const Compared = z.object({
  resources: z.record(z.string(), Changes),
  entitlements: Changes,
  grants: Changes,
});

/** Whether C1 would see any change between two files, by `compare`: in what, or null. */
export async function differenceOf(one: string, other: string): Promise<string | null> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(ROOT, 'out/main/headless.js'), 'compare', one, other, '--json'],
    { maxBuffer: 256 * 1024 * 1024 },
  );
  const { resources, entitlements, grants } = Compared.parse(JSON.parse(stdout));
  const lists = { ...resources, entitlements, grants };
  const differing = Object.entries(lists).filter(([, changes]) => !isSame(changes));
  return differing.length === 0 ? null : differing.map(([name]) => name).join(', ');
}

function isSame(changes: z.infer<typeof Changes>): boolean {
  const { renamed, gained, lost, keptWithNewName, keptWithNewStatus } = changes;
  const changed = renamed.length + gained.length + lost.length;
  return changes.kept > 0 && changed + keptWithNewName + keptWithNewStatus === 0;
}
