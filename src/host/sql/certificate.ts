// What certificate a database shows: as far into its protocol as TLS begins, and no further.
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Dialect, SqlAccess } from '../../core/source/sql';
import { type ShownCertificate, shownOf } from '../http/certificate';

const answerMs = 10_000;

/** PostgreSQL: length and code of `SSLRequest` (protocol 3.0, 55.7). */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** MySQL: the packet `SSLRequest`: length 32, number 1, capabilities (protocol 4.1, TLS, secure connection), largest packet, character set, zeros. */
function mysqlSslRequest(): Buffer {
  const packet = Buffer.alloc(36);
  packet.writeUIntLE(32, 0, 3);
  packet[3] = 1;
  packet.writeUInt32LE(0x0000_0200 | 0x0000_0800 | 0x0000_8000, 4);
  packet.writeUInt32LE(1 << 24, 8);
  packet[12] = 45;
  return packet;
}

/** Calls back when the server is ready to shake hands. */
const toTls: Readonly<Record<Dialect, (socket: Socket, ready: () => void) => void>> = {
  postgresql: (socket, ready) => {
    socket.once('data', (answer) => (answer[0] === 'S'.charCodeAt(0) ? ready() : socket.destroy()));
    socket.write(sslRequest);
  },
  mysql: (socket, ready) => {
    socket.once('data', () => {
      socket.write(mysqlSslRequest());
      ready();
    });
  },
};

/** Shakes hands and leaves; no name and no password is sent. Null where nothing is shown. */
export function databaseCertificate({ dialect, host, port }: SqlAccess): Promise<ShownCertificate | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: answerMs });
    const end = (shown: ShownCertificate | null): void => {
      socket.destroy();
      resolve(shown);
    };
    socket.once('error', () => end(null));
    socket.once('timeout', () => end(null));
    socket.once('close', () => end(null));
    socket.once('connect', () =>
      toTls[dialect](socket, () => {
        const secure = connectTls({ socket, servername: /^[\d.:]+$/.test(host) ? '' : host, rejectUnauthorized: false });
        secure.once('secureConnect', () => end(shownOf(secure.getPeerCertificate(true))));
        secure.once('error', () => end(null));
      }),
    );
  });
}
