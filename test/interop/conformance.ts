import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import { z } from 'zod';
import { ROOT } from '../../scripts/runtime.mjs';

/**
 * `tsx conformance.ts check|write`: makes docs/conformance.md of what the tests noted. It fails
 * when a rule broke, has no result, or (with `check`) when the committed table says otherwise.
 */
const Rules = z.array(z.object({ id: z.string(), source: z.string(), text: z.string() }));
const Verdicts = z.array(
  z.object({
    rule: z.string(),
    judge: z.enum(['validators', 'client', 'stubs']),
    passed: z.boolean(),
  }),
);
const RESULTS = join(ROOT, 'test/results/conformance');
const TABLE = join(ROOT, 'docs/conformance.md');
const JUDGES = ['validators', 'client', 'stubs'] as const;
const HEAD = `# Conformance

Made by \`npm run conformance\` of what the tests in \`test/interop\` found; not edited by hand.
Sources without a name are sections of the protocol's description. A dash: not this judge's matter.

| Rule | What | Source | Official validators and readers | Official client or stub, our C1 | Our client, C1 on the official stubs |
| --- | --- | --- | --- | --- | --- |
`;

async function read<S extends z.ZodType>(shape: S, path: string): Promise<z.infer<S>> {
  return shape.parse(JSON.parse(await readFile(path, 'utf8')));
}

const rules = await read(Rules, join(ROOT, 'test/interop/rules.json'));
const files = await readdir(RESULTS);
const verdicts = (
  await Promise.all(files.map((file) => read(Verdicts, join(RESULTS, file))))
).flat();
const problems: string[] = [];
const lines = rules.map(({ id, text, source }) => {
  const cells = JUDGES.map((judge) => {
    const own = verdicts.filter((one) => one.rule === id && one.judge === judge);
    if (own.length === 0) return '–';
    return own.every(({ passed }) => passed) ? '✓' : '✗';
  });
  if (cells.every((cell) => cell === '–')) problems.push(`Nobody judged ${id}.`);
  if (cells.includes('✗')) problems.push(`${id} is broken: ${text}.`);
  return `| ${id} | ${text} | ${source} | ${cells.join(' | ')} |\n`;
});
const table = await format(HEAD + lines.join(''), { parser: 'markdown' });
if (process.argv[2] === 'write') await writeFile(TABLE, table);
else if ((await readFile(TABLE, 'utf8')) !== table) {
  problems.push('docs/conformance.md says otherwise than the tests: run npm run conformance.');
}
for (const problem of problems) console.log(problem);
console.log(`${rules.length} rules, ${problems.length} problems`);
if (problems.length > 0) process.exitCode = 1;
