import { mergeAccount, readRows } from '../access/accounts.ts';
import { keepsLegacyIds } from '../access/ids.ts';
import { byteOrder } from '../access/order.ts';
import type { AccountResource } from '../access/types.ts';
import { rowsOf, type Person } from './person.ts';
import type { Governed } from './targets.ts';

/** The account of a person as a sync makes it; null where no organisation lists them. */
export function accountOf(
  person: Person,
  { organisations, options }: Governed,
): AccountResource | null {
  const ordered = [...organisations].sort((a, b) =>
    byteOrder(a.organisation.id, b.organisation.id),
  );
  const rows = ordered.flatMap((access) => {
    const found = rowsOf(person, access, options);
    if (found === null) return [];
    const legacy = keepsLegacyIds(access.organisation, options);
    return readRows({ ...access, users: found.users }, { ...options, legacy });
  });
  const [first] = rows;
  if (first === undefined) return null;
  const others = rows.slice(1).filter(({ accountId }) => accountId === first.accountId);
  return mergeAccount(first.accountId, [first, ...others]);
}
