import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasOwner, socketPath } from '../../../main/desktop/session-bus.ts';

const WATCHER = 'org.kde.StatusNotifierWatcher';
let folder: string;
let server: Server | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bus-'));
});
afterEach(async () => {
  server?.close();
  server = undefined;
  await rm(folder, { recursive: true, force: true });
});

/** An answer as the bus writes it: no fields that matter here, and a body. */
function answer(body: Buffer): Buffer {
  const head = Buffer.alloc(16);
  head.write('l');
  head.writeUInt8(2, 1);
  head.writeUInt8(1, 3);
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}

/** A bus that heard `asked`, and answers the question so. */
async function bus(owned: number) {
  const heard: string[] = [];
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      const said = data.toString('latin1');
      heard.push(said);
      if (said.startsWith('\0AUTH')) socket.write('OK 1234\r\n');
      if (!said.includes('NameHasOwner')) return;
      const yes = Buffer.alloc(4);
      yes.writeUInt32LE(owned);
      const all = Buffer.concat([answer(Buffer.from('name')), answer(yes)]);
      // In two pieces, as a stream may bring it.
      socket.write(all.subarray(0, 21));
      setImmediate(() => socket.write(all.subarray(21)));
    });
  });
  const path = join(folder, 'bus');
  server.listen(path);
  await once(server, 'listening');
  return { address: `unix:path=${path},guid=1`, heard };
}

describe('the question for a name on the session’s bus', () => {
  it.each([
    [1, true],
    [0, false],
  ])('answered %d', async (owned, expected) => {
    const { address, heard } = await bus(owned);
    expect(await hasOwner(address, WATCHER, 1000)).toBe(expected);
    expect(heard[0]).toBe(`\0AUTH EXTERNAL ${Buffer.from('1000').toString('hex')}\r\n`);
    expect(heard.join('')).toContain(WATCHER);
  });

  it('has no answer where there is no bus', async () => {
    expect(await hasOwner(`unix:path=${join(folder, 'nothing')}`, WATCHER, 1000)).toBeNull();
    expect(await hasOwner('tcp:host=elsewhere', WATCHER, 1000)).toBeNull();
  });

  it('goes to a file, or into the abstract space', () => {
    expect(socketPath('unix:path=/run/user/1000/bus')).toBe('/run/user/1000/bus');
    expect(socketPath('unix:guid=1,abstract=/tmp/dbus-x,more=2')).toBe('\0/tmp/dbus-x');
    expect(socketPath('tcp:host=a;unix:path=/tmp/a%20b')).toBe('/tmp/a b');
  });
});
