import { gapOf } from '../connector/look.ts';
import type { SyncSurroundings } from '../connector/sync.ts';
import type { Held } from './surroundings.ts';
import type { XeroLooks } from './xero-looks.ts';

/** What a sync works with; `onXero` is told after each read whether it was whole. */
export function syncParts(
  looks: XeroLooks,
  { clock, random, log, writer, progress }: Held,
  folder: string,
  onXero: (outcome: 'readable' | 'unreadable') => void,
): SyncSurroundings {
  return {
    clock,
    random,
    log,
    writer,
    folder,
    onState: (state) => {
      log.debug('sync.state', { kind: state.kind });
      progress.show(state);
    },
    onUploaded: () => undefined,
    look: async (signal) => {
      const looked = await looks.whole(signal);
      onXero(looked.ok && gapOf(looked.value.look) === null ? 'readable' : 'unreadable');
      return looked;
    },
  };
}
