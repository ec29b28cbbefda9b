import type { AccessCounts } from '../../shared/snapshot.ts';
import classes from './counts.module.css';

const COUNTS: readonly (readonly [keyof AccessCounts, string, string])[] = [
  ['organisations', 'organisation', 'organisations'],
  ['accounts', 'account', 'accounts'],
  ['roles', 'role', 'roles'],
  ['entitlements', 'entitlement', 'entitlements'],
  ['grants', 'grant', 'grants'],
];

/** How much access there is, as figures with their nouns. */
export function Counts({ counts }: { counts: AccessCounts }) {
  return (
    <dl className={classes['counts']}>
      {COUNTS.map(([key, one, many]) => (
        <div key={key} className={classes['count']}>
          <dt>{counts[key] === 1 ? one : many}</dt>
          <dd>{counts[key].toLocaleString()}</dd>
        </div>
      ))}
    </dl>
  );
}
