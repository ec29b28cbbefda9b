import { KINDS } from './moments.ts';

/** What was seen after one kill, and after the start that followed. */
export interface Kill {
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

/** The counts of a run. */
export function table(kills: readonly Kill[], endedBefore: number): string[] {
  const count = (is: (kill: Kill) => boolean): number => kills.filter(is).length;
  return [
    line('killed', kills.length),
    ...KINDS.map((kind) =>
      line(
        `  ${kind}`,
        count((kill) => kill.kind === kind),
      ),
    ),
    line('ended before it could be killed', endedBefore),
    'after the kill',
    line(
      '  no new token had been given',
      count(({ after }) => after === 'unchanged'),
    ),
    line(
      '  the new token was stored',
      count(({ after }) => after === 'stored'),
    ),
    line(
      '  it was written and not yet in place',
      count(({ after }) => after === 'not in place'),
    ),
    line(
      '  it was lost: the grace is needed',
      count(({ after }) => after === 'replaced'),
    ),
    'the next start, after the grace where it isn’t needed',
    line(
      '  signed in',
      count(({ next }) => next === 'signed in'),
    ),
    line(
      '  logged out',
      count(({ next }) => next === 'logged out'),
    ),
    line(
      '  failed otherwise',
      count(({ next }) => next === 'failed'),
    ),
    line('tokens where none may be', kills.flatMap(({ wrong }) => wrong).length),
  ];
}

function line(name: string, value: number): string {
  return `${name.padEnd(48)} ${String(value).padStart(6)}`;
}
