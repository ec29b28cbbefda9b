import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ROOT } from '../../scripts/runtime.mjs';
import { readHere } from '../unit/c1z/reading.ts';
import { valueOf } from '../unit/results.ts';
import { openTerminal, PROGRAM, type Terminal } from './command-line.ts';

const KAURI = 'Kauri & Co Limited';
/** The constants of baton-xero, one of them not spelt as Xero spells it (c1z-and-model.md §7.1). */
const BATON_ROLES = [
  'readonly',
  'invoiceonly',
  'standard',
  'financialadvisor',
  'managedclient',
  'cashbookclient',
];

async function syncTo(terminal: Terminal, file: string, ...flags: string[]): Promise<void> {
  const ended = await terminal.run(['sync', '--file', file, ...flags], terminal.webApp);
  expect(ended).toMatchObject({ code: 0 });
}

const Changed = z.object({
  kept: z.number(),
  renamed: z.array(z.object({ from: z.string(), to: z.string() })),
  gained: z.array(z.string()),
  lost: z.array(z.string()),
});
const Report = z.object({
  resources: z.object({ org: Changed, role: Changed, user: Changed }),
  entitlements: Changed,
  grants: Changed,
});

async function compare(terminal: Terminal, old: string, next: string) {
  const { code, stdout, stderr } = await terminal.run(['compare', old, next, '--json'], {});
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return Report.parse(JSON.parse(stdout));
}

/** In words it names people, which a terminal of these tests forbids: that one is run by itself. */
function compareInWords(terminal: Terminal, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, 'compare', ...args], {
    cwd: terminal.folder,
    env: {},
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** What baton-xero would have written of one organisation, by its own rules told anew (§7.1). */
function asBatonXero({ sandbox }: Terminal, organisation: string) {
  const { id, users } = sandbox.world.organisation(organisation);
  return {
    resources: [
      `org:${id}`,
      ...BATON_ROLES.map((role) => `role:${role}`),
      ...users.map(({ userId }) => `user:${userId}`),
    ],
    entitlements: BATON_ROLES.map((role) => `role:${role}:${role}`),
    grants: users.flatMap(({ role, userId }) =>
      BATON_ROLES.includes(role.toLowerCase())
        ? [`role:${role.toLowerCase()}:${role.toLowerCase()}:user:${userId}`]
        : [],
    ),
  };
}

describe('a switch from baton-xero', () => {
  it('with --legacy-ids keeps all it had under the same ids; what is added is known', async () => {
    const terminal = await openTerminal();
    await syncTo(terminal, 'new.c1z', '--org', KAURI, '--legacy-ids', KAURI);
    const file = valueOf(await readHere(terminal.path('new.c1z')));
    const had = asBatonXero(terminal, KAURI);
    const has = {
      resources: file.resources.map(({ type, id }) => `${type}:${id}`),
      entitlements: file.entitlements.map(({ id }) => id),
      grants: file.grants.map(({ id }) => id),
    };
    const { id, users } = terminal.sandbox.world.organisation(KAURI);
    const present = users.filter(({ role }) => role !== 'REMOVED');
    expect(had.grants.length).toBeGreaterThan(3);
    expect(has.resources.toSorted()).toEqual(had.resources.toSorted());
    expect(has.entitlements.toSorted()).toEqual(
      [...had.entitlements, `org:${id}:member`, `org:${id}:subscriber`].toSorted(),
    );
    const added = [
      ...present.map(({ userId }) => `org:${id}:member:user:${userId}`),
      ...present
        .filter(({ subscriber }) => subscriber)
        .map(({ userId }) => `org:${id}:subscriber:user:${userId}`),
      // Its own filter asked for a role that Xero doesn't know, so nobody ever had this one.
      ...present
        .filter(({ role }) => role === 'FINANCIALADVISER')
        .map(({ userId }) => `role:financialadvisor:financialadvisor:user:${userId}`),
    ];
    expect(has.grants.toSorted()).toEqual([...had.grants, ...added].toSorted());
    for (const account of file.resources.filter(({ type }) => type === 'user')) {
      expect(account.profile).toMatchObject({ user_id: account.id });
    }
    const names = file.resources
      .filter(({ type }) => type === 'role')
      .map(({ id: role, parent, profile }) => ({ role, parent, profile }));
    expect(names).toEqual(
      BATON_ROLES.toSorted().map((role) => ({ role, parent: null, profile: { role_name: role } })),
    );
  });

  it('without them, compare finds every role, account and grant again under its new id', async () => {
    const terminal = await openTerminal();
    await syncTo(terminal, 'old.c1z', '--org', KAURI, '--legacy-ids', KAURI);
    await syncTo(terminal, 'new.c1z', '--org', KAURI);
    const { resources, entitlements, grants } = await compare(terminal, 'old.c1z', 'new.c1z');
    const { id, users } = terminal.sandbox.world.organisation(KAURI);
    expect(resources.org).toEqual({ kept: 1, renamed: [], gained: [], lost: [] });
    expect(resources.role).toMatchObject({ kept: 0, gained: [], lost: [] });
    expect(resources.role.renamed).toContainEqual({
      from: 'financialadvisor',
      to: `${id}/financialadviser`,
    });
    expect(resources.user).toMatchObject({ gained: [], lost: [] });
    expect(resources.user.renamed.length + resources.user.kept).toBe(users.length);
    expect(entitlements).toMatchObject({ kept: 2, gained: [], lost: [] });
    expect(entitlements.renamed).toHaveLength(6);
    expect(grants).toMatchObject({ gained: [], lost: [] });
  });

  it('with them, a second organisation only adds', async () => {
    const terminal = await openTerminal();
    await syncTo(terminal, 'old.c1z', '--org', KAURI, '--legacy-ids', KAURI);
    await syncTo(terminal, 'new.c1z', '--legacy-ids', KAURI);
    const { status, stdout, stderr } = compareInWords(terminal, 'old.c1z', 'new.c1z');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^After the switch C1 would still know everything it knows now/);
    expect(stdout).toMatch(/- 12 roles are new\.\n[^]*\nAccounts that are new:\n {2}\S/);
    expect(stdout).not.toMatch(/ new ids?,| go\.| ends?\./);
  });

  it('can be looked at in a file of the official SDK, finished or not', async () => {
    const terminal = await openTerminal();
    const official = join(ROOT, 'test/fixtures/official-sdk-v1.c1z');
    const { status, stdout, stderr } = compareInWords(terminal, official, official);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^After the switch C1 would still know everything it knows now/);
    expect(stdout).toMatch(/\n- \d+ \S* ?resources? keeps? (its|their) ids?\./);
    expect(stdout).toContain('The old file is one whose sync didn’t end');
  });

  it('fails at a file that isn’t there or isn’t one, and says which', async () => {
    const terminal = await openTerminal();
    await syncTo(terminal, 'old.c1z', '--org', KAURI);
    const gone = await terminal.run(['compare', 'old.c1z', 'none.c1z'], {});
    expect(gone).toMatchObject({ code: 1, stdout: '' });
    expect(gone.stderr).toContain('The new file can’t be compared.');
    const one = await terminal.run(['compare', 'old.c1z'], {});
    expect(one).toMatchObject({ code: 2, stdout: '' });
    expect(one.stderr).toContain('Which two files?');
  });
});
