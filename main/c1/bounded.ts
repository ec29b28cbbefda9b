import { z } from 'zod';

const Chunk = z.instanceof(Uint8Array);

/** Reads a body as text, or nothing of it when it is longer than `most` bytes: anything may have answered. */
export async function readBounded(response: Response, most: number): Promise<string> {
  if (response.body === null) return '';
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body) {
    const chunk = Chunk.parse(piece);
    length += chunk.byteLength;
    if (length > most) return '';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
