import { z } from 'zod';
import type { FetchAnswer, FetchRequest } from '../ports.ts';

/** In bytes; Xero's own answers have a few thousand. */
const LARGEST = 1024 * 1024;
/** Statuses that have no body (Fetch standard §2.2.3). */
const BODILESS: readonly number[] = [204, 205, 304];

const Chunk = z.instanceof(Uint8Array);
const Granted = z.record(z.string(), z.unknown());

/**
 * The identity server's answer as the OpenID client is given it: whole, not larger than it can be (else
 * empty), and of granted tokens no more than is used. What the client would find odd in the rest, an id
 * token or a lifetime, mustn't cost a refresh token that Xero has given already. Rejects when the line breaks.
 */
export async function readIdentityAnswer(
  response: FetchAnswer,
  request: FetchRequest['body'],
): Promise<Response> {
  const { status, headers } = response;
  const text = await textOf(response);
  const grant = request instanceof URLSearchParams ? request.get('grant_type') : null;
  const body = status === 200 && grant !== null ? usedOf(text, grant) : text;
  return new Response(BODILESS.includes(status) ? null : body, {
    status,
    headers: Object.fromEntries(headers),
  });
}

async function textOf({ body }: FetchAnswer): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    const piece = Chunk.parse(chunk);
    bytes += piece.byteLength;
    if (bytes > LARGEST) return '';
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function usedOf(text: string, grant: string): string {
  const granted = Granted.safeParse(parseJson(text));
  if (!granted.success) return text;
  const { access_token, token_type, refresh_token, expires_in, id_token } = granted.data;
  const seconds = Number(expires_in);
  return JSON.stringify({
    access_token,
    token_type,
    refresh_token: refresh_token ?? undefined,
    expires_in: Number.isFinite(seconds) && seconds > 0 ? seconds : undefined,
    // It says who signed in, and is asked for nothing later.
    id_token: grant === 'authorization_code' ? id_token : undefined,
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
