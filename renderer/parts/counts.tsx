import { say } from '../../shared/language/say.ts';
import type { AccessCounts } from '../../shared/snapshot.ts';
import classes from './counts.module.css';

const NOUNS = [
  ['organisations', 'counts.organisations'],
  ['accounts', 'counts.accounts'],
  ['roles', 'counts.roles'],
  ['entitlements', 'counts.entitlements'],
  ['grants', 'counts.grants'],
] as const;

/** How much access there is, as figures with their nouns. */
export function Counts({ counts }: { counts: AccessCounts }) {
  return (
    <dl className={classes['counts']}>
      {NOUNS.map(([key, noun]) => (
        <div key={key} className={classes['count']}>
          <dt>{say(noun, { count: counts[key] })}</dt>
          <dd>{counts[key].toLocaleString()}</dd>
        </div>
      ))}
    </dl>
  );
}
