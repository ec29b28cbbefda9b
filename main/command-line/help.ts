import { FLAGS } from './flags.ts';

/** What `--help` prints. */
export function helpText(): string {
  const flags = Object.entries(FLAGS).map(([name, flag]) => {
    const short = 'short' in flag ? `-${flag.short}, ` : '    ';
    const idle = 'idle' in flag ? ' (no effect yet)' : '';
    return `  ${short}--${name.padEnd(27)}${flag.env.padEnd(33)}${flag.help}${idle}`;
  });
  return `c1-xero – serves who has access to Xero to C1, without a window

Usage: c1-xero [command] [flags]

Commands:
  sync    reads Xero once and writes a .c1z file; C1 isn't needed
  serve   says hello to C1, then works on its tasks until stopped
  check   asks C1 and Xero for a token each, and says whom they know
  (none)  serve when BATON_CLIENT_ID is set, else sync

Flags, each with its environment variable:
${flags.join('\n')}
      --json                       results as JSON
  -h, --help                       this text
      --version                    the version

Exit codes: 0 done, 2 usage, 14 unreachable, 16 a credential was rejected, 1 anything else
`;
}
