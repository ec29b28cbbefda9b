import { COMMANDS, KINDS } from './moments.ts';

/** What was seen after one kill, and after the start that followed. */
export interface Kill {
  readonly command: (typeof COMMANDS)[number];
  readonly kind: string;
  /**
   * What the disk held: the token of before, as Xero gave none; the one Xero gave last; that one in the
   * file that was about to take its place; or one that Xero had replaced, so that the grace is needed.
   */
  readonly after: 'unchanged' | 'stored' | 'not in place' | 'replaced';
  readonly next: 'signed in' | 'logged out' | 'failed';
  /** Where a token was that none may be. */
  readonly wrong: readonly string[];
}

/** The counts of a run, of each command and of both. */
export function table(kills: readonly Kill[], endedBefore: number): string[] {
  const row = (name: string, of: (kill: Kill) => number): string => {
    const sum = (some: readonly Kill[]): number => some.reduce((all, kill) => all + of(kill), 0);
    const each = COMMANDS.map((command) => sum(kills.filter((kill) => kill.command === command)));
    return line(name, [...each, sum(kills)]);
  };
  const count = (name: string, is: (kill: Kill) => boolean): string =>
    row(name, (kill) => (is(kill) ? 1 : 0));
  return [
    line('', [...COMMANDS, 'both']),
    count('killed', () => true),
    ...KINDS.map((each) => count(`  ${each}`, ({ kind }) => kind === each)),
    'after the kill',
    count('  no new token had been given', ({ after }) => after === 'unchanged'),
    count('  the new token was stored', ({ after }) => after === 'stored'),
    count('  it was written and not yet in place', ({ after }) => after === 'not in place'),
    count('  it was lost: the grace is needed', ({ after }) => after === 'replaced'),
    'the next start, after the grace where it isn’t needed',
    count('  signed in', ({ next }) => next === 'signed in'),
    count('  logged out', ({ next }) => next === 'logged out'),
    count('  failed otherwise', ({ next }) => next === 'failed'),
    row('tokens where none may be', ({ wrong }) => wrong.length),
    line('ended before it could be killed', ['', '', endedBefore]),
  ];
}

function line(name: string, values: readonly (string | number)[]): string {
  return [name.padEnd(54), ...values.map((value) => String(value).padStart(6))].join(' ').trimEnd();
}
