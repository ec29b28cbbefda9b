import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

/** The window's own origin: bundled files, never a remote page (desktop.md §1). */
export const APP_ORIGIN = 'app://window';
export const APP_PAGE = `${APP_ORIGIN}/index.html`;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** A file of `folder`, with a strict policy and, in a page, a nonce that is fresh each time. */
export async function answerWindowRequest(address: string, folder: string): Promise<Response> {
  const path = fileOf(address, folder);
  const body = path === null ? null : await readFile(path).catch(() => null);
  // Node's own, which Electron reads: by its bare name the bundle has another (main/plain-http.ts).
  if (path === null || body === null) return new globalThis.Response(null, { status: 404 });
  const nonce = randomBytes(16).toString('base64');
  const isPage = path.endsWith('.html');
  return new globalThis.Response(
    isPage ? body.toString('utf8').replaceAll('__CSP_NONCE__', nonce) : body,
    {
      headers: {
        'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream',
        'Content-Security-Policy': policy(nonce),
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'no-store',
      },
    },
  );
}

/** The file behind an address of ours, or null when it lies outside the folder. */
export function fileOf(address: string, folder: string): string | null {
  const url = URL.parse(address);
  if (url?.protocol !== 'app:' || url.host !== 'window') return null;
  const path = join(folder, decoded(url.pathname) ?? '');
  return path.startsWith(folder + sep) ? path : null;
}

function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}

function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
