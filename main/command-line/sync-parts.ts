import { succeed } from '../../shared/errors.ts';
import { learnFrom, type Governed } from '../connector/governed.ts';
import { gapOf, lookAtXero } from '../connector/look.ts';
import { People } from '../connector/people.ts';
import type { SyncSurroundings } from '../connector/sync.ts';
import type { Options } from './options.ts';
import type { Held } from './surroundings.ts';
import { chooseGoverned, openReach, type CommandReach } from './xero-reach.ts';

/** What a sync works with; `onXero` is told after each read whether it was whole. */
export function syncParts(
  options: Options,
  surroundings: Held,
  folder: string,
  onXero: (outcome: 'readable' | 'unreadable') => void,
): SyncSurroundings & Pick<CommandReach, 'keeper'> {
  const { clock, random, log, writer, progress } = surroundings;
  const reach = openReach(options, surroundings);
  let governed: Governed | undefined;
  const people = new People();
  return {
    clock,
    random,
    log,
    writer,
    folder,
    keeper: reach.keeper,
    onState: (state) => {
      log.debug('sync.state', { kind: state.kind });
      progress.show(state);
    },
    onUploaded: () => undefined,
    look: async (signal) => {
      const looked = await look(signal);
      onXero(looked.ok && gapOf(looked.value.look) === null ? 'readable' : 'unreadable');
      return looked;
    },
  };

  async function look(signal: AbortSignal): ReturnType<SyncSurroundings['look']> {
    if (governed === undefined) {
      const chosen = await chooseGoverned(options.organisations, reach, signal);
      if (!chosen.ok) return chosen;
      governed = chosen.value;
    }
    const looked = await lookAtXero(
      {
        reaches: [reach],
        purpose: 'c1',
        now: clock.now(),
        governed,
        people,
        onProgress: (done, of) => {
          log.debug('xero.reading', { done, of });
          progress.show({ kind: 'reading', done, of, for: 'c1' });
        },
        onUnlisted: (_signInId, { code }) => log.warn('xero.unlisted', { code }),
      },
      signal,
    );
    if (!looked.ok) return looked;
    // Practices can't be governed: their connections are skipped, and that is said (xero.md §2).
    for (const leftOut of looked.value.leftOut.values()) {
      if (leftOut > 0) log.warn('xero.leftOut', { connections: leftOut });
    }
    const organisations = looked.value.read;
    governed = learnFrom(organisations, governed);
    const { accountId } = options;
    const legacyOrganisationId = legacyId(options.legacyOrganisation, organisations);
    const read = { organisations, options: { accountId, legacyOrganisationId } };
    return succeed({ look: looked.value, read });
  }
}

/** `--legacy-ids` names the organisation by name or id. */
function legacyId(
  wanted: string | null,
  read: readonly { readonly organisation: { readonly id: string; readonly name: string } }[],
): string | null {
  if (wanted === null) return null;
  const name = wanted.toLowerCase();
  const found = read.find(
    ({ organisation }) =>
      organisation.id.toLowerCase() === name || organisation.name.toLowerCase() === name,
  );
  return found?.organisation.id ?? wanted;
}
