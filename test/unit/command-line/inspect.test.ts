import { describe, expect, it } from 'vitest';
import { fail, succeed } from '../../../shared/errors.ts';
import type { FileSummary } from '../../../main/c1z/contents.ts';
import { print } from '../../../main/command-line/print.ts';
import { inspect } from '../../../main/command-line/inspect.ts';
import { valueOf } from '../results.ts';

const COUNTS = {
  resourceTypes: 2,
  resources: 12,
  entitlements: 3,
  grants: 40,
  assets: 0,
  byType: [
    { id: 'role', displayName: 'Role', resources: 2, entitlements: 3, grants: 40 },
    { id: 'user', displayName: 'Account', resources: 10, entitlements: 0, grants: 0 },
  ],
};
const SYNC = {
  id: '3ARefY5G8eOytquwYgm41Nq07IZ',
  type: 'full',
  startedAt: '2026-03-03 09:45:13.056791',
  endedAt: '2026-03-03 09:45:15.1',
};
const FILE = { version: 1, sync: SYNC, syncs: 1, counts: COUNTS } as const;
const NEWER = { version: 3, engine: 'pebble3', sync: SYNC, counts: COUNTS } as const;

async function report(summary: FileSummary) {
  return valueOf(await inspect('some.c1z', () => Promise.resolve(succeed(summary))));
}

const words = async (summary: FileSummary) => print(await report(summary), false);

describe('inspect says of a file', () => {
  it('its version, its sync, and what it holds by type', async () => {
    expect(await words(FILE)).toBe(
      [
        'A .c1z file of version 1.',
        'Sync 3ARefY5G8eOytquwYgm41Nq07IZ (full) began 2026-03-03 09:45:13 and ended 2026-03-03 09:45:15.',
        'Type            Resources  Entitlements  Grants',
        'Role (role)             2             3      40',
        'Account (user)         10             0       0',
        'In all                 12             3      40',
        '',
      ].join('\n'),
    );
  });

  it('that its sync didn’t end, and which of several it is', async () => {
    const unfinished = { ...FILE, sync: { ...SYNC, endedAt: null } };
    expect(await words(unfinished)).toContain('and didn’t end: the file may lack');
    expect(await words({ ...FILE, syncs: 2 })).toContain(
      'The file holds 2 syncs; this is the newest that has ended.',
    );
    expect(await words({ ...unfinished, syncs: 3 })).toContain(
      'The file holds 3 syncs; this is the newest; none has ended.',
    );
  });

  it('of version 3 what that is, and what to do', async () => {
    const said = await words(NEWER);
    expect(said).toMatch(/^A \.c1z file of version 3, which newer C1 connectors write/);
    expect(said).toContain('use C1’s own command baton, 0.25 or newer');
    expect(said).toContain('--storage-engine sqlite');
    expect(said).toContain('In all');
    const silent = await words({ ...NEWER, sync: null, counts: null });
    expect(silent).toContain('The file doesn’t say how much it holds.');
    expect(silent).not.toContain('Sync ');
  });

  it('the same for machines', async () => {
    const shown: unknown = JSON.parse(print(await report(FILE), true));
    const { byType, ...totals } = COUNTS;
    expect(shown).toEqual({ version: 1, sync: SYNC, syncs: 1, ...totals, resourceTypes: byType });
    expect(JSON.parse(print(await report({ ...NEWER, counts: null }), true))).toEqual({
      version: 3,
      engine: 'pebble3',
      sync: SYNC,
    });
  });

  it('nothing that commands the terminal or fills it', async () => {
    const evil = { id: '\u001b[2Jx\u202e\n', displayName: 'A'.repeat(5000) };
    const byType = [{ ...evil, resources: 1, entitlements: 0, grants: 0 }];
    const said = await words({
      ...FILE,
      sync: { ...SYNC, id: '\u009b31m', startedAt: '\u001b]0;title\u0007' },
      counts: { ...COUNTS, byType },
    });
    expect(said).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(said.split('\n').every((line) => line.length < 300)).toBe(true);
  });

  it('why it can’t be read', async () => {
    const failure = { code: 'fileInvalid', message: 'A zip.', next: 'tryAgain' } as const;
    const read = () => Promise.resolve(fail(failure));
    expect(await inspect('some.c1z', read)).toEqual({ ok: false, failure });
  });
});
