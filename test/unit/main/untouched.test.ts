import { expect, it, vi } from 'vitest';
import { untouched, UNTOUCHED_MS } from '../../../main/untouched.ts';
import { FakeClock } from '../fake-clock.ts';

function waiting() {
  const [page, clock, rests] = [new EventTarget(), new FakeClock(), vi.fn()];
  void untouched(page, clock).then(rests);
  return { clock, rests, touch: (kind: string) => page.dispatchEvent(new Event(kind)) };
}

it('waits for a second in which nobody touches the page, and no longer', async () => {
  const { clock, rests, touch } = waiting();
  await clock.advance(UNTOUCHED_MS - 1);
  expect(rests).not.toHaveBeenCalled();
  await clock.advance(1);
  expect(rests).toHaveBeenCalledOnce();
  touch('keydown');
  expect(clock.asleep).toBe(0);
});

it.each(['keydown', 'pointerdown', 'pointermove', 'wheel', 'scroll'])(
  'waits for as long as somebody goes on: %s',
  async (kind) => {
    const { clock, rests, touch } = waiting();
    for (let times = 0; times < 10; times += 1) {
      await clock.advance(UNTOUCHED_MS - 1);
      touch(kind);
      await clock.advance(0);
    }
    expect(rests).not.toHaveBeenCalled();
    await clock.advance(UNTOUCHED_MS);
    expect(rests).toHaveBeenCalledOnce();
  },
);
