// Servers that speak as much of a database's protocol as a read needs, and hang up after so many bytes: real ones cannot be stopped to the byte.
import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface CutServer {
  readonly port: number;
  /** Bytes of all that was sent. */
  readonly sent: () => number;
}

export type Ending = 'close' | 'silence';

export type CutServers = (rows: readonly string[], mostBytes: number, then: Ending) => Promise<CutServer>;

/** Lets no more than `most` bytes through, then closes, or says nothing more. */
function budget(most: number, then: Ending): { readonly limit: (socket: Socket) => void; readonly sent: () => number } {
  let sent = 0;
  return {
    sent: () => sent,
    limit(socket) {
      const write = socket.write.bind(socket) as (bytes: Buffer) => boolean;
      socket.write = ((bytes: Buffer) => {
        const part = bytes.subarray(0, Math.max(0, most - sent));
        sent += part.length;
        const went = part.length > 0 ? write(part) : true;
        if (then === 'close' && sent >= most) socket.end();
        return went;
      }) as Socket['write'];
    },
  };
}

async function listening(onSocket: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
    onSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as { readonly port: number }).port;
}

const int16 = (value: number): Buffer => Buffer.from([(value >> 8) & 255, value & 255]);
const int32 = (value: number): Buffer => Buffer.concat([int16(value >> 16), int16(value)]);
const text = (value: string): Buffer => Buffer.from(`${value}\0`);
const message = (kind: string, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(kind), int32(body.length + 4), body]);
};
const oid = { text: 25 };
const described = (names: readonly string[]): Buffer =>
  message('T', int16(names.length), ...names.map((name) => Buffer.concat([text(name), int32(0), int16(0), int32(oid.text), int16(-1), int32(-1), int16(0)])));
const row = (...cells: readonly string[]): Buffer =>
  message('D', int16(cells.length), ...cells.map((cell) => Buffer.concat([int32(Buffer.byteLength(cell)), Buffer.from(cell)])));
const complete = (tag: string): Buffer => message('C', text(tag));
const ready = message('Z', Buffer.from('T'));

/** Protocol 3.0 (PostgreSQL's manual, 55.2): start, simple and extended queries. */
export const postgresql: CutServers = async (rows, most, then) => {
  const { limit, sent } = budget(most, then);
  const port = await listening((socket) => {
    limit(socket);
    let started = false;
    let pending = Buffer.alloc(0);
    socket.on('data', (bytes) => {
      pending = Buffer.concat([pending, bytes]);
      for (;;) {
        const head = started ? 1 : 0;
        if (pending.length < head + 4) return;
        const length = pending.readUInt32BE(head);
        if (pending.length < head + length) return;
        const kind = started ? String.fromCharCode(pending[0] as number) : 'startup';
        const body = pending.subarray(head + 4, head + length).toString();
        pending = pending.subarray(head + length);
        started = true;
        for (const part of answers(kind, body)) socket.write(part);
        if (kind === 'X') socket.end();
      }
    });
  });
  function answers(kind: string, body: string): readonly Buffer[] {
    if (kind === 'startup') return [message('R', int32(0)), message('S', text('server_encoding'), text('UTF8')), message('K', int32(7), int32(8)), ready];
    if (kind === 'Q' && body.startsWith('SELECT')) return [described(['version', 'process']), row('15.4', '7'), complete('SELECT 1'), ready];
    if (kind === 'Q') return [...body.split(';').map((statement) => complete(statement.trim().split(' ')[0] as string)), ready];
    if (kind === 'P') return [message('1')];
    if (kind === 'B') return [message('2')];
    if (kind === 'D') return [described(['name'])];
    if (kind === 'E') return [...rows.map((name) => row(name)), complete(`SELECT ${rows.length}`)];
    if (kind === 'C') return [message('3')];
    return kind === 'S' ? [ready] : [];
  }
  return { port, sent };
};

const string = (value: string): Buffer => Buffer.concat([Buffer.from([Buffer.byteLength(value)]), Buffer.from(value)]);
const zeros = (count: number): Buffer => Buffer.alloc(count);
/** Protocol 4.1, user and password by the server's word, no TLS. */
const capabilities = 0x0000_0001 | 0x0000_0008 | 0x0000_0200 | 0x0000_8000 | 0x0008_0000;
const greeting = Buffer.concat([
  Buffer.from([10]),
  text('8.0.36'),
  Buffer.from([7, 0, 0, 0]),
  Buffer.alloc(8, 'a'),
  Buffer.from([0, capabilities & 255, (capabilities >> 8) & 255, 45, 2, 0, (capabilities >> 16) & 255, 0, 21]),
  zeros(10),
  Buffer.alloc(12, 'b'),
  zeros(1),
  text('mysql_native_password'),
]);
const ok = Buffer.from([0, 0, 0, 2, 0, 0, 0]);
const endOfRows = Buffer.from([0xfe, 0, 0, 2, 0]);
const column = Buffer.concat([
  string('def'),
  string(''),
  string('t'),
  string('t'),
  string('name'),
  string('name'),
  Buffer.from([12, 45, 0, 255, 0, 0, 0, 253, 0, 0, 0, 0, 0]),
]);

/** Client/server protocol 4.1 (MySQL's internals manual): greeting, text queries. */
export const mysql: CutServers = async (rows, most, then) => {
  const { limit, sent } = budget(most, then);
  const port = await listening((socket) => {
    limit(socket);
    const say = (first: number, ...packets: readonly Buffer[]): void => {
      for (const [at, packet] of packets.entries()) {
        const head = Buffer.from([0, 0, 0, first + at]);
        head.writeUIntLE(packet.length, 0, 3);
        socket.write(Buffer.concat([head, packet]));
      }
    };
    say(0, greeting);
    let isIn = false;
    let pending = Buffer.alloc(0);
    socket.on('data', (bytes) => {
      pending = Buffer.concat([pending, bytes]);
      while (pending.length >= 4 && pending.length >= pending.readUIntLE(0, 3) + 4) {
        const body = pending.subarray(4, pending.readUIntLE(0, 3) + 4);
        pending = pending.subarray(body.length + 4);
        const sql = body.subarray(1).toString();
        if (!isIn) say(2, ok);
        else if (body[0] === 1) socket.end();
        else if (!/^SELECT/i.test(sql)) say(1, ok);
        else {
          const cells = sql.includes('version()') ? ['8.0.36'] : rows;
          say(1, Buffer.from([1]), column, endOfRows, ...cells.map(string), endOfRows);
        }
        isIn = true;
      }
    });
  });
  return { port, sent };
};
