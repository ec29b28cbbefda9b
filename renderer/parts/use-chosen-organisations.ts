import { useState } from 'react';
import type { Organisation } from '../../shared/snapshot.ts';

interface ChosenOrganisations {
  readonly isChosen: (organisation: Organisation) => boolean;
  readonly toggle: (organisation: Organisation, chosen: boolean) => void;
  /** Ids of the ticked organisations, among those given. */
  readonly ids: (organisations: readonly Organisation[]) => string[];
}

/** What the user ticked or unticked here, over what the snapshot says; nothing is sent before a button is pressed. */
export function useChosenOrganisations(): ChosenOrganisations {
  const [changes, setChanges] = useState<ReadonlyMap<string, boolean>>(new Map());
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
