import { fail, succeed, type Result } from '../../shared/errors.ts';
import type { DiagnosticFile } from '../../shared/diagnostics.ts';
import { say } from '../../shared/language/say.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import type { Clock, LogFile, SaveDialog } from '../ports.ts';
import { writePrivately } from '../store/private-export.ts';
import type { HistoryLog } from './history.ts';
import { diagnosticsOf } from './diagnostics.ts';

/** So many of the log's last lines tell what led to a trouble. */
const LINES = 400;

interface BundleSurroundings {
  readonly snapshot: () => Snapshot;
  readonly clock: Clock;
  readonly logFile: LogFile;
  readonly saveDialog: SaveDialog;
  readonly history: HistoryLog;
}

/** What support gets: shown line by line first, then saved where the admin says. */
export class DiagnosticsBundle {
  readonly #surroundings: BundleSurroundings;
  /** What was shown is what is saved, whatever was logged since. */
  #shown: readonly DiagnosticFile[] | null = null;

  constructor(surroundings: BundleSurroundings) {
    this.#surroundings = surroundings;
  }

  async preview(): Promise<Result<readonly DiagnosticFile[]>> {
    const { snapshot, clock, logFile } = this.#surroundings;
    this.#shown = diagnosticsOf(snapshot(), await logFile.lastLines(LINES), clock.now());
    return succeed(this.#shown);
  }

  /** Resolves with whether it was saved; the admin may close the dialog. Fails when the disk does. */
  async save(): Promise<Result<boolean>> {
    const files = this.#shown;
    if (files === null) return fail(notShown);
    const path = await this.#surroundings.saveDialog.pick({
      title: say('diagnosticsBundle.saveTheDiagnostics'),
      name: `c1-xero-diagnostics-${day(this.#surroundings.clock.now())}.zip`,
      kind: 'zip',
    });
    if (path === null) return succeed(false);
    const written = await writePrivately(path, [await zipped(files)]);
    if (!written.ok) return written;
    this.#surroundings.history.record({ kind: 'export', what: 'diagnostics' });
    return succeed(true);
  }
}

async function zipped(files: readonly DiagnosticFile[]): Promise<Uint8Array> {
  const { strToU8, zipSync } = await import('fflate');
  return zipSync(
    Object.fromEntries(
      files.map(({ name, lines }) => [name, strToU8(lines.map((line) => `${line}\n`).join(''))]),
    ),
  );
}

function day(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

const notShown = {
  code: 'usage',
  message: say('diagnosticsBundle.lookAtTheDiagnosticsFirst'),
  next: 'tryAgain',
} as const;
