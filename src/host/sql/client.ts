// The `Sql` of one connection to a tracker: views over a few connections to its database, opened when they are wanted.
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionOptions } from 'node:tls';
import { HttpError } from '../../core/source/http';
import type { Dialect, Sql, SqlAccess, SqlRow, SqlView } from '../../core/source/sql';
import { waitMs } from '../http/retry';
import { mayBePlain, tlsOptions } from './tls';
import { troubleOfSql } from './trouble';
import { connectMs, type Dial, NoTlsError, type Wire } from './wire';

export interface SqlOptions {
  readonly access: SqlAccess;
  /** Views open at once. */
  readonly parallel: number;
  /** A certificate (PEM) that a person chose to trust. */
  readonly trusted?: string;
  /** Told while the server is given time. */
  waiting?(ms: number, why: string): void;
}

export interface SqlClient extends Sql {
  /** Characters of answers so far. */
  readonly received: () => number;
  close(): Promise<void>;
}

/** Drivers are large: each is loaded with the first connection of its kind. */
const drivers: Readonly<Record<Dialect, () => Promise<{ readonly dial: Dial }>>> = {
  postgresql: () => import('./postgresql'),
  mysql: () => import('./mysql'),
};

export function sqlClient(options: SqlOptions): SqlClient {
  const { access, parallel } = options;
  const idle: Wire[] = [];
  const places = new Places(parallel);
  let received = 0;

  /** A connection with a fresh snapshot: one that lay idle, where it still lives. */
  const begun = async (signal: AbortSignal): Promise<Wire> => {
    for (let wire = idle.pop(); wire; wire = idle.pop()) {
      try {
        if (!wire.isAlive) continue;
        await within(connectMs, wire.begin());
        return wire;
      } catch {
        wire.destroy();
      }
    }
    for (let tries = 1; ; tries++) {
      try {
        const wire = await dialled(options);
        await wire.begin();
        return wire;
      } catch (error) {
        signal.throwIfAborted();
        const trouble = troubleOfSql(error, access);
        const wait = trouble.code === 'unreachable' ? waitMs({ error: trouble, status: null, retryAfter: null }, tries, Date.now()) : null;
        if (wait === null) throw trouble;
        options.waiting?.(wait, trouble.message);
        await sleep(wait, undefined, { signal });
      }
    }
  };

  return {
    dialect: access.dialect,
    received: () => received,
    async view(signal) {
      signal.throwIfAborted();
      const release = await places.take(signal);
      try {
        const wire = await begun(signal);
        signal.throwIfAborted();
        return viewOf(wire, {
          options,
          signal,
          count: (length) => {
            received += length;
          },
          done: (reusable) => {
            if (reusable) idle.push(wire);
            release();
          },
        });
      } catch (error) {
        release();
        throw error;
      }
    },
    async close() {
      await Promise.all(idle.splice(0).map(takeLeave));
    },
  };
}

interface ViewServices {
  readonly options: SqlOptions;
  readonly signal: AbortSignal;
  count(length: number): void;
  done(reusable: boolean): void;
}

function viewOf(wire: Wire, { options, signal, count, done }: ViewServices): SqlView {
  const { access } = options;
  let isClosed = false;
  let isBroken = false;
  // The server is told to stop by another connection; whatever comes of it, this one is not used again.
  const cancel = (): void => {
    isBroken = true;
    void stopOnServer(wire, options).then(() => wire.destroy());
  };
  signal.addEventListener('abort', cancel, { once: true });

  async function* rows(text: string, parameters: readonly (string | number)[] = []): AsyncGenerator<readonly SqlRow[]> {
    try {
      for await (const group of wire.rows(text, parameters)) {
        for (const row of group) for (const cell of row) count(cell?.length ?? 0);
        yield group;
        signal.throwIfAborted();
      }
    } catch (error) {
      isBroken = true;
      signal.throwIfAborted();
      throw error instanceof HttpError ? error : troubleOfSql(error, access);
    }
  }
  return {
    server: wire.server,
    rows,
    async columns(tables) {
      const among = tables.map(() => '?').join(', ');
      const question = `SELECT table_name, column_name FROM information_schema.columns WHERE ${wire.ownSchema} AND table_name IN (${among})`;
      const found = new Map<string, Set<string>>();
      for await (const group of rows(question, tables)) {
        for (const [table, column] of group) {
          const known = found.get(table ?? '') ?? new Set();
          found.set(table ?? '', known.add((column ?? '').toLowerCase()));
        }
      }
      return found;
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      signal.removeEventListener('abort', cancel);
      if (!isBroken && wire.isAlive) {
        try {
          await within(stopMs, wire.rollback());
        } catch {
          isBroken = true;
        }
      }
      const reusable = !isBroken && wire.isAlive;
      if (!reusable && !signal.aborted) wire.destroy();
      done(reusable);
    },
  };
}

/** How long a server is given to take note of a cancel, or of a farewell. */
const stopMs = 2000;

/** Says goodbye. A server that is gone does not answer to that. */
async function takeLeave(wire: Wire): Promise<void> {
  if (wire.isAlive) await within(stopMs, wire.end()).catch(() => {});
  wire.destroy();
}

async function stopOnServer({ cancelQuestion }: Wire, options: SqlOptions): Promise<void> {
  const stopping = (async () => {
    const other = await dialled(options);
    try {
      for await (const _ of other.rows(cancelQuestion, []));
    } finally {
      await takeLeave(other);
    }
  })();
  await within(stopMs, stopping).catch(() => {});
}

/** @throws what `work` throws, or an Error when it takes longer */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const waiting = new AbortController();
  const late = sleep(ms, undefined, { signal: waiting.signal }).then(() => {
    throw Object.assign(new Error(`no answer in ${ms} ms`), { code: 'ETIMEDOUT' });
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    waiting.abort();
  }
}

async function dialled({ access, trusted }: SqlOptions): Promise<Wire> {
  const { dial } = await drivers[access.dialect]();
  const tls: ConnectionOptions | null = tlsOptions(access, trusted);
  try {
    return await dial(access, tls);
  } catch (error) {
    if (tls === null || !(error instanceof NoTlsError) || !mayBePlain(access, trusted)) throw error;
    return await dial(access, null);
  }
}

/** So many at once; others wait in the order in which they came. */
class Places {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(most: number) {
    this.#free = most;
  }

  /** @returns what gives the place back @throws the signal's reason when aborted */
  async take(signal: AbortSignal): Promise<() => void> {
    if (this.#free > 0) this.#free--;
    else
      await new Promise<void>((resolve, reject) => {
        const go = (): void => {
          signal.removeEventListener('abort', leave);
          resolve();
        };
        const leave = (): void => {
          this.#waiting.splice(this.#waiting.indexOf(go), 1);
          reject(signal.reason);
        };
        this.#waiting.push(go);
        signal.addEventListener('abort', leave, { once: true });
      });
    let given = false;
    return () => {
      if (given) return;
      given = true;
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    };
  }
}
