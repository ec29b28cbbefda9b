import { lstat } from 'node:fs/promises';
import { join, parse } from 'node:path';

/** This name, or with the first number behind it that no file in the folder has: "data 2.csv". */
export async function freeName(folder: string, name: string): Promise<string> {
  const { name: stem, ext } = parse(name);
  for (let number = 1; ; number += 1) {
    const tried = number === 1 ? name : `${stem} ${number}${ext}`;
    if (!(await exists(join(folder, tried)))) return tried;
  }
}

async function exists(path: string): Promise<boolean> {
  // A folder that can't be read fails when the file is written, in words for the admin.
  return await lstat(path).then(
    () => true,
    () => false,
  );
}
