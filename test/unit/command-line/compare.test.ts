import { describe, expect, it } from 'vitest';
import { fail, succeed } from '../../../shared/errors.ts';
import type {
  FileAccount,
  FileEntitlement,
  FileGrant,
  FileResource,
} from '../../../main/c1z/contents.ts';
import { newerFormat } from '../../../main/c1z/read-failures.ts';
import type { FileContents } from '../../../main/c1z/worker-reader.ts';
import { print } from '../../../main/command-line/print.ts';
import { compare } from '../../../main/command-line/compare.ts';
import { parseCommandLine } from '../../../main/command-line/options.ts';
import { failureOf, valueOf } from '../results.ts';

const HARBOUR = '11111111-1111-4111-8111-111111111111';
const SYNC = {
  id: '3ARefY5G8eOytquwYgm41Nq07IZ',
  type: 'full',
  startedAt: '2026-03-03 09:45:13.056791',
  endedAt: '2026-03-03 09:45:15.1',
};

function resource(type: string, id: string, more: Partial<FileResource> = {}): FileResource {
  return {
    type,
    id,
    parent: null,
    displayName: id,
    description: '',
    profile: {},
    status: null,
    account: null,
    rawId: null,
    link: null,
    createdAt: null,
    childTypes: [],
    ...more,
  };
}

function account(id: string, displayName: string, more: Partial<FileAccount> = {}): FileResource {
  const account = { email: null, login: '', givenName: '', familyName: '', ...more };
  return resource('user', id, { displayName, status: 'ENABLED', account });
}

function entitlement(type: string, id: string, slug: string): FileEntitlement {
  return {
    id: `${type}:${id}:${slug}`,
    resource: { type, id },
    displayName: `${slug} of ${id}`,
    description: '',
    slug,
    purpose: 'ASSIGNMENT',
    grantableTo: ['user'],
    immutable: false,
    exclusionGroup: null,
  };
}

function grant({ id, resource: of }: FileEntitlement, user: string): FileGrant {
  return {
    id: `${id}:user:${user}`,
    entitlementId: id,
    resource: of,
    principal: { type: 'user', id: user },
    immutable: false,
    sources: [],
    expandsTo: [],
  };
}

function file(rows: Partial<FileContents> = {}, sync = {}): FileContents {
  const counts = {
    resourceTypes: 0,
    resources: 0,
    entitlements: 0,
    grants: 0,
    assets: 0,
    byType: [],
  };
  return {
    resourceTypes: [],
    resources: [],
    entitlements: [],
    grants: [],
    ...rows,
    summary: { version: 1, sync: { ...SYNC, ...sync }, syncs: 1, counts },
  };
}

async function report(old: FileContents, next: FileContents) {
  const read = (path: string) => Promise.resolve(succeed(path === 'old' ? old : next));
  return valueOf(await compare({ old: 'old', next: 'next' }, read));
}

const words = async (old: FileContents, next: FileContents) =>
  print(await report(old, next), false);

const OLD_ROLE = entitlement('role', 'standard', 'standard');
const NEW_ROLE = entitlement('role', `${HARBOUR}/standard`, 'assigned');
const OLD = file({
  resources: [
    resource('org', HARBOUR, { displayName: 'Harbour Books' }),
    resource('role', 'standard', {
      displayName: 'Standard',
      profile: { role_name: 'standard' },
    }),
    account('u-ana', 'ana@harbour.example', { email: 'ana@harbour.example' }),
    account('u-ben', 'ben@harbour.example', { email: 'ben@harbour.example' }),
  ],
  entitlements: [OLD_ROLE],
  grants: [grant(OLD_ROLE, 'u-ana'), grant(OLD_ROLE, 'u-ben')],
});
const MEMBER = entitlement('org', HARBOUR, 'member');
const NEW = file({
  resources: [
    resource('org', HARBOUR, { displayName: 'Harbour Books' }),
    resource('role', `${HARBOUR}/standard`, {
      displayName: 'Standard',
      parent: { type: 'org', id: HARBOUR },
      profile: { role_name: 'Standard', organisation_id: HARBOUR },
    }),
    account('u-ana', 'Ana Reyes', { email: 'ana@harbour.example' }),
  ],
  entitlements: [MEMBER, NEW_ROLE],
  grants: [grant(MEMBER, 'u-ana'), grant(NEW_ROLE, 'u-ana')],
});

describe('compare says', () => {
  it('first what C1 would lose and gain, then what to do, then one by one', async () => {
    expect(await words(OLD, NEW)).toBe(`\
After the switch C1 would not know some of what it knows now:

- 1 organisation keeps its id.
- 1 role gets a new id, and what hangs on the old in C1 is lost: policies, requests, reviews.
- 1 account keeps its id; C1 would show 1 with another name.
- 1 account goes.
- 1 entitlement gets a new id, and what hangs on the old in C1 is lost: policies, requests, reviews.
- 1 entitlement is new.
- 1 grant goes on under a new id: the same people hold the same access.
- 1 grant is new.
- 1 grant ends.

The old file has the ids of baton-xero. Write the new one with --legacy-ids ${HARBOUR}, and they stay.
Half or more of what C1 knows would go. C1 may then pause until somebody presses Confirm changes on the connector.

Roles that get new ids:
  Standard (standard) → ${HARBOUR}/standard

Accounts that go:
  ben@harbour.example (u-ben)

Entitlements that are new:
  member of ${HARBOUR} (org:${HARBOUR}:member)

Grants that end:
  ben@harbour.example: standard of standard

Grants that are new:
  Ana Reyes: member of ${HARBOUR}
`);
  });

  it('that C1 keeps all it has, where it does', async () => {
    const more = file({ ...NEW, resources: [...NEW.resources, account('u-eve', 'Eve')] });
    const said = await words(NEW, more);
    expect(said).toMatch(/^After the switch C1 would still know everything it knows now/);
    expect(said).toContain('- 1 account is new.');
    expect(said).not.toMatch(/legacy-ids|Confirm changes/);
  });

  it('the same for machines, with every id and no name', async () => {
    const shown: unknown = JSON.parse(print(await report(OLD, NEW), true));
    expect(shown).toMatchObject({
      old: SYNC,
      new: SYNC,
      resources: {
        role: { kept: 0, renamed: [{ from: 'standard', to: `${HARBOUR}/standard` }] },
        user: { kept: 1, keptWithNewName: 1, keptWithNewStatus: 0, lost: ['u-ben'], gained: [] },
      },
      grants: {
        kept: 0,
        renamed: [
          {
            from: 'role:standard:standard:user:u-ana',
            to: `role:${HARBOUR}/standard:assigned:user:u-ana`,
          },
        ],
        gained: [`org:${HARBOUR}:member:user:u-ana`],
        lost: ['role:standard:standard:user:u-ben'],
      },
    });
    expect(JSON.stringify(shown)).not.toMatch(/Ana|harbour\.example/);
  });

  it('that a file is of a part, or unfinished', async () => {
    const said = await words(file(OLD, { endedAt: null }), file(NEW, { type: 'partial' }));
    expect(said).toContain('The old file is one whose sync didn’t end');
    expect(said).toContain('The new file is one of a partial sync');
  });

  it('of a long list the first twenty', async () => {
    const people = Array.from({ length: 23 }, (_, index) => account(`u-${index}`, `P ${index}`));
    const said = await words(file({ resources: people }), file());
    expect(said).toContain('  P 19 (u-19)\n  … and 3 more; --json names all\n');
    expect(said).not.toContain('P 20');
  });

  it('names without what could command a terminal', async () => {
    const said = await words(
      file({
        resources: [account('u\u001b[2J', 'Eve\r\u202e\u001b]0;x\u0007', { email: 'e\n@x' })],
      }),
      file(),
    );
    expect(said.replaceAll('\n', '')).not.toMatch(/[\p{C}]/u);
    expect(said).toContain('(u�[2J)');
  });

  it('which of the files can’t be compared, and why', async () => {
    const read = (path: string) =>
      Promise.resolve(path === 'old' ? succeed(OLD) : fail(newerFormat));
    expect(failureOf(await compare({ old: 'old', next: 'next' }, read))).toMatchObject({
      code: 'fileInvalid',
      message: expect.stringMatching(
        /^The new file can’t be compared\. This \.c1z file is of version 3.*--storage-engine sqlite/,
      ) as string,
    });
  });
});

describe('compare takes', () => {
  const parse = (argv: string) => parseCommandLine(argv.split(' '), {}, false);

  it('two files', () => {
    expect(valueOf(parse('compare a.c1z b.c1z --json'))).toEqual({
      kind: 'compare',
      old: 'a.c1z',
      next: 'b.c1z',
      json: true,
    });
  });

  it.each([
    ['compare', 'Which two files?'],
    ['compare a.c1z', 'Which two files?'],
    ['compare a.c1z b.c1z c.c1z', 'compare reads two files'],
    ['compare a.c1z b.c1z --file c', '--file isn’t a flag of compare'],
  ])('not %s', (argv, message) => {
    expect(failureOf(parse(argv))).toMatchObject({
      code: 'usage',
      message: expect.stringContaining(message) as string,
    });
  });
});
