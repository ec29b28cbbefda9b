import { createContext, useContext } from 'react';
import type { Organisation } from '../../shared/snapshot.ts';
import type { Mend } from './mend.ts';
import type { OrganisationMend } from './organisation-ways.ts';

/** How the page at hand does each thing that mends a failure. */
export type Mends = Readonly<
  Record<Mend, () => void> & Record<OrganisationMend, (organisation: Organisation) => void>
>;

const MendsContext = createContext<Mends | null>(null);

export const MendsProvider = MendsContext.Provider;

export function useMends(): Mends {
  const mends = useContext(MendsContext);
  if (mends === null) throw new Error('No MendsProvider above this component');
  return mends;
}
