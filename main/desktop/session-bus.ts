import { connect } from 'node:net';

/** So long the bus may take: it answers at once, or not at all. */
const PATIENCE_MS = 2000;
const METHOD_RETURN = 2;
/** Of a message's header: all that comes before the array of fields. */
const FIXED = 16;

/**
 * Asks the session's D-Bus whether a name has an owner; null where the bus doesn't say. Two calls, by
 * the D-Bus specification ("Message Protocol", "Authentication Protocol"): `Hello`, then the question.
 * @param address as in DBUS_SESSION_BUS_ADDRESS
 */
export function hasOwner(address: string, name: string, uid: number): Promise<boolean | null> {
  const path = socketPath(address);
  if (path === null) return Promise.resolve(null);
  return new Promise((resolve) => {
    const socket = connect(path);
    const end = (answer: boolean | null): void => {
      socket.destroy();
      resolve(answer);
    };
    let received = Buffer.alloc(0);
    let authenticated = false;
    socket.setTimeout(PATIENCE_MS, () => end(null));
    socket.on('error', () => end(null));
    socket.on('connect', () => {
      const identity = Buffer.from(String(uid)).toString('hex');
      socket.write(`\0AUTH EXTERNAL ${identity}\r\n`);
    });
    socket.on('data', (data) => {
      received = Buffer.concat([received, data]);
      if (!authenticated) {
        const line = received.indexOf('\r\n');
        if (line < 0) return;
        if (!received.subarray(0, line).toString().startsWith('OK ')) return end(null);
        received = received.subarray(line + 2);
        authenticated = true;
        socket.write(Buffer.concat([Buffer.from('BEGIN\r\n'), call(1, 'Hello')]));
        socket.write(call(2, 'NameHasOwner', name));
      }
      // The first answer is to the greeting.
      const [, answer] = returns(received);
      if (answer !== undefined) end(answer.length >= 4 ? answer.readUInt32LE() === 1 : null);
    });
  });
}

/** A file's path, or a name in Linux's abstract space, which begins with a zero byte. */
export function socketPath(address: string): string | null {
  for (const way of address.split(';')) {
    const [, kind, path] = /^unix:(?:[^,]*,)*(path|abstract)=([^,]+)/.exec(way) ?? [];
    if (path !== undefined) return `${kind === 'abstract' ? '\0' : ''}${decodeURIComponent(path)}`;
  }
  return null;
}

/** A call to the bus itself, with one text or nothing as its argument. */
function call(serial: number, member: string, argument?: string): Buffer {
  const body = argument === undefined ? Buffer.alloc(0) : text(argument);
  const fields = [
    field(1, 'o', text('/org/freedesktop/DBus')),
    field(6, 's', text('org.freedesktop.DBus')),
    field(2, 's', text('org.freedesktop.DBus')),
    field(3, 's', text(member)),
    ...(argument === undefined ? [] : [field(8, 'g', signature('s'))]),
  ];
  const array = fields.reduce((all, each) => Buffer.concat([padded(all), each]), Buffer.alloc(0));
  const head = Buffer.alloc(FIXED);
  head.write('l');
  head.writeUInt8(1, 1);
  head.writeUInt8(1, 3);
  head.writeUInt32LE(body.length, 4);
  head.writeUInt32LE(serial, 8);
  head.writeUInt32LE(array.length, 12);
  return Buffer.concat([padded(Buffer.concat([head, array])), body]);
}

function field(code: number, type: string, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from([code]), signature(type), value]);
}

function signature(type: string): Buffer {
  return Buffer.concat([Buffer.from([type.length]), Buffer.from(`${type}\0`)]);
}

function text(value: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(Buffer.byteLength(value));
  return Buffer.concat([length, Buffer.from(`${value}\0`)]);
}

/** Up to the next multiple of eight, where the next part of a message begins. */
function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 7)]);
}

/** The bodies of the answers that have come whole; what else the bus says is passed over. */
function returns(received: Buffer): readonly Buffer[] {
  const bodies: Buffer[] = [];
  for (let at = 0; at + FIXED <= received.length;) {
    const bodyLength = received.readUInt32LE(at + 4);
    const fields = received.readUInt32LE(at + 12);
    const begin = at + FIXED + fields + (-fields & 7);
    const end = begin + bodyLength;
    if (end > received.length) break;
    if (received[at + 1] === METHOD_RETURN) bodies.push(received.subarray(begin, end));
    at = end;
  }
  return bodies;
}
