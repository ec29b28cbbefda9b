import type { Result } from '../../shared/errors.ts';
import type { AppInfo } from '../../shared/snapshot.ts';
import type { Way } from '../../shared/ways.ts';
import type { HostFacts } from '../c1/hello.ts';
import type { AccessWriter } from '../c1z/writer.ts';
import type {
  Authorities,
  Browser,
  BrowserData,
  Clipboard,
  Clock,
  Endpoints,
  FileManager,
  ListedSecrets,
  Log,
  LogFile,
  Network,
  Notifier,
  Random,
  ReportPrinter,
  SaveDialog,
  StartAtLogin,
} from '../ports.ts';
import type { StartDesk } from './access-desks.ts';
import type { SettingsStore } from './settings.ts';

/** All that the desktop's connector asks of the shell around it. */
export interface ConnectorSurroundings {
  readonly app: AppInfo;
  readonly facts: HostFacts;
  /** The profile: sealed files and temporary ones lie here. */
  readonly folder: string;
  readonly endpoints: Endpoints;
  readonly network: Network;
  /** The way that connections to an address take. */
  readonly wayTo: (address: URL) => Promise<Way>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly secrets: ListedSecrets;
  readonly settings: SettingsStore;
  readonly browser: Browser;
  readonly clipboard: Clipboard;
  readonly notifier: Notifier;
  readonly startAtLogin: StartAtLogin;
  readonly logFile: LogFile;
  readonly browserData: BrowserData;
  /** Starts the app anew, as if it had just been installed. */
  readonly startAnew: () => void;
  /** Opens another app with made-up data. */
  readonly openSample: () => Promise<Result<void>>;
  readonly authorities: Authorities;
  readonly saveDialog: SaveDialog;
  readonly reportPrinter: ReportPrinter;
  readonly fileManager: FileManager;
  readonly writer: AccessWriter;
  /** Starts a process that answers for many people. */
  readonly startDesk: StartDesk;
  readonly redirectPorts: readonly number[];
  readonly newId: () => string;
}
