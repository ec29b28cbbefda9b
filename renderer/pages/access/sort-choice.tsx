import type { AccessSort } from '../../../shared/access-list.ts';
import { say } from '../../../shared/language/say.ts';
import classes from './access.module.css';

const SORTS = {
  name: { label: say('sortChoice.nameAToZ'), sort: { by: 'name', direction: 'ascending' } },
  nameDown: { label: say('sortChoice.nameZToA'), sort: { by: 'name', direction: 'descending' } },
  email: { label: say('sortChoice.eMailAddress'), sort: { by: 'email', direction: 'ascending' } },
  changed: {
    label: say('common.lastChangedInXero'),
    sort: { by: 'changed', direction: 'descending' },
  },
} as const satisfies Record<string, { label: string; sort: AccessSort }>;

/** In which order people stand. */
export function SortChoice({
  sort,
  onSort,
}: {
  sort: AccessSort;
  onSort: (sort: AccessSort) => void;
}) {
  const entries = Object.entries(SORTS);
  const chosen = entries.find(
    ([, each]) => each.sort.by === sort.by && each.sort.direction === sort.direction,
  );
  return (
    <label className={classes['sort']}>
      {say('sortChoice.sortedBy')}
      <select
        value={chosen?.[0] ?? 'name'}
        onChange={(event) => {
          const next = entries.find(([value]) => value === event.currentTarget.value);
          if (next !== undefined) onSort(next[1].sort);
        }}
      >
        {entries.map(([value, { label }]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
