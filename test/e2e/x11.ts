import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A window as the screen's server knows it: what anybody sees, without the help of the program that it belongs to. */
export interface ShownWindow {
  readonly width: number;
  readonly height: number;
}

/** The window of this title that is on the screen, if there is one; programs have hidden ones of the same title too. */
export async function findWindow(title: string): Promise<ShownWindow | undefined> {
  const { stdout } = await run('xwininfo', ['-root', '-tree']);
  const titled = stdout.split('\n').filter((line) => line.includes(`"${title}"`));
  for (const id of titled.flatMap((line) => /0x[0-9a-f]+/.exec(line) ?? [])) {
    // It may have gone meanwhile.
    const facts = await run('xwininfo', ['-id', id]).catch(() => ({ stdout: '' }));
    if (!facts.stdout.includes('Map State: IsViewable')) continue;
    const fact = (name: string) => Number(new RegExp(`${name}: +(\\d+)`).exec(facts.stdout)?.[1]);
    return { width: fact('Width'), height: fact('Height') };
  }
  return undefined;
}

/** How many colours the screen shows: an empty page has a few, a page with text and pictures hundreds. */
export async function coloursOnScreen(): Promise<number> {
  const display = /:(\d+)/.exec(process.env['DISPLAY'] ?? '')?.[1];
  if (display === undefined) throw new Error('There is no X display');
  const socket = createConnection(`/tmp/.X11-unix/X${display}`);
  try {
    socket.write(hello(await cookieOf(`:${display}`)));
    const welcome = await replyOf(socket, (head) => 8 + 4 * head.readUInt16LE(6));
    const screen = screenOf(welcome);
    socket.write(imageRequest(screen));
    const image = await replyOf(socket, (head) => 32 + 4 * head.readUInt32LE(4));
    const pixels = image.subarray(32, 32 + 4 * screen.width * screen.height);
    return new Set(new Uint32Array(new Uint8Array(pixels).buffer)).size;
  } finally {
    socket.destroy();
  }
}

/** The key that lets a program of this session in. */
async function cookieOf(display: string): Promise<Buffer> {
  const { stdout } = await run('xauth', ['list', display]);
  return Buffer.from(stdout.trim().split(/\s+/).at(-1) ?? '', 'hex');
}

/** Connection set-up (X Window System Protocol, chapter 8), little-endian. */
function hello(cookie: Buffer): Buffer {
  const method = Buffer.from('MIT-MAGIC-COOKIE-1');
  const head = Buffer.alloc(12);
  head.write('l');
  head.writeUInt16LE(11, 2);
  head.writeUInt16LE(method.length, 6);
  head.writeUInt16LE(cookie.length, 8);
  return Buffer.concat([head, method, Buffer.alloc(2), cookie]);
}

interface Screen extends ShownWindow {
  readonly root: number;
}

/** The first screen of the server's welcome: after the vendor's name and eight bytes for each picture format. */
function screenOf(welcome: Buffer): Screen {
  const vendor = Math.ceil(welcome.readUInt16LE(24) / 4) * 4;
  const at = 40 + vendor + 8 * welcome.readUInt8(29);
  return {
    root: welcome.readUInt32LE(at),
    width: welcome.readUInt16LE(at + 20),
    height: welcome.readUInt16LE(at + 22),
  };
}

/** GetImage of everything that is on the screen, four bytes a pixel. */
function imageRequest({ root, width, height }: Screen): Buffer {
  const request = Buffer.alloc(20);
  request.writeUInt8(73);
  request.writeUInt8(2, 1);
  request.writeUInt16LE(5, 2);
  request.writeUInt32LE(root, 4);
  request.writeUInt16LE(width, 12);
  request.writeUInt16LE(height, 14);
  request.writeUInt32LE(0xffffffff, 16);
  return request;
}

/** One answer of the server, whose first bytes tell its length. */
async function replyOf(socket: Socket, lengthOf: (head: Buffer) => number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (;;) {
    const [piece] = (await once(socket, 'data')) as [Buffer];
    pieces.push(piece);
    const all = Buffer.concat(pieces);
    if (all.length < 8) continue;
    if (all[0] !== 1) throw new Error('The X server refused');
    if (all.length >= lengthOf(all)) return all;
  }
}
