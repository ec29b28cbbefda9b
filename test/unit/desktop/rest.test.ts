import { describe, expect, it } from 'vitest';
import { Rest, REST_AFTER_MS } from '../../../main/desktop/rest.ts';
import type { SyncState } from '../../../shared/snapshot.ts';
import { FakeClock } from '../fake-clock.ts';

const IDLE: SyncState = { kind: 'idle' };
const READING: SyncState = { kind: 'reading', done: 0, of: 1, for: 'c1' };
const WRITING: SyncState = { kind: 'writing' };
const UPLOADING: SyncState = { kind: 'uploading', sent: 0, of: 9 };
const DONE: SyncState = { kind: 'done', at: 0, for: 'c1' };

function resting() {
  const clock = new FakeClock();
  let times = 0;
  const rest = new Rest({ clock, giveBack: () => (times += 1) });
  const follow = (...states: SyncState[]) => {
    for (const state of states) rest.follow(state);
  };
  return { clock, follow, rest, times: () => times };
}

describe('memory is given back', () => {
  it('once after the start, however often the state is told', async () => {
    const { clock, follow, times } = resting();
    follow(IDLE, IDLE);
    await clock.advance(REST_AFTER_MS - 1);
    expect(times()).toBe(0);
    await clock.advance(1);
    expect(times()).toBe(1);
    follow(IDLE);
    await clock.advance(10 * REST_AFTER_MS);
    expect(times()).toBe(1);
  });

  it.each([[READING], [READING, WRITING], [READING, WRITING, UPLOADING]])(
    'after work, and not during it: %o',
    async (...work) => {
      const { clock, follow, times } = resting();
      follow(IDLE);
      await clock.advance(REST_AFTER_MS);
      follow(...work);
      await clock.advance(10 * REST_AFTER_MS);
      expect(times()).toBe(1);
      follow(DONE);
      await clock.advance(REST_AFTER_MS);
      expect(times()).toBe(2);
    },
  );

  it('after a window has come up', async () => {
    const { clock, follow, rest, times } = resting();
    follow(IDLE);
    await clock.advance(REST_AFTER_MS);
    rest.windowOpened();
    await clock.advance(REST_AFTER_MS - 1);
    expect(times()).toBe(1);
    await clock.advance(1);
    expect(times()).toBe(2);
  });

  it('once nobody has touched the window for as long', async () => {
    const { clock, follow, rest, times } = resting();
    follow(IDLE);
    for (let touches = 0; touches < 10; touches += 1) {
      await clock.advance(REST_AFTER_MS - 1);
      rest.windowTouched();
    }
    expect(times()).toBe(0);
    await clock.advance(REST_AFTER_MS);
    expect(times()).toBe(1);
    rest.windowTouched();
    await clock.advance(10 * REST_AFTER_MS);
    expect(times()).toBe(1);
  });

  it('after the work only, when a window comes up in it', async () => {
    const { clock, follow, rest, times } = resting();
    follow(READING);
    rest.windowOpened();
    await clock.advance(10 * REST_AFTER_MS);
    expect(times()).toBe(0);
    follow(DONE);
    await clock.advance(REST_AFTER_MS);
    expect(times()).toBe(1);
  });

  it('not between two stretches of work that follow each other', async () => {
    const { clock, follow, times } = resting();
    follow(READING, DONE);
    await clock.advance(REST_AFTER_MS - 1);
    follow(READING);
    await clock.advance(REST_AFTER_MS);
    expect(times()).toBe(0);
    follow(DONE);
    await clock.advance(REST_AFTER_MS);
    expect(times()).toBe(1);
  });
});
