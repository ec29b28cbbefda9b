import { COMMAND_NAMES, factsOf, type CommandName } from './command-list.ts';
import { FLAGS, OWN_FLAGS, type Flag, type OwnFlag } from './flags.ts';

const EXIT_CODES =
  'Exit codes: 0 done, 2 usage, 14 unreachable, 16 a credential was rejected, 1 anything else';
const WIDEST = Math.max(...COMMAND_NAMES.map((name) => name.length));

/** What `--help` prints: of one command, or of all. */
export function helpText(command: CommandName | null): string {
  return command === null ? helpOfAll() : helpOf(command);
}

function helpOfAll(): string {
  const commands = COMMAND_NAMES.map((name) => line(name, factsOf(name).summary));
  return `c1-xero – serves who has access to Xero to C1, without a window

Usage: c1-xero [command] [flags]

Commands:
${commands.join('\n')}
${line('(none)', 'serve when BATON_CLIENT_ID is set, else sync')}

c1-xero help <command> says more of one.

Flags, each with its environment variable:
${(Object.keys(FLAGS) as Flag[]).map(flagLine).join('\n')}
${switches(true)}
      --version                    the version

${EXIT_CODES}
`;
}

function helpOf(command: CommandName): string {
  const { summary, words, about, flags, own = [], json, examples } = factsOf(command);
  const usage = ['c1-xero', command, words, '[flags]'].filter((each) => each !== undefined);
  return `c1-xero ${command} – ${summary}

Usage: ${usage.join(' ')}

${about}

Flags:
${[...own.map(ownLine), ...flags.map(flagLine), switches(json)].join('\n')}

Examples:
${examples.map((example) => `  ${example}`).join('\n')}

${EXIT_CODES}
`;
}

function line(name: string, what: string): string {
  return `  ${name.padEnd(WIDEST + 2)}${what}`;
}

function flagLine(name: Flag): string {
  const flag = FLAGS[name];
  const short = 'short' in flag ? `-${flag.short}, ` : '    ';
  return `  ${short}--${name.padEnd(27)}${flag.env.padEnd(33)}${flag.help}`;
}

function ownLine(name: OwnFlag): string {
  return `      --${name.padEnd(27)}${OWN_FLAGS[name]}`;
}

function switches(json: boolean): string {
  const result = json ? ['      --json                       results as JSON'] : [];
  return [...result, '  -h, --help                       this text'].join('\n');
}
