import { useState } from 'react';
import type { Organisation } from '../../shared/snapshot.ts';

interface ChosenOrganisations {
  readonly isChosen: (organisation: Organisation) => boolean;
  readonly toggle: (organisation: Organisation, chosen: boolean) => void;
  /** Ids of the ticked organisations, among those given. */
  readonly ids: (organisations: readonly Organisation[]) => string[];
}

/** Ticks by the id of the organisation; those not named stand as they are. */
export type Choices = ReadonlyMap<string, boolean>;
const NONE: Choices = new Map();

/** What the user ticked or unticked here, over what the snapshot says; nothing is sent before a button is pressed. */
export function useChosenOrganisations(atFirst: Choices = NONE): ChosenOrganisations {
  const [changes, setChanges] = useState(atFirst);
  const isChosen = (organisation: Organisation) =>
    changes.get(organisation.id) ?? organisation.governed;
  return {
    isChosen,
    toggle: (organisation, chosen) => {
      setChanges((earlier) => new Map(earlier).set(organisation.id, chosen));
    },
    ids: (organisations) => organisations.filter(isChosen).map(({ id }) => id),
  };
}
