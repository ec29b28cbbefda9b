/** SQLite's numbers of several lengths: seven bits a byte, the most significant first (fileformat2.html §1.6). */

/** How many bytes a whole number takes, from 0 to below 2^49. */
export function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes += 1;
  return bytes;
}

/** Writes the number and returns where it ends. */
export function writeVarint(buffer: Buffer, value: number, at: number): number {
  const end = at + varintBytes(value);
  let rest = value;
  for (let place = end - 1; place >= at; place -= 1) {
    buffer[place] = (rest % 0x80) | (place === end - 1 ? 0 : 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return end;
}
