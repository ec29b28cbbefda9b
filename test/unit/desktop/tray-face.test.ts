import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sameFace, trayFace, trayFile, type TrayIcon } from '../../../main/desktop/tray-face.ts';
import type { Snapshot } from '../../../shared/snapshot.ts';
import { change, done, invite } from '../../e2e/screens/requests-data.ts';
import { C1, signIn, snapshot, trouble, waiting } from '../connector/snapshots.ts';

const because = trouble({ message: 'Harbour Books no longer lets this app in.' });
const needsSignIn = signIn({ id: 'sign-in-2', state: { kind: 'needsSignIn', because } });
const locked = trouble({ code: 'keychainLocked' });
const shut = signIn({ state: { kind: 'needsSignIn', because: locked } });

describe('the tray', () => {
  it.each<[string, Partial<Snapshot>, string, string]>([
    ['all is well', {}, 'ok', 'All is well'],
    [
      'nothing was uploaded yet',
      { uploaded: null },
      'ok',
      'Connected. C1 hasn’t asked for data yet',
    ],
    ['set-up isn’t finished', { setup: 'c1' }, 'attention', 'Set-up isn’t finished'],
    [
      'one of two sign-ins ended',
      { xero: [signIn(), needsSignIn] },
      'attention',
      'Sign in to Xero again',
    ],
    [
      'the keychain is shut',
      { xero: [shut], c1: { kind: 'none', because: locked }, uploaded: null },
      'attention',
      'The keychain is shut. Unlock it.',
    ],
    [
      'a sign-in was given up',
      { xero: [signIn({ state: { kind: 'signedOut', because: null } })] },
      'attention',
      'Sign in to Xero again',
    ],
    [
      'there is no credential',
      { c1: { kind: 'none', because: null } },
      'attention',
      'C1 isn’t connected',
    ],
    [
      'C1 rejected the credential',
      { c1: { kind: 'rejected', credential: C1, because } },
      'attention',
      'C1 rejected the credential',
    ],
    [
      'C1 can’t be reached',
      { c1: { kind: 'offline', credential: C1, because } },
      'offline',
      'C1 can’t be reached; we go on when it’s back',
    ],
    [
      'requests wait for somebody, even during a sync',
      { inbox: { requests: [change, done, invite] }, sync: { kind: 'writing' } },
      'attention',
      '2 requests wait for you',
    ],
    [
      'the credential is checked',
      { c1: { kind: 'verifying', credential: C1, step: 'connector' } },
      'busy',
      'Connecting to C1',
    ],
    [
      'Xero is read',
      { sync: { kind: 'reading', done: 1, of: 3, for: 'c1' } },
      'busy',
      'Reading Xero: 1 of 3 organisations',
    ],
    ['the file is written', { sync: { kind: 'writing' } }, 'busy', 'Sending access to C1'],
    [
      'the file is uploaded',
      { sync: { kind: 'uploading', sent: 1, of: 2 } },
      'busy',
      'Sending access to C1',
    ],
    [
      'a sync failed',
      { sync: { kind: 'failed', at: 1, for: 'c1', because } },
      'attention',
      because.message,
    ],
    ['a sync was done', { sync: { kind: 'done', at: 1, for: 'c1' } }, 'ok', 'All is well'],
  ])('says in words and by its shape when %s', (_when, parts, icon, sentence) => {
    expect(trayFace(snapshot(parts))).toMatchObject({ icon, sentence });
  });

  it('offers a check of Xero only to who is signed in', () => {
    expect(trayFace(snapshot()).canCheck).toBe(true);
    expect(trayFace(snapshot({ xero: [] })).canCheck).toBe(false);
    expect(trayFace(snapshot({ xero: [signIn({ state: waiting() })] })).canCheck).toBe(false);
  });

  it('is drawn anew when anything that it shows differs', () => {
    const face = trayFace(snapshot());
    expect(sameFace(face, { ...face })).toBe(true);
    expect(sameFace(face, { ...face, icon: 'busy' })).toBe(false);
    expect(sameFace(face, { ...face, sentence: 'Other' })).toBe(false);
    expect(sameFace(face, { ...face, canCheck: false })).toBe(false);
  });

  it.each(['linux', 'darwin', 'win32'] as const)(
    'has a picture for every state on %s',
    (system) => {
      const icons: TrayIcon[] = ['ok', 'busy', 'attention', 'offline'];
      const files = icons.map((icon) => trayFile(icon, system));
      expect(new Set(files).size).toBe(4);
      for (const file of files) {
        expect(existsSync(new URL(`../../../main/desktop/icons/${file}`, import.meta.url))).toBe(
          true,
        );
      }
    },
  );
});
