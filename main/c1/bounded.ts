import { z } from 'zod';
import type { FetchAnswer } from '../ports.ts';

const Chunk = z.instanceof(Uint8Array);

/** Reads a body as text, or nothing of it when it is longer than `most` bytes: anything may have answered. */
export async function readBounded(
  { body }: Pick<FetchAnswer, 'body'>,
  most: number,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body ?? []) {
    const chunk = Chunk.parse(piece);
    length += chunk.byteLength;
    if (length > most) return '';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
