import { parseArgs } from 'node:util';
import { fail, succeed, type Result } from '../../shared/errors.ts';

/** The flags of `npm run sandbox`, with the whole numbers each takes. */
const FLAGS = {
  seed: { least: 0, most: 2 ** 32 - 1 },
  orgs: { least: 1, most: 1000 },
  users: { least: 1, most: 1_000_000 },
  // The first of four ports in a row; 0 takes free ones.
  port: { least: 0, most: 65_532 },
  // How many seconds C1 waits for a request.
  'request-life': { least: 1, most: 86_400 },
} as const;
type Flag = keyof typeof FLAGS;

export type SandboxFlags = Partial<Record<Flag, number>>;

/** Reads the command line. The failure `usage` names the flag and what would be right. */
export function parseFlags(args: readonly string[]): Result<SandboxFlags> {
  const names = Object.keys(FLAGS);
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const flags: SandboxFlags = {};
  for (const token of tokens) {
    if (token.kind !== 'option' || !isFlag(token.name)) {
      const what = token.kind === 'option' ? token.rawName : args[token.index];
      return usage(`There is no flag ${what ?? ''}: use --${names.join(', --')}.`);
    }
    const { least, most } = FLAGS[token.name];
    const value = /^\d+$/.test(token.value ?? '') ? Number(token.value) : NaN;
    if (!(value >= least && value <= most)) {
      const given = token.value === undefined ? 'nothing' : `"${token.value}"`;
      return usage(
        `--${token.name} takes a whole number from ${least} to ${most}, and was given ${given}.`,
      );
    }
    flags[token.name] = value;
  }
  return succeed(flags);
}

function isFlag(name: string): name is Flag {
  return name in FLAGS;
}

function usage(message: string): Result<SandboxFlags> {
  return fail({ code: 'usage', message, next: 'tryAgain' });
}
