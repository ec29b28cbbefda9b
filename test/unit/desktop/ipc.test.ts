import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { describe, expect, it } from 'vitest';
import { answerWindow } from '../../../main/desktop/ipc.ts';
import { isOurPage } from '../../../main/desktop/security.ts';
import { INTENT_CHANNEL, SNAPSHOT_CHANNEL } from '../../../shared/channels.ts';
import { succeed } from '../../../shared/errors.ts';
import { intentArguments, type IntentName, type Intents } from '../../../shared/intents.ts';
import { KeptLog } from '../c1/quiet.ts';
import { snapshot } from '../connector/snapshots.ts';

type Handler = (event: IpcMainInvokeEvent, ...given: unknown[]) => unknown;

const OURS = { url: 'app://window/index.html', parent: null };

/** The main process's side, with intents that note what they were asked. */
function answering(bug?: Error) {
  const asked: (readonly [string, unknown])[] = [];
  const log = new KeptLog();
  const noted = (name: string) => (argument?: unknown) => {
    asked.push([name, argument]);
    return bug === undefined ? Promise.resolve(succeed()) : Promise.reject(bug);
  };
  const names = Object.keys(intentArguments) as IntentName[];
  const intents = Object.fromEntries(
    names.map((name) => [name, noted(name)]),
  ) as unknown as Intents;
  const handlers = new Map<string, Handler>();
  const ipcMain = {
    handle: (channel: string, handler: Handler) => handlers.set(channel, handler),
  } as unknown as IpcMain;
  answerWindow(ipcMain, { intents, snapshot: () => snapshot(), log });
  const invoke = (channel: string, frame: unknown, ...given: unknown[]) =>
    new Promise((resolve) => {
      resolve(handlers.get(channel)?.({ senderFrame: frame } as IpcMainInvokeEvent, ...given));
    });
  const ask = (name: unknown, argument?: unknown, frame: unknown = OURS) =>
    invoke(INTENT_CHANNEL, frame, name, argument);
  return { asked, log, ask, invoke, channels: handlers };
}

const REFUSED = { ok: false, failure: { code: 'bug', next: 'reportProblem' } };

describe('what the window asks of the main process', () => {
  it('is done, with its argument parsed', async () => {
    const { ask, asked } = answering();
    expect(await ask('startSignIn', { kind: 'desktop', clientId: 'abc' })).toEqual({
      ok: true,
      value: undefined,
    });
    expect(await ask('cancelSignIn')).toMatchObject({ ok: true });
    expect(asked).toEqual([
      ['startSignIn', { kind: 'desktop', clientId: 'abc' }],
      ['cancelSignIn', undefined],
    ]);
  });

  it.each([
    ['a foreign page', { url: 'https://evil.example/index.html', parent: null }],
    ['a page whose address begins alike', { url: 'app://window.evil/index.html', parent: null }],
    ['a frame in our page', { url: 'app://window/index.html', parent: {} }],
    ['a frame that is gone', null],
  ])('is refused to %s', async (_who, frame) => {
    const { ask, asked, invoke } = answering();
    expect(await ask('cancelSignIn', undefined, frame)).toMatchObject(REFUSED);
    await expect(invoke(SNAPSHOT_CHANNEL, frame)).rejects.toThrow('not our page');
    expect(asked).toEqual([]);
  });

  it.each(['format', '__proto__', 'constructor', 'toString', '', 7, null, undefined])(
    'is refused when nobody knows it: %j',
    async (name) => {
      const { ask, asked } = answering();
      expect(await ask(name, {})).toMatchObject(REFUSED);
      expect(asked).toEqual([]);
    },
  );

  it.each([
    ['startSignIn', undefined],
    ['startSignIn', { kind: 'desktop', clientId: 7 }],
    ['startSignIn', { kind: 'desktop', clientId: 'x'.repeat(20_001) }],
    ['cancelSignIn', { extra: 1 }],
    ['connectC1', { pasted: 'a' }],
    ['connectC1', { pasted: 'x'.repeat(20_001), hostConfirmed: true }],
    ['goToStep', { step: 'elsewhere' }],
    ['copy', { what: 'c1Secret' }],
    ['openPage', { page: 'https://evil.example' }],
    ['chooseOrganisations', { ids: 'all' }],
  ])('is refused when %s is given what doesn’t fit', async (name, argument) => {
    const { ask, asked, log } = answering();
    expect(await ask(name, argument)).toMatchObject(REFUSED);
    expect(asked).toEqual([]);
    expect(log.lines.join()).toContain('ipc.argumentRefused');
  });

  it('is stripped of what the intent doesn’t take', async () => {
    const { ask, asked } = answering();
    await ask('goToStep', { step: 'c1', more: 'x' });
    expect(asked).toEqual([['goToStep', { step: 'c1' }]]);
  });

  it('ends in a failure when it meets a bug, and the log has no words of it', async () => {
    const { ask, log } = answering(new TypeError('ana@harbour.example is undefined'));
    const answer = await ask('checkXeroNow');
    expect(answer).toMatchObject(REFUSED);
    expect(answer).toMatchObject({
      failure: {
        message: expect.stringContaining('went wrong inside the app') as string,
        detail: 'checkXeroNow: TypeError',
      },
    });
    expect(JSON.stringify(answer)).not.toContain('ana@');
    expect(log.lines).toEqual([
      'error ipc.intentFailed {"intent":"checkXeroNow","error":"TypeError"}',
    ]);
  });

  it('gives the snapshot to our page', async () => {
    const { invoke } = answering();
    expect(await invoke(SNAPSHOT_CHANNEL, OURS)).toEqual(snapshot());
  });

  it('has two channels and no more', () => {
    expect([...answering().channels.keys()].sort()).toEqual([INTENT_CHANNEL, SNAPSHOT_CHANNEL]);
  });
});

describe('our page', () => {
  it('is the main frame of the window’s own origin', () => {
    expect(isOurPage(OURS)).toBe(true);
    expect(isOurPage({ url: 'app://window', parent: null })).toBe(false);
  });
});
