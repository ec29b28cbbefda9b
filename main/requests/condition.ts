import { z } from 'zod';
import { holds, type Standing } from './standing.ts';

/**
 * When a task is done, as Xero's list of users of one organisation shows it. Roles are named by their
 * slug, spelt as ours.
 */
export const Condition = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('holds'), role: z.string() }),
  /** Whichever way it comes: another role, or none any more. */
  z.object({ kind: z.literal('lacks'), role: z.string() }),
  z.object({ kind: z.literal('absent') }),
]);
export type Condition = z.infer<typeof Condition>;

export function isMet(condition: Condition, standing: Standing): boolean {
  switch (condition.kind) {
    case 'holds':
      return holds(standing, condition.role);
    case 'lacks':
      return !holds(standing, condition.role);
    case 'absent':
      return standing.listed === 'no';
  }
}

/** What somebody must be in the end for all conditions to be met: in this role, or not there. */
export type Goal = { readonly kind: 'role'; readonly role: string } | { readonly kind: 'absent' };

/** What meets all conditions; null where nothing does, as they contradict each other. */
export function goalOf(conditions: readonly Condition[]): Goal | null {
  const roles = conditions.flatMap((each) => (each.kind === 'holds' ? [each.role] : []));
  const [role] = roles;
  const goal: Goal = role === undefined ? { kind: 'absent' } : { kind: 'role', role };
  return conditions.every((condition) => meets(goal, condition)) ? goal : null;
}

export function meets(goal: Goal, condition: Condition): boolean {
  switch (condition.kind) {
    case 'holds':
      return goal.kind === 'role' && goal.role === condition.role;
    case 'lacks':
      return goal.kind === 'absent' || goal.role !== condition.role;
    case 'absent':
      return goal.kind === 'absent';
  }
}
