import { readdir, readFile } from 'node:fs/promises';

/** What a program and all that it started take, as Linux tells it. */

/** Clock ticks a second, in which processor time is told: 100 on every Linux that Electron runs on. */
const TICKS = 100;

/** A process and its descendants. */
export async function familyOf(root: number): Promise<readonly number[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const stats = await Promise.all(ids.map(async (id) => ({ id, parent: await parentOf(id) })));
  const family = [root];
  for (const member of family)
    family.push(...stats.filter(({ parent }) => parent === member).map(({ id }) => id));
  return family;
}

/** Memory in bytes: what is shared between processes counts once, in parts (PSS). */
export async function memoryOf(root: number): Promise<number> {
  const texts = await Promise.all((await familyOf(root)).map((id) => read(id, 'smaps_rollup')));
  const kilobytes = texts.map((text) => Number(/^Pss: +(\d+)/m.exec(text)?.[1] ?? 0));
  return 1024 * kilobytes.reduce((sum, each) => sum + each, 0);
}

/** Processor time so far, in milliseconds. */
export async function processorTimeOf(root: number): Promise<number> {
  const texts = await Promise.all((await familyOf(root)).map((id) => read(id, 'stat')));
  const ticks = texts.map((text) => {
    const fields = afterName(text);
    return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  });
  return (1000 / TICKS) * ticks.reduce((sum, each) => sum + each, 0);
}

async function parentOf(id: number): Promise<number> {
  return Number(afterName(await read(id, 'stat'))[1] ?? 0);
}

/** The fields of `stat` from the third on; the second, a name in brackets, may hold anything. */
function afterName(stat: string): readonly string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Nothing for a process that has ended meanwhile. */
function read(id: number, file: string): Promise<string> {
  return readFile(`/proc/${id}/${file}`, 'utf8').catch(() => '');
}
