import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { CutStream, streamedRuns } from '../../../src/core/readers/aim/stream';
import { json } from '../../host/http/serving';
import { asked } from './asking';

type Part = string | number;
type Written = string | number | boolean | null | Float64Array | 'list' | readonly never[];

/** As `aim.storage.treeutils.encode_tree` and the server's `collect_streamable_data` write an entry. */
function entry(path: readonly Part[], value: Written): Buffer {
  const key = Buffer.concat(
    path.map((part) => {
      if (typeof part === 'string') return Buffer.concat([Buffer.from(part), Buffer.of(0xfe)]);
      const number = Buffer.alloc(10, 0xfe);
      number.writeBigInt64BE(BigInt(part), 1);
      return number;
    }),
  );
  const stored = encoded(value);
  const lengths = [key, stored].map(({ length }) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(length);
    return bytes;
  });
  return Buffer.concat([lengths[0] as Buffer, key, lengths[1] as Buffer, stored]);
}

function encoded(value: Written): Buffer {
  if (value === null) return Buffer.of(0);
  if (typeof value === 'boolean') return Buffer.of(1, Number(value));
  if (typeof value === 'string') return Buffer.concat([Buffer.of(4), Buffer.from(value)]);
  if (value instanceof Float64Array) return Buffer.concat([Buffer.of(5), Buffer.from(value.buffer)]);
  if (typeof value !== 'number') return Buffer.of(6);
  const bytes = Buffer.alloc(9, 3);
  bytes.writeDoubleLE(value, 1);
  return bytes;
}

const run = (hash: string): Buffer[] => [
  entry([hash, 'props', 'name'], 'one'),
  entry([hash, 'props', 'experiment', 'id'], 'e'),
  entry([hash, 'props', 'experiment', 'name'], 'live'),
  entry([hash, 'props', 'creation_time'], 100),
  entry([hash, 'props', 'end_time'], null),
  entry([hash, 'params', 'hparams', 'lr'], 0.1),
  entry(['progress_0'], []),
];

const points = (hash: string, steps: number[], values: number[]): Buffer[] => [
  entry([hash, 'traces'], []),
  entry([hash, 'traces', 0, 'name'], 'loss'),
  entry([hash, 'traces', 0, 'context', 'subset'], 'val'),
  entry([hash, 'traces', 0, 'iters', 'blob'], Float64Array.from(steps)),
  entry([hash, 'traces', 0, 'values', 'blob'], Float64Array.from(values)),
  entry([hash, 'traces', 0, 'epochs'], null),
];

const server =
  (runs: Buffer, answer: (query: string, response: ServerResponse) => void) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? '', 'http://localhost');
    if (url.pathname === '/api/projects/') json(response, { name: 'p', path: '/logs', telemetry_enabled: 0 });
    else if (url.pathname === '/api/experiments/') json(response, [{ id: 'e', name: 'live', run_count: 1 }]);
    else if (url.pathname === '/api/runs/search/run/') response.end(runs);
    else if (url.pathname === '/api/runs/search/metric/') answer(url.searchParams.get('q') ?? '', response);
    else json(response, { detail: 'Run not found.' }, 404);
  };

test('runs with their points; details that cannot be had are told, columns of unequal length are cut', async () => {
  const { runs } = await asked(
    'aim',
    server(Buffer.concat([...run('abc1'), entry(['../..', 'props', 'name'], 'out'), entry(['lost', 'params'], 1)]), (_, response) =>
      response.end(Buffer.concat(points('abc1', [0, 1, 2], [Number.NaN, 0.5]))),
    ),
  );
  expect(runs.map(({ run: one }) => one)).toMatchObject([
    { nativeId: 'abc1', name: 'one', experiment: 'live', status: 'unknown', startedMs: 100_000, endedMs: null, params: { 'hparams.lr': 0.1 } },
  ]);
  expect(runs[0]?.run.series).toMatchObject([{ name: 'loss', context: { subset: 'val' }, count: 2, last: 0.5, lastStep: 1 }]);
  expect(runs[0]?.run.issues.map(({ message }) => message.split(':')[0])).toEqual(['Notes and artifacts were left out']);
});

test('an answer that is cut or is no stream gives no run and no crash', async () => {
  const whole = Buffer.concat(points('abc1', [0], [1]));
  const { runs, issues } = await asked(
    'aim',
    server(Buffer.concat(run('abc1')), (_, response) => response.end(whole.subarray(0, whole.length - 3))),
  );
  expect(runs).toEqual([]);
  expect(issues).toMatchObject([{ code: 'bad-answer' }]);
  await expect(
    asked(
      'aim',
      server(Buffer.from('<html>'), () => {}),
    ),
  ).rejects.toMatchObject({ code: 'bad-answer' });
  for (let length = 1; length < whole.length; length++) {
    try {
      streamedRuns(whole.subarray(0, length));
    } catch (error) {
      expect(error).toBeInstanceOf(CutStream);
    }
  }
});

test('a run that the index does not hold yet says so', async () => {
  const { runs } = await asked(
    'aim',
    server(Buffer.concat([entry(['new1', 'props', 'name'], 'new'), entry(['new1', 'props', 'active'], true)]), (_, response) => response.end()),
  );
  expect(runs.map(({ run: one }) => [one.name, one.issues.map(({ code }) => code)])).toEqual([['new', expect.arrayContaining(['empty'])]]);
});

test('only ids that can stand in a query are asked for', async () => {
  const queries: string[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? '', 'http://localhost');
    if (url.pathname === '/api/runs/search/run/') queries.push(url.searchParams.get('q') ?? '');
    server(Buffer.alloc(0), () => {})(request, response);
  };
  await asked('aim', answer, { ids: ['abc1', '"] or True or ["'], filter: 'run.active' });
  expect(queries).toEqual(['(run.active) and run.hash in ["abc1"]']);
});
