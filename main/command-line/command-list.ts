import type { Flag, OwnFlag } from './flags.ts';

export interface CommandFacts {
  readonly summary: string;
  /** What stands after the name, besides flags. */
  readonly words?: string;
  /** What it does, for `--help` of this command. */
  readonly about: string;
  readonly flags: readonly Flag[];
  readonly own?: readonly OwnFlag[];
  /** Whether there is a result that `--json` prints for a machine. */
  readonly json: boolean;
  readonly examples: readonly string[];
}

const XERO = [
  'xero-client-id',
  'xero-client-secret',
  'refresh-token',
  'token',
  'token-file',
  'org',
] as const satisfies Flag[];
const C1 = ['client-id', 'client-secret'] as const satisfies Flag[];
const IDS = ['account-id', 'legacy-ids'] as const satisfies Flag[];
const LOG = ['log-level', 'log-format'] as const satisfies Flag[];
const HEALTH_AT = ['health-check-port', 'health-check-bind-address'] as const satisfies Flag[];

/** Every command with what help says of it (product.md §6); `health-check` is the official client's. */
const COMMANDS = {
  sync: {
    summary: 'reads Xero once and writes a .c1z file; C1 isn’t needed',
    about:
      'Reads the governed organisations once and writes the file whole, or leaves an older one as it is.',
    flags: [...XERO, 'file', ...IDS, ...LOG],
    json: true,
    examples: ['c1-xero sync', 'c1-xero sync --org "Harbour Books" -f access.c1z --json'],
  },
  serve: {
    summary: 'says hello to C1, then works on its tasks until stopped',
    about:
      'Runs until SIGTERM or SIGINT; a running upload then has 30 seconds to end. A second signal ends it at once.',
    flags: [
      ...C1,
      ...XERO,
      ...IDS,
      'c1z-temp-dir',
      'state-dir',
      'provisioning',
      'provisioning-wait',
      'health-check',
      ...HEALTH_AT,
      ...LOG,
    ],
    json: true,
    examples: ['c1-xero serve --token-file /var/lib/c1-xero/xero-token.json --health-check'],
  },
  check: {
    summary: 'asks C1 and Xero for a token each, and says whom they know',
    about: 'Says no Hello, so that nothing is registered in C1, and reads no people from Xero.',
    flags: [...C1, ...XERO, ...LOG],
    json: true,
    examples: ['c1-xero check', 'c1-xero check --json'],
  },
  inspect: {
    summary: 'says what a .c1z file holds',
    words: '<file>',
    about: 'Reads the file, not the network. Counts alone: no names, no e-mail addresses.',
    flags: [],
    json: true,
    examples: ['c1-xero inspect sync.c1z', 'c1-xero inspect sync.c1z --json'],
  },
  compare: {
    summary: 'says what C1 would see change between two .c1z files',
    words: '<old> <new>',
    about:
      'Before a switch, from baton-xero for one: what keeps its id, gets a new one, comes and goes. Reads the files, not the network. Names the people whose access differs, on stdout alone.',
    flags: [],
    json: true,
    examples: ['c1-xero compare old.c1z sync.c1z', 'c1-xero compare old.c1z sync.c1z --json'],
  },
  capabilities: {
    summary: 'prints as JSON what C1 is told that this connector can do',
    about: 'In the shape of the official connectors’ command of the same name.',
    flags: ['provisioning'],
    json: true,
    examples: ['c1-xero capabilities', 'c1-xero capabilities --provisioning'],
  },
  k8s: {
    summary: 'prints Kubernetes manifests with empty places for the secrets',
    about:
      'The first lines say how to fill the Secret. No token of this computer is ever put there.',
    flags: [],
    own: ['namespace', 'image', 'app', 'secret', 'proxy'],
    json: false,
    examples: [
      'c1-xero k8s --image registry.example/c1-xero:0.1.0 > c1-xero.yaml',
      'c1-xero k8s --secret existing | kubectl apply -f -',
    ],
  },
  'health-check': {
    summary: 'asks a running serve --health-check how it is; exits 0 when well, else 1',
    about: 'For probes that run a command in the container.',
    flags: [...HEALTH_AT],
    own: ['endpoint', 'timeout'],
    json: false,
    examples: ['c1-xero health-check', 'c1-xero health-check --endpoint=ready'],
  },
} as const satisfies Record<string, CommandFacts>;

export type CommandName = keyof typeof COMMANDS;
export const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[];

export function factsOf(command: CommandName): CommandFacts {
  return COMMANDS[command];
}

export function isCommandName(word: string): word is CommandName {
  return Object.hasOwn(COMMANDS, word);
}
