// Transport over a web socket: one JSON text per message, on the page's end and on the host's.
import { createInbox, type Transport } from './transport';

interface SocketEvent {
  readonly data?: unknown;
}

/** The common part of the page's `WebSocket` and the host's. */
export interface SocketLike {
  readonly readyState: number;
  send(text: string): void;
  close(code?: number): void;
  addEventListener(type: 'open' | 'message' | 'close' | 'error', listener: (event: SocketEvent) => void): void;
}

const open = 1;
/** Close code of the web socket protocol for a message that is not understood. */
const unsupportedData = 1003;

/** Takes over a socket, open or still connecting: what is sent early is sent on opening. */
export function overWebSocket(socket: SocketLike): Transport {
  const inbox = createInbox();
  const early: string[] = [];
  socket.addEventListener('open', () => {
    for (const text of early.splice(0)) socket.send(text);
  });
  socket.addEventListener('message', (event) => {
    let message: unknown;
    try {
      message = JSON.parse(String(event.data));
    } catch {
      socket.close(unsupportedData);
      return;
    }
    inbox.deliver(message);
  });
  socket.addEventListener('close', inbox.closed);
  socket.addEventListener('error', inbox.closed);
  return {
    send(message) {
      const text = JSON.stringify(message);
      if (socket.readyState === open) socket.send(text);
      else if (socket.readyState < open) early.push(text);
    },
    receive: inbox.receive,
    onClose: inbox.onClose,
    close() {
      socket.close();
      inbox.closed();
    },
  };
}
