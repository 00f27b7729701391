// Transport over a message port: a page's, a worker thread's or Electron's, which differ only in how they are listened to.
import { createInbox, type Transport } from './transport';

interface EventLike {
  readonly data?: unknown;
}
type Listener = (event: EventLike) => void;

/** The common part of `MessagePort` (page and worker threads) and `MessagePortMain` (Electron). */
export interface PortLike {
  postMessage(message: unknown): void;
  close(): void;
  start?(): void;
  addEventListener?(type: string, listener: Listener): void;
  on?(type: string, listener: Listener): unknown;
}

/** A port cannot tell that the other process died, and not every port tells of a close: this word is sent first. */
const goodbye = 'diptych:close';

/** Takes over a port. Closing it tells the other end. */
export function overMessagePort(port: PortLike): Transport {
  const inbox = createInbox();
  const onMessage: Listener = (event) => {
    if (event.data === goodbye) inbox.closed();
    else inbox.deliver(event.data);
  };
  if (port.addEventListener) {
    port.addEventListener('message', onMessage);
    port.addEventListener('close', inbox.closed);
  } else {
    port.on?.('message', onMessage);
    port.on?.('close', inbox.closed);
  }
  port.start?.();
  return {
    send: (message) => port.postMessage(message),
    receive: inbox.receive,
    onClose: inbox.onClose,
    close() {
      port.postMessage(goodbye);
      // The word must leave before the port does.
      setTimeout(() => port.close(), 0);
      inbox.closed();
    },
  };
}
