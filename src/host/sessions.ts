// All pages that are connected, and the sources that wait for one: what is handed over goes to the page that it is meant for, else to the one opened last.
import type { SourceRef } from '../wire/host-api';
import type { Transport } from '../wire/transport';
import { type HostServices, openSession, type Session } from './session';

export interface Sessions {
  /** @param page the shell's number of the page, where there is a shell */
  accept(transport: Transport, page?: number | null): void;
  /** Tells that page or else the newest, or keeps them until a page comes. */
  offer(sources: readonly SourceRef[], page?: number | null): void;
  readonly count: number;
  closeAll(): void;
}

export function createSessions(services: Omit<HostServices, 'takeWaiting'>): Sessions {
  const open = new Map<Session, number | null>();
  let waiting: SourceRef[] = [];
  const takeWaiting = (): readonly SourceRef[] => {
    const taken = waiting;
    waiting = [];
    return taken;
  };
  return {
    accept(transport, page = null) {
      const session = openSession(transport, { ...services, takeWaiting });
      open.set(session, page);
      transport.onClose(() => open.delete(session));
    },
    offer(sources, page = null) {
      if (sources.length === 0) return;
      const sessions = [...open];
      const [chosen] = (page === null ? undefined : sessions.findLast(([, number]) => number === page)) ?? sessions.at(-1) ?? [];
      if (chosen) chosen.offer(sources);
      else waiting.push(...sources);
    },
    get count() {
      return open.size;
    },
    closeAll() {
      for (const session of open.keys()) session.close();
    },
  };
}
