import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { produceFiles } from './produce-files.ts';
import { produceMessages } from './produce-messages.ts';

/** `tsx produce.ts <folder>`: what the core would send and write, for the Go tests to judge. */
const [, , folder] = process.argv;
if (folder === undefined) throw new Error('produce.ts needs the folder to write to');

const intended = await produceFiles(folder);
await produceMessages(join(folder, 'messages'));
await writeFile(join(folder, 'intended.json'), JSON.stringify(intended));
