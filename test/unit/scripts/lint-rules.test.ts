import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../../scripts/runtime.mjs';

/** The rules of ARCHITECTURE.md, by what the linter says of a file that had this text. */

const OURS = ['boundaries/dependencies', 'import-x/no-cycle', 'no-restricted-syntax'];
/** Without the rules that need types, which take long and are about other things. */
const eslint = new ESLint({ cwd: ROOT, overrideConfig: tseslint.configs.disableTypeChecked });

/** Which of the rules that stand for ARCHITECTURE.md's complain of a file with this text. */
async function complaints(filePath: string, text: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(`${text}\n`, { filePath });
  const unread = result?.messages.filter(({ fatal }) => fatal === true) ?? [];
  expect(unread, 'the sample itself').toEqual([]);
  const rules = result?.messages.map(({ ruleId }) => ruleId ?? '') ?? [];
  return rules.filter((rule) => OURS.includes(rule));
}

const CORE = 'main/c1/abort.ts';
const WINDOW = 'renderer/clock.ts';
const SHARED = 'shared/words.ts';
const KEYCHAIN = "export { Keychain } from './desktop/keychain.ts';";

describe('1: Electron and what belongs to it', () => {
  it.each([
    [CORE, "export { app } from 'electron';"],
    [CORE, "export { app } from 'electron/main';"],
    [CORE, "export type { App } from 'electron';"],
    [CORE, "export type Keytar = typeof import('keytar');"],
    [CORE, "export const electron = import('electron');"],
    [CORE, "export const keytar = import('keytar');"],
    [CORE, 'export const electron = import(`electron`);'],
    [CORE, "import Store from 'electron-store';\nexport const store = Store;"],
    ['main/headless.ts', "export { app } from 'electron';"],
    ['main/start.ts', "export { app } from 'electron';"],
    ['main/clock.ts', "export const keytar = import('keytar');"],
  ])('is kept from %s: %s', async (file, text) => {
    expect(await complaints(file, text)).not.toEqual([]);
  });

  it.each([
    ['main/desktop/ipc.ts', "export { app } from 'electron';"],
    ['main/desktop/ipc.ts', "export const keytar = import('keytar');"],
    ['main/index.ts', "export { app } from 'electron';"],
    ['main/preload.ts', "export { contextBridge } from 'electron';"],
  ])('is for %s: %s', async (file, text) => {
    expect(await complaints(file, text)).toEqual([]);
  });
});

describe('2: the window and what is shared', () => {
  it.each([
    [WINDOW, "export { app } from 'electron';"],
    [WINDOW, "export const electron = import('electron');"],
    [WINDOW, "import Conf from 'conf';\nexport const conf = Conf;"],
    [WINDOW, "export { readFile } from 'fs';"],
    [WINDOW, "export { readFile } from 'node:fs/promises';"],
    [WINDOW, "export { systemClock } from '../main/clock.ts';"],
    [WINDOW, "export type { Clock } from '../main/ports.ts';"],
    [WINDOW, "export { startSandbox } from '../test/sandbox/start.ts';"],
    [WINDOW, "export { ROOT } from '../scripts/runtime.mjs';"],
    [SHARED, "export { readFile } from 'fs';"],
    [SHARED, "export { readFile } from 'node:fs';"],
    [SHARED, "export const fs = import('fs');"],
    [SHARED, "export { app } from 'electron';"],
    [SHARED, "export { systemClock } from '../main/clock.ts';"],
    [SHARED, "export { openTicker } from '../renderer/clock.ts';"],
    [SHARED, "export { startSandbox } from '../test/sandbox/start.ts';"],
    [CORE, "export { startSandbox } from '../../test/sandbox/start.ts';"],
    ['main/index.ts', "export { startSandbox } from '../test/sandbox/start.ts';"],
    ['main/headless.ts', "export { ROOT } from '../scripts/runtime.mjs';"],
  ])('%s may not hold: %s', async (file, text) => {
    expect(await complaints(file, text)).not.toEqual([]);
  });

  it.each([
    [WINDOW, "export { useState } from 'react';"],
    [WINDOW, "export { createRoot } from 'react-dom/client';"],
    [WINDOW, "export { PRODUCT_NAME } from '../shared/words.ts';"],
    [SHARED, "export { z } from 'zod';"],
    [SHARED, "export type { Failure } from './errors.ts';"],
    ['test/sandbox/listen.ts', "export { systemClock } from '../../main/clock.ts';"],
  ])('%s may hold: %s', async (file, text) => {
    expect(await complaints(file, text)).toEqual([]);
  });
});

describe('3: between rooms', () => {
  it.each([
    ['main/headless.ts', KEYCHAIN],
    ['main/clock.ts', KEYCHAIN],
    ['main/log.ts', "export { helpText } from './command-line/help.ts';"],
    ['main/index.ts', "export { helpText } from './command-line/help.ts';"],
    ['main/command-line/help.ts', "export { Keychain } from '../desktop/keychain.ts';"],
    ['main/connector/turn.ts', "export const keychain = import('../desktop/keychain.ts');"],
    ['main/desktop/menu.ts', "export { helpText } from '../command-line/help.ts';"],
    ['main/desktop/menu.ts', "export { systemClock } from '../clock.ts';"],
    ['main/xero/client-id.ts', "export { heals } from '../c1/errors.ts';"],
    ['main/c1/pace.ts', "export { signedOut } from '../xero/errors.ts';"],
    ['main/c1/pace.ts', "export type { Look } from '../connector/look.ts';"],
    ['main/access/order.ts', "export { diskFull } from '../c1z/failures.ts';"],
    ['main/store/seal.ts', "export { byId } from '../access/order.ts';"],
    ['main/ports.ts', "export { systemClock } from './clock.ts';"],
  ])('%s may not hold: %s', async (file, text) => {
    expect(await complaints(file, text)).not.toEqual([]);
  });

  it.each([
    ['main/index.ts', KEYCHAIN],
    ['main/headless.ts', "export { helpText } from './command-line/help.ts';"],
    ['main/desktop/menu.ts', "export { signedOut } from '../xero/errors.ts';"],
    ['main/connector/turn.ts', "export { signedOut } from '../xero/errors.ts';"],
    ['main/xero/client-id.ts', "export type { XeroUser } from '../access/types.ts';"],
  ])('%s may hold: %s', async (file, text) => {
    expect(await complaints(file, text)).toEqual([]);
  });
});

describe('3: no circles', () => {
  it('not even within a room', async () => {
    expect(await complaints('main/c1/errors.ts', "export * from './client.ts';")).toEqual([
      'import-x/no-cycle',
    ]);
  });
});

describe('4: surroundings', () => {
  const TOUCHES = [
    'export const now = Date.now();',
    'export const today = new Date();',
    'export const timer = setTimeout(() => undefined, 5);',
    'export const chance = Math.random();',
    "export const path = process.env['PATH'];",
    'export const { env } = process;',
    "export { env } from 'node:process';",
    "export const answer = fetch('https://example.com');",
  ];

  it.each([...TOUCHES, "export { request } from 'undici';"])(
    'aren’t reached for by the core: %s',
    async (text) => {
      expect(await complaints(CORE, text)).not.toEqual([]);
      expect(await complaints('main/command-line/help.ts', text)).not.toEqual([]);
    },
  );

  it('are for the edges to hand out', async () => {
    for (const file of ['main/clock.ts', 'main/index.ts', 'main/desktop/window.ts']) {
      expect(await complaints(file, TOUCHES.join('\n'))).toEqual([]);
    }
    // But for a client that brings WebAssembly along.
    expect(await complaints('main/network.ts', "export { request } from 'undici';")).not.toEqual(
      [],
    );
  });

  it('may be named in types, and a known time is no clock', async () => {
    const text = 'export type Fetch = typeof fetch;\nexport const then = new Date(0);';
    expect(await complaints(CORE, text)).toEqual([]);
  });
});

describe('Texts that somebody reads', () => {
  it.each([
    ['renderer/app.tsx', 'export const Greeting = () => <p>All is well.</p>;'],
    ['renderer/app.tsx', 'export const Field = () => <input aria-label="Search" />;'],
    ['renderer/app.tsx', 'export const Field = () => <input title={`Sign out ${who}`} />;'],
    [CORE, "export const failure = { code: 'bug', message: 'It broke.', next: 'wait' };"],
    ['main/desktop/closing.ts', "export const question = { detail: 'This is said once.' };"],
    ['main/desktop/closing.ts', "export const question = { buttons: ['Keep running'] };"],
  ])('stand in the catalog, not in %s: %s', async (file, text) => {
    expect(await complaints(file, text)).toEqual(['no-restricted-syntax']);
  });

  it.each([
    ['renderer/app.tsx', "export const Greeting = () => <p>{say('hero.allIsWell')}</p>;"],
    ['renderer/app.tsx', 'export const Dot = () => <b title={name}>·</b>;'],
    ['main/command-line/values.ts', "export const failure = { message: 'See c1-xero --help.' };"],
  ])('are said in %s: %s', async (file, text) => {
    expect(await complaints(file, text)).toEqual([]);
  });
});
