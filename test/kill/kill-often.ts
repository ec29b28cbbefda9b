/** Kills so often, and says how far it is; null of a try is one that ended before it could be killed. */
export async function killOften<Kill>(
  wanted: number,
  kill: () => Promise<Kill | null>,
): Promise<{ readonly kills: readonly Kill[]; readonly endedBefore: number }> {
  const kills: Kill[] = [];
  let endedBefore = 0;
  while (kills.length < wanted) {
    const killed = await kill();
    if (killed === null) endedBefore += 1;
    else kills.push(killed);
    if (killed !== null && kills.length % 25 === 0) console.log(`${kills.length} of ${wanted}`);
  }
  return { kills, endedBefore };
}
