import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { describe, expect, it } from 'vitest';
import { leaveDespitePrompt } from '../../../main/desktop/leaving.ts';
import { FakeClock, settle } from '../fake-clock.ts';

/** Electron's way to the end: once nobody holds it up, it is over. */
class LeavingApp extends EventEmitter {
  over = false;

  quit(): void {
    const event = {
      held: false,
      preventDefault: (): void => {
        event.held = true;
      },
    };
    this.emit('will-quit', event);
    if (event.held) return;
    this.over = true;
    this.emit('quit');
  }
}

function leave(isAsked: boolean) {
  const app = new LeavingApp();
  const clock = new FakeClock();
  let answer = (): void => undefined;
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const keychain = { isAsked, idle: () => answered };
  const seen = { killed: 0 };
  const kill = (): void => {
    seen.killed += 1;
  };
  leaveDespitePrompt({ app: app as unknown as App, keychain, clock, kill });
  const answers = (): void => {
    keychain.isAsked = false;
    answer();
  };
  app.quit();
  return { app, clock, seen, answers };
}

describe('leaving', () => {
  it('waits for nothing when the keychain owes no answer', () => {
    const { app, seen } = leave(false);
    expect(app.over).toBe(true);
    expect(seen.killed).toBe(0);
  });

  it('lets the keychain store to the end what it is just storing', async () => {
    const { app, seen, answers } = leave(true);
    await settle();
    expect(app.over).toBe(false);
    answers();
    await settle();
    expect(app.over).toBe(true);
    expect(seen.killed).toBe(0);
  });

  it('doesn’t wait for a prompt that nobody answers', async () => {
    const { app, clock, seen } = leave(true);
    await clock.advance(4999);
    expect(app.over).toBe(false);
    await clock.advance(1);
    expect(app.over).toBe(true);
    expect(seen.killed).toBe(1);
  });
});
