import type { Reach } from '../../../main/connector/reach.ts';
import type { OrganisationAccess } from '../../../main/access/types.ts';
import type { DayBudget } from '../../../main/xero/governor.ts';
import { succeed, type Result } from '../../../shared/errors.ts';

/** A sign-in that reaches these organisations; `instead` answers for some of them, by id; `days` is what is left of their day. */
export function reachTo(
  signInId: string,
  accesses: readonly OrganisationAccess[],
  instead: Readonly<Record<string, Result<OrganisationAccess>>> = {},
  leftOut = 0,
  days: Readonly<Record<string, DayBudget>> = {},
): Reach & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    signInId,
    asked,
    reader: {
      connections: () =>
        Promise.resolve(
          succeed({
            connections: accesses.map(({ organisation: { id, name } }) => ({
              id: `connection ${id}`,
              tenantId: id,
              name,
            })),
            leftOut,
          }),
        ),
      organisation: ({ tenantId }) => {
        asked.push(tenantId);
        const access = accesses.find(({ organisation: { id } }) => id === tenantId);
        if (access === undefined) throw new Error(`no organisation ${tenantId}`);
        return Promise.resolve(instead[tenantId] ?? succeed(access));
      },
      day: (tenantId) => days[tenantId] ?? null,
    },
  };
}
