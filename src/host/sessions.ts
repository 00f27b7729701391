// All pages that are connected, and the sources that wait for one: what is handed over goes to the page opened last.
import type { SourceRef } from '../wire/host-api';
import type { Transport } from '../wire/transport';
import { type HostServices, openSession, type Session } from './session';

export interface Sessions {
  accept(transport: Transport): void;
  /** Tells the newest page, or keeps them until a page comes. */
  offer(sources: readonly SourceRef[]): void;
  readonly count: number;
  closeAll(): void;
}

export function createSessions(services: Omit<HostServices, 'takeWaiting'>): Sessions {
  const open = new Set<Session>();
  let waiting: SourceRef[] = [];
  const takeWaiting = (): readonly SourceRef[] => {
    const taken = waiting;
    waiting = [];
    return taken;
  };
  return {
    accept(transport) {
      const session = openSession(transport, { ...services, takeWaiting });
      open.add(session);
      transport.onClose(() => open.delete(session));
    },
    offer(sources) {
      if (sources.length === 0) return;
      const newest = [...open].at(-1);
      if (newest) newest.offer(sources);
      else waiting.push(...sources);
    },
    get count() {
      return open.size;
    },
    closeAll() {
      for (const session of open) session.close();
    },
  };
}
