import { describe, expect, it } from 'vitest';
import { broken, type Facts } from '../../soak/verdict.ts';

const SECOND = 1000;

/** A minute in which every promise was kept, with so many open sockets in each second. */
function minute(sockets: (second: number) => number): Facts {
  const seconds = Array.from({ length: 60 }, (_, second) => second);
  return {
    tasks: [],
    violations: [],
    faults: [],
    samples: seconds.map((second) => ({
      at: second * SECOND,
      rssMb: 90,
      sockets: sockets(second),
    })),
    polls: [],
    uploads: 0,
    longestOutage: 0,
    left: [],
    exitCode: 0,
    toldSecrets: false,
  };
}

describe('the soak’s verdict', () => {
  it('finds nothing in open sockets that come and go', () => {
    expect(broken(minute((second) => (second % 10 === 0 ? 0 : second % 7)))).toEqual([]);
  });

  it('finds nothing where none was open at the moment of the first look, after a fault', () => {
    expect(broken(minute((second) => (second > 25 && second < 35 ? 0 : 7)))).toEqual([]);
  });

  it('finds sockets that are never closed', () => {
    expect(broken(minute((second) => Math.floor(second / 4)))).toEqual([
      'Open sockets grew from at most 7 to 14.',
    ]);
  });

  it.each([
    [{ exitCode: 1 }, 'It ended with 1 instead of 0.'],
    [{ toldSecrets: true }, 'It printed a secret.'],
    [{ left: ['a.c1z'] }, 'A temporary file was left behind: a.c1z.'],
    [{ violations: ['Heartbeat: no', 'Heartbeat: no'] }, 'A rule was broken: Heartbeat: no.'],
  ])('finds %o', (wrong, told) => {
    expect(broken({ ...minute(() => 3), ...wrong })).toEqual([told]);
  });
});
