import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

/** The file that the build keeps the catalog in (electron.vite.config.ts). */
const WORDS = /\/words-[\w-]+\.js$/;

const NONCE = 'c2NyZWVucw';

/** The policy that the app's own scheme sends (desktop.md §1), so that the pictures prove it suffices. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' 'nonce-${NONCE}'`,
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface ServedWindow {
  readonly address: string;
  readonly close: () => Promise<void>;
}

/** Serves a built renderer on loopback, with the window's content policy; with other words, where they are given. */
export async function serveWindow(
  folder: string,
  words?: Readonly<Record<string, string>>,
): Promise<ServedWindow> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = normalize(join(folder, pathname === '/' ? 'index.html' : pathname));
    if (!path.startsWith(folder + sep)) {
      response.writeHead(404).end();
      return;
    }
    readFile(path).then(
      (body) => {
        response.setHeader('Content-Security-Policy', POLICY);
        response.setHeader('Content-Type', TYPES[extname(path)] ?? 'application/octet-stream');
        response.end(asServed(path, body, words));
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    address: `http://127.0.0.1:${portOf(server.address())}/`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

function asServed(
  path: string,
  body: Buffer,
  words: Readonly<Record<string, string>> | undefined,
): string | Buffer {
  if (path.endsWith('.html')) return body.toString('utf8').replaceAll('__CSP_NONCE__', NONCE);
  if (words === undefined || !WORDS.test(path)) return body;
  const script = body.toString('utf8');
  return script.slice(0, script.indexOf('{')) + JSON.stringify(words) + script.slice(endOf(script));
}

/** Where the object of the texts ends: what follows it is the export. */
function endOf(script: string): number {
  const end = script.lastIndexOf('}', script.lastIndexOf('export'));
  if (end < 0) throw new Error('The file of words holds none');
  return end + 1;
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return address.port;
}
