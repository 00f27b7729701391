// A run on an MLflow server that grows: each look equals a whole read, and asks for the end only where that is shown to be all that is new.
import { expect, test } from 'vitest';
import { randomOf } from '../../../src/core/base/random';
import { download } from '../../../src/core/ingest/download';
import { ClaimMemory } from '../../../src/core/ingest/memory';
import type { ReadRun } from '../../../src/core/model/run';
import { connect } from '../../../src/core/readers/mlflow-server/connect';
import { tracker } from '../../../src/core/readers/mlflow-server/tracker';
import { type Http, HttpError } from '../../../src/core/source/http';
import { defaultLimits, type ReadMemory } from '../../../src/core/source/reader';

const { signal } = new AbortController();
const options = { signal, limits: defaultLimits, keepContents: false, asset: () => Promise.reject(new Error('none')) };

interface Row {
  readonly timestamp: number;
  readonly step: number;
  /** As JSON of the server holds it: a number, or a word. */
  readonly value: number | 'NaN';
}

/** One run as MLflow's database keeps it: rows by time, step and value, each once. */
class DrawnServer implements Http {
  readonly rows = new Map<string, Row[]>();
  /** Rows told since this was looked at. */
  told = 0;
  status = 'RUNNING';
  hasOffsets = true;
  ignoresOffsets = false;

  log(key: string, ...rows: readonly Row[]): void {
    const stored = new Map([...(this.rows.get(key) ?? []), ...rows].map((row) => [JSON.stringify(row), row]));
    const stands = ({ value }: Row): number => (value === 'NaN' ? 0 : value);
    this.rows.set(
      key,
      [...stored.values()].sort((a, b) => a.timestamp - b.timestamp || a.step - b.step || stands(a) - stands(b)),
    );
  }

  async send({ url: address }: Parameters<Http['send']>[0]) {
    const { pathname, searchParams } = new URL(address);
    const [status, body] = this.#answer(pathname, searchParams);
    return { status, bytes: new TextEncoder().encode(body), header: () => 'application/json' };
  }

  #answer(path: string, asked: URLSearchParams): readonly [number, string] {
    if (path === '/version') return [200, '3.17.2'];
    if (path.endsWith('/experiments/search')) return [200, '{"experiments":[{"experiment_id":"1","name":"one"}]}'];
    if (path.endsWith('/runs/search')) return [200, JSON.stringify({ runs: [this.#run()] })];
    if (path.endsWith('/artifacts/list')) return [200, '{}'];
    if (!path.endsWith('/metrics/get-history')) throw new HttpError('not-found', 'There is none.', path);
    const token = asked.get('page_token');
    if (token && !this.hasOffsets) return [400, '{"message":"no pages"}'];
    const { offset } = token && !this.ignoresOffsets ? JSON.parse(atob(token)) : { offset: 0 };
    const most = Number(asked.get('max_results'));
    const rows = this.rows.get(asked.get('metric_key') ?? '') ?? [];
    const page = rows.slice(offset, offset + most);
    this.told += page.length;
    const next = offset + most < rows.length ? { next_page_token: btoa(JSON.stringify({ offset: offset + most })) } : {};
    return [200, JSON.stringify({ metrics: page, ...next })];
  }

  #run() {
    const latest = [...this.rows].map(([key, rows]) => ({ key, ...rows.reduce((a, b) => (b.step >= a.step ? b : a)) }));
    return { info: { run_id: 'a', experiment_id: '1', status: this.status, start_time: 1 }, data: { metrics: latest } };
  }
}

async function look(server: DrawnServer, memory?: ReadMemory): Promise<ReadRun> {
  const connection = await connect({ base: 'http://t', headers: {} }, {}, server, signal);
  const query = { projects: ['1'], filter: null, since: null };
  for await (const event of download({ tracker, connection, query, source: 0, ...(memory && { memory }) }, options))
    if (event.kind === 'run') return event.read;
  throw new Error('no run');
}

/** Both ways; the rows that the look with a memory was told. */
async function bothWays(server: DrawnServer, memory: ReadMemory): Promise<number> {
  const whole = await look(server);
  server.told = 0;
  expect(await look(server, memory)).toEqual(whole);
  return server.told;
}

const line = (from: number, to: number): readonly Row[] =>
  Array.from({ length: to - from }, (_, at) => ({ timestamp: 1000 + from + at, step: from + at, value: 1 / (1 + from + at) }));
const newMemory = (): ReadMemory => new ClaimMemory(signal, () => '');

test('what was added behind is asked for alone', async () => {
  const server = new DrawnServer();
  const memory = newMemory();
  server.log('loss', ...line(0, 2000));
  server.log('short', ...line(0, 20));
  expect(await bothWays(server, memory)).toBe(2020);
  server.log('loss', ...line(2000, 2010));
  server.log('new', ...line(0, 3));
  // The point that was the last, ten more, and the short ones whole.
  expect(await bothWays(server, memory)).toBe(11 + 20 + 3);
  expect(await bothWays(server, memory)).toBe(1 + 20 + 3);
  // More than doubled.
  server.log('loss', ...line(2010, 5000));
  expect(await bothWays(server, memory)).toBe(1 + 2990 + 20 + 3);
});

test('a point that was logged with an earlier time has the whole read again, one with an earlier step alone has not', async () => {
  const server = new DrawnServer();
  const memory = newMemory();
  server.log('loss', ...line(0, 1000));
  await bothWays(server, memory);
  server.log('loss', { timestamp: 1500, step: 3000, value: 7 });
  expect(await bothWays(server, memory)).toBeGreaterThan(1000);
  server.log('loss', { timestamp: 9000, step: 2, value: 7 });
  expect(await bothWays(server, memory)).toBe(2);
});

test('a server without such pages, one that begins at its first row, and a run that ended are read whole', async () => {
  const server = new DrawnServer();
  const memory = newMemory();
  server.log('loss', ...line(0, 1000));
  await bothWays(server, memory);
  server.hasOffsets = false;
  expect(await bothWays(server, memory)).toBe(1000);
  server.hasOffsets = true;
  server.ignoresOffsets = true;
  expect(await bothWays(server, memory)).toBe(2000);
  server.ignoresOffsets = false;
  server.rows.set('loss', [...line(5, 700)]);
  expect(await bothWays(server, memory)).toBeGreaterThan(694);
  server.status = 'FINISHED';
  expect(await bothWays(server, memory)).toBe(1);
  expect(await bothWays(server, memory)).toBe(695);
});

test('however points arrive, a look equals a whole read', async () => {
  for (let seed = 1; seed <= 12; seed++) {
    const random = randomOf(seed);
    const some = (n: number): number => Math.floor(random.next() * n);
    const server = new DrawnServer();
    const memory = newMemory();
    server.log('loss', ...line(0, 600 + some(300)));
    for (let time = 0; time < 8; time++) {
      await bothWays(server, memory);
      for (let count = some(4); count >= 0; count--) {
        const value = random.next() < 0.3 ? 'NaN' : random.next() < 0.3 ? 0 : random.next();
        const last = server.rows.get('loss')?.at(-1) ?? { timestamp: 0, step: 0 };
        const timestamp = random.next() < 0.7 ? last.timestamp + some(2) : some(2000);
        server.log('loss', { timestamp, step: random.next() < 0.7 ? last.step + some(2) : some(1000), value });
      }
    }
  }
});
