import { describe, expect, it } from 'vitest';
import { Turn } from '../../../main/connector/turn.ts';
import { settle } from '../fake-clock.ts';

describe('work that takes turns', () => {
  it('is done one after the other, in the order it came', async () => {
    const turn = new Turn();
    const done: string[] = [];
    const ends: (() => void)[] = [];
    const work = (name: string) => () =>
      new Promise<string>((resolve) => {
        done.push(`${name} begins`);
        ends.push(() => resolve(name));
      });
    const all = [turn.take(work('first')), turn.take(work('second'))];
    await settle();
    expect(done).toEqual(['first begins']);
    ends[0]?.();
    await settle();
    expect(done).toEqual(['first begins', 'second begins']);
    ends[1]?.();
    expect(await Promise.all(all)).toEqual(['first', 'second']);
  });

  it('goes on after work that broke, which only its own caller hears of', async () => {
    const turn = new Turn();
    const broken = turn.take(() => Promise.reject(new Error('broken')));
    const next = turn.take(() => Promise.resolve('next'));
    await expect(broken).rejects.toThrow('broken');
    expect(await next).toBe('next');
  });
});
