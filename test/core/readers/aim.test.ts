// Aim's repositories beyond the answers of the fixtures: its encoding, what is left of a repository, and what a store may hold.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ReadRun } from '../../../src/core/model/run';
import { decodeNumber, decodePath, decodeValue, encodePath } from '../../../src/core/readers/aim/encoding';
import { Tree } from '../../../src/core/readers/aim/tree';
import { scriptedTree } from '../../../src/core/source/scripted';
import { filesOf, fixtureCases } from '../../support/fixtures';
import { allIssues, readTree, type WasRead } from '../../support/read';
import { batchOf, type Change, logOf } from '../../support/rocksdb';

const filesOfCase = (name: string) => filesOf(fixtureCases.find(({ id }) => id === `aim/${name}`)!);
const edges = filesOfCase('edges');
const without = (part: string) => Object.fromEntries(Object.entries(edges).filter(([path]) => !path.includes(part)));
const read = (files: Readonly<Record<string, Uint8Array | string>>, options = {}) => readTree(scriptedTree(files), options);
const named = ({ runs }: WasRead, name: string): ReadRun => runs.find(({ run }) => run.name === name)!;
const codes = (was: WasRead) => [...new Set(allIssues(was).map(({ code }) => code))].sort();

type Part = string | number | bigint;
const utf8 = new TextEncoder();

function word(value: bigint, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, value, littleEndian);
  return bytes;
}

/** A key as Aim writes it. */
const keyOf = (...parts: readonly Part[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...utf8.encode(part), 0xfe] : [0xfe, ...word(BigInt(part), false), 0xfe])));

/** A value as Aim writes it. */
function storedValue(value: unknown): Uint8Array {
  if (value === null) return Uint8Array.of(0);
  if (typeof value === 'boolean') return Uint8Array.of(1, Number(value));
  if (typeof value === 'bigint') return Uint8Array.of(2, ...word(value, true));
  if (typeof value === 'string') return Uint8Array.of(4, ...utf8.encode(value));
  if (Array.isArray(value)) return Uint8Array.of(6);
  return Uint8Array.of(3, ...new Uint8Array(Float64Array.of(value as number).buffer));
}

describe('the encoding', () => {
  const part = fc.oneof(fc.string({ minLength: 1, unit: 'grapheme' }), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.integer());

  test('gives paths back, whatever bytes their integers have', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        const exact = parts.map((one) => (typeof one === 'bigint' && Number.isSafeInteger(Number(one)) ? Number(one) : one));
        expect(decodePath(keyOf(...parts))).toEqual(exact);
      }),
    );
    expect(encodePath('meta', 'größe')).toEqual(keyOf('meta', 'größe'));
  });

  test('answers any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 30 }), fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 7, 15, 0xfe), (bytes, first) => {
        const changed = Uint8Array.of(first, ...bytes);
        for (const decode of [decodePath, decodeValue, decodeNumber]) expect(() => decode(changed)).not.toThrow();
      }),
    );
  });

  test('puts objects and lists together, and does not believe in lists of billions', () => {
    const tree = new Tree();
    const put = (path: Part[], value: unknown) => tree.put(path, decodeValue(storedValue(value))!);
    put(['a'], []);
    put(['a', 1], 'second');
    put(['a', 0, '__proto__'], true);
    put(['far'], []);
    put(['far', 5e9], 1);
    expect(tree.at('a')).toEqual([Object.fromEntries([['__proto__', true]]), 'second']);
    expect(tree.at('far')).toEqual([]);
    expect(
      put(
        Array.from({ length: 200 }, () => 'deep'),
        1,
      ),
    ).toBe(false);
  });
});

describe('the edge values of the fixture', () => {
  const whole = read(edges);

  test('keep what the answer has no field for', async () => {
    const { run } = named(await whole, 'edge values ∞');
    expect(run).toMatchObject({ notes: 'first line\nsecond – line', formatVersion: '1.3', deleted: false });
    const contexts = run.series.filter(({ name }) => name === 'loss').map(({ context }) => context.c);
    expect(new Set(contexts)).toEqual(new Set([1, '1', 1.5, [1], null]));
    expect(run.series.filter(({ system }) => system).map(({ name }) => name)).toContain('__system__cpu');
    const epochs = run.series.findIndex(({ name, context }) => name === 'epoch' && context.subset === 'val');
    const { points } = named(await whole, 'edge values ∞');
    expect([...points[epochs]!.values].slice(8, 12)).toEqual([0, 0, 1, 1]);
    expect(Object.keys(run.tags).sort()).toEqual(['mlp', 'β γ']);
  });

  test('tell an archived run and what the shell said', async () => {
    expect(named(await whole, 'put away').run).toMatchObject({ deleted: true, experiment: 'old things' });
    const resumed = (await whole).runs.find(({ run }) => run.params['hparams.random_state'] === 5)!.run;
    expect(resumed).toMatchObject({ user: 'ada', notes: 'a note – with ö' });
    expect(resumed.facts.map(({ kind, value }) => [kind, value])).toEqual(
      expect.arrayContaining([
        ['host', 'node-7'],
        ['world_size', 4],
        ['seed', 5],
        ['entry_point', 'job.py'],
        ['tracker', 'aim 3.17.5'],
      ]),
    );
    for (const { evidence } of resumed.facts) for (const { file } of evidence) expect(edges).toHaveProperty([`.aim/${file}`]);
  });

  test('are the same where the folder itself is dropped', async () => {
    const inside = await read(Object.fromEntries(Object.entries(edges).map(([path, bytes]) => [path.replace('.aim/', ''), bytes])));
    expect(inside.runs.map(({ run }) => run.path)).toEqual(['.', '.', '.', '.']);
    expect(inside.runs.map(({ points }) => points)).toEqual((await whole).runs.map(({ points }) => points));
  });
});

describe('what is left of a repository', () => {
  test('without its database: params and points of every run', async () => {
    const was = await read(without('run_metadata'));
    expect(was.runs).toHaveLength(4);
    expect(codes(was)).toEqual(['missing-file', 'precision']);
    expect(was.runs.map(({ run }) => run.series.length).toSorted((a, b) => a - b)).toEqual([0, 1, 1, expect.any(Number)]);
  });

  test('without the series, or the params, of one run: the rest of it, and all of the others', async () => {
    const hash = named(await read(edges), 'killed').run.nativeId!;
    const noSeries = named(await read(without(`seqs/chunks/${hash}`)), 'killed').run;
    expect([noSeries.series, noSeries.params, noSeries.issues.map(({ code }) => code)]).toEqual([[], { 'hparams.lr': 0.25 }, ['missing-file']]);
    const noMeta = named(await read(without(`meta/chunks/${hash}`)), 'killed').run;
    expect(noMeta.series.map(({ name, count, context }) => [name, count, Object.keys(context)])).toEqual([['loss', 12, ['id']]]);
    expect(noMeta.issues.map(({ code }) => code).sort()).toEqual(['bad-record', 'missing-file']);
  });

  test('a store of a newer kind is told with the command that reads it', async () => {
    const files = { ...filesOfCase('before-3.11') };
    const table = Object.keys(files).find((path) => path.includes('seqs') && path.endsWith('.sst'))!;
    const newer = files[table]!.slice();
    newer[newer.length - 12] = 6;
    const was = await read({ ...files, [table]: newer });
    const [told] = allIssues(was);
    const hash = named(was, 'old points').run.nativeId;
    expect(told).toMatchObject({ code: 'unsupported', message: 'The table cannot be read: tables of version 6.' });
    expect(told?.tip).toContain(`aim.Run('${hash}', repo='.', read_only=True).metrics()`);
  });

  test('folders that only look like one are left alone', async () => {
    expect((await read({ 'meta/index/notes.txt': 'x', 'meta/chunks/a/notes.txt': 'x', 'seqs/chunks/a/b.csv': 'x' })).runs).toEqual([]);
  });
});

describe('drawn stores', () => {
  const hash = '0123456789abcdef01234567';
  const put = (path: readonly Part[], value: unknown): Change => ({ kind: 'put', key: keyOf(...path), value: storedValue(value) });
  const store = (changes: readonly Change[]) => ({
    CURRENT: 'MANIFEST-000004\n',
    'MANIFEST-000004': logOf([Uint8Array.of(2, 5)]),
    '000005.log': logOf([batchOf(1, changes)]),
  });
  const repository = (meta: readonly Change[], seqs: readonly Change[]) =>
    Object.fromEntries(
      Object.entries({ meta, seqs }).flatMap(([name, changes]) =>
        Object.entries(store(changes)).map(([file, bytes]) => [`.aim/${name}/chunks/${hash}/${file}`, bytes] as const),
      ),
    );
  const point = (key: Part, columns: Readonly<Record<string, unknown>>): Change[] =>
    Object.entries(columns).map(([column, value]) => put(['seqs', 'v2', 'chunks', hash, 7, 'loss', column, key], value));

  test('a value whose step was never written is left out and told; steps and values past 2^53 keep their digits', async () => {
    const seqs = [
      ...point(-1, { val: 0.5, step: 2n ** 53n + 1n, time: 1, epoch: null }),
      ...point(5, { val: 2n ** 60n + 1n, step: 3n, time: 2 }),
      ...point(6, { val: 1 }),
    ];
    const { runs } = await read(repository([put(['meta', 'chunks', hash, 'contexts', 7, 'k'], 'v')], seqs));
    const [{ run, points }] = runs as [ReadRun];
    expect(run.series).toMatchObject([{ name: 'loss', context: { k: 'v' }, count: 2, exactSteps: { 1: '9007199254740993' } }]);
    expect([points[0]!.steps, points[0]!.values, points[0]!.times].map((column) => [...column!])).toEqual([
      [3, 2 ** 53],
      [2 ** 60, 0.5],
      [2000, 1000],
    ]);
    expect(run.issues.map(({ code, message }) => `${code} ${message.split(' ')[0]}`).sort()).toEqual(['precision Steps', 'precision Values', 'truncated The']);
  });

  test('series that disagree on the epoch of a step have no series of epochs', async () => {
    const other = point(1, { val: 1, step: 0n, epoch: 5n }).map((change) => ({
      ...change,
      key: keyOf('seqs', 'v2', 'chunks', hash, 7, 'acc', ...(decodePath(change.key) as Part[]).slice(6)),
    }));
    const { runs } = await read(repository([], [...point(1, { val: 1, step: 0n, epoch: 4n }), ...other]));
    expect(runs[0]!.run.series.map(({ name }) => name)).toEqual(['acc', 'loss']);
  });

  test('whatever stands in the stores: runs that keep their promises', async () => {
    const anyPart = fc.oneof(
      fc.constantFrom<Part>('attrs', 'traces', 'contexts', 'val', 'step', 'time', 'hparams', '__system_params', 'end_time'),
      fc.integer(),
      fc.string({ minLength: 1 }),
    );
    const anyValue = fc.oneof(
      fc.uint8Array({ maxLength: 12 }),
      fc.double().map(storedValue),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(storedValue),
      fc.constant(Uint8Array.of(15, 97)),
    );
    const change = (above: readonly Part[]) =>
      fc.record({ kind: fc.constant('put' as const), key: fc.array(anyPart, { maxLength: 6 }).map((parts) => keyOf(...above, ...parts)), value: anyValue });
    await fc.assert(
      fc.asyncProperty(
        fc.array(change(['meta', 'chunks', hash]), { maxLength: 20 }),
        fc.array(change(['seqs', 'v2', 'chunks', hash, 7]), { maxLength: 20 }),
        fc.array(change(['seqs', 'chunks', hash, 7]), { maxLength: 20 }),
        async (meta, byHash, byStep) => {
          const was = await read(repository(meta, [...byHash, ...byStep]), { keepMedia: true });
          expect(was.runs).toHaveLength(1);
          expect(allIssues(was).filter(({ code }) => code === 'reader-error')).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });
});
