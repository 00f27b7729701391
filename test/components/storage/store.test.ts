// The store in IndexedDB: nothing is doubled, nothing is lost, space comes back.
import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runId } from '../../../src/core/base/units';
import type { Points, ReadRun } from '../../../src/core/model/run';
import { emptyWorkspace } from '../../../src/renderer/state/workspace';
import type { AppStore } from '../../../src/renderer/storage/contract';
import { openStore } from '../../../src/renderer/storage/dexie-store';
import { chunkPoints } from '../../../src/renderer/storage/layout';
import { explainStoreError } from '../../../src/renderer/storage/problems';
import { currentVersion, databaseName, schemaVersions } from '../../../src/renderer/storage/schema';
import { readRunFromText } from '../../support/run-from-text';

let store: AppStore;
let clock = 1000;
const open = (): Promise<AppStore> => openStore({ now: () => clock++ });

beforeEach(async () => {
  await Dexie.delete(databaseName);
  store = await open();
});
afterEach(() => store.close());

/** Series come sorted by name: acc, then loss. */
const table = 'step acc loss\n0 0.1 1\n1 0.2 NaN\n5 Infinity -0';
const draw = (id = 'a', more: Parameters<typeof readRunFromText>[1] = {}, text = table): ReadRun => readRunFromText(text, { id, ...more });
const withContents = (read: ReadRun, text: string): ReadRun => ({ ...read, contents: [{ path: 'log.txt', bytes: new TextEncoder().encode(text) }] });
const long = (count: number): Points => ({
  steps: Float64Array.from({ length: count }, (_, at) => at * 2),
  values: Float64Array.from({ length: count }, (_, at) => Math.sin(at)),
  times: Float64Array.from({ length: count }, (_, at) => 1e12 + at + Math.random()),
});
/** A drawn run with a curve of its own. */
const withCurve = (points: Points): ReadRun => {
  const read = draw();
  const [first] = read.run.series;
  if (!first) throw new Error('drawn above');
  return { ...read, run: { ...read.run, series: [{ ...first, count: points.values.length, valuesDigest: 'long' }] }, points: [points] };
};

describe('put', () => {
  test('the same run again is unchanged, a changed one updated, and there is one of it', async () => {
    expect(await store.put(draw())).toBe('added');
    expect(await store.put(draw())).toBe('unchanged');
    expect(await store.put(draw('a', { params: { lr: 0.1 } }))).toBe('updated');
    expect(await store.put(draw('a', { params: { lr: 0.1 } }, `${table}\n9 0.5 0.5`))).toBe('updated');
    const runs = await store.runs();
    expect(runs).toHaveLength(1);
    expect(runs[0]?.params).toEqual({ lr: 0.1 });
    const [loss] = await store.points(runId('a'), [0]);
    expect(loss?.values).toHaveLength(4);
  });

  test('an extract takes nothing from what is there: the tracker’s own record stands, two extracts complete each other', async () => {
    const extract = (read: ReadRun): ReadRun => ({ ...read, run: { ...read.run, extract: true } });
    await store.put(draw('a', { params: { lr: 0.1 } }));
    expect(await store.put(extract(draw('a', {}, 'step acc\n0 0.1')))).toBe('unchanged');
    expect((await store.runs()).map(({ params, series }) => [params, series.map(({ count }) => count)])).toEqual([[{ lr: 0.1 }, [3, 3]]]);

    await store.put(extract(draw('b', { params: { lr: 0.1 } }, 'step acc\n0 0.1\n1 0.2')));
    expect(await store.put(extract(draw('b', { status: 'finished' }, 'step loss\n0 3')))).toBe('updated');
    const whole = await store.whole(runId('b'));
    expect([whole?.run.params, whole?.run.status, whole?.run.series.map(({ name }) => name)]).toEqual([{ lr: 0.1 }, 'finished', ['acc', 'loss']]);
    expect(whole?.points.map(({ values }) => [...values])).toEqual([[0.1, 0.2], [3]]);
    expect(await store.put(draw('b'))).toBe('updated');
    expect((await store.run(runId('b')))?.extract).toBeUndefined();
  });

  test('points come back bit for bit: NaN, −0, infinities, uneven steps, no times', async () => {
    const read = draw();
    await store.put(read);
    const [acc, loss] = await store.points(runId('a'), [0, 1]);
    expect([...(loss?.values ?? [])].map((value) => (Object.is(value, -0) ? '-0' : value))).toEqual([1, Number.NaN, '-0']);
    expect(loss?.steps).toEqual(Float64Array.of(0, 1, 5));
    expect(acc?.values).toEqual(Float64Array.of(0.1, 0.2, Number.POSITIVE_INFINITY));
    expect(loss?.times).toBeNull();
  });

  test('values that JSON cannot hold stay as they are', async () => {
    const params = { big: 9007199254740993n, nan: Number.NaN, zero: -0, nested: { __proto__: null, x: [1, null] }, 'a.b': null };
    await store.put(draw('a', { params }));
    const [run] = await store.runs();
    expect(run?.params.big).toBe(9007199254740993n);
    expect(Object.is(run?.params.zero, -0)).toBe(true);
    expect(run?.params.nan).toBeNaN();
  });

  test('contents are kept, replaced, and do not drag the batch with them', async () => {
    const batch = new Uint8Array(1_000_000);
    batch.set(new TextEncoder().encode('hello'), 10);
    await store.put({ ...draw(), contents: [{ path: 'log.txt', bytes: batch.subarray(10, 15) }] });
    expect((await store.content(runId('a'), 'log.txt'))?.buffer.byteLength).toBe(5);
    await store.put(withContents(draw('a', { params: { x: 1 } }), 'later'));
    expect(new TextDecoder().decode((await store.content(runId('a'), 'log.txt')) ?? undefined)).toBe('later');
    expect(await store.content(runId('a'), 'none')).toBeNull();
  });

  test('runs stay in the order in which they came', async () => {
    for (const id of ['c', 'a', 'b']) await store.put(draw(id));
    await store.put(draw('c', { params: { x: 1 } }));
    expect((await store.runs()).map((run) => run.id)).toEqual(['c', 'a', 'b']);
  });

  test('many series are split over rows, and each is found again', async () => {
    const text = `step ${Array.from({ length: 40 }, (_, at) => `m${at}`).join(' ')}\n0 ${Array.from({ length: 40 }, (_, at) => at).join(' ')}`;
    const read = draw('a', {}, text);
    await store.put(read);
    const all = await store.points(
      runId('a'),
      read.run.series.map((_, at) => at),
    );
    expect(all.map((points) => points.values[0])).toEqual(read.points.map((points) => points.values[0]));
  });
});

describe('long series', () => {
  test('lie in chunks and come back whole, with an overview that keeps the extremes', async () => {
    const points = long(chunkPoints * 2 + 17);
    points.values[chunkPoints + 3] = 999;
    points.values[5] = Number.NaN;
    await store.put(withCurve(points));
    const [whole] = await store.points(runId('a'), [0]);
    expect(whole).toEqual(points);
    const [overview] = await store.overviews(runId('a'), [0]);
    expect(overview?.thinned).toBe(true);
    expect(overview?.points.values.length).toBeLessThan(2410);
    expect(Math.max(...[...(overview?.points.values ?? [])].filter((value) => !Number.isNaN(value)))).toBe(999);
    expect([...(overview?.points.values ?? [])].some(Number.isNaN)).toBe(true);
    expect(overview?.points.steps?.at(-1)).toBe(points.steps?.at(-1));
  });

  test('a series of exactly one row is no long one', async () => {
    const points = long(chunkPoints);
    await store.put(withCurve(points));
    const [overview] = await store.overviews(runId('a'), [0]);
    expect(overview?.thinned).toBe(false);
    expect(overview?.points).toEqual(points);
  });

  test('an update from long to short leaves nothing behind', async () => {
    await store.put(withCurve(long(chunkPoints + 1)));
    await store.put(draw());
    expect((await store.points(runId('a'), [0]))[0]?.values).toHaveLength(3);
    expect((await store.usage()).bytes).toBeLessThan(1000);
  });
});

describe('bin', () => {
  test('out of sight, back in its place, or gone for good with its space', async () => {
    for (const id of ['a', 'b']) await store.put(withContents(draw(id), 'text'));
    await store.remove([runId('a')]);
    expect((await store.runs()).map((run) => run.id)).toEqual(['b']);
    expect((await store.binned()).map(({ run }) => run.id)).toEqual(['a']);
    expect(await store.run(runId('a'))).toBeNull();
    await store.restore([runId('a')]);
    expect((await store.runs()).map((run) => run.id)).toEqual(['a', 'b']);
    await store.remove([runId('a')]);
    await store.purge([runId('a')]);
    expect(await store.usage()).toMatchObject({ runs: 1, binned: 0, binnedBytes: 0 });
    await expect(store.points(runId('a'), [0])).rejects.toThrow(/no such/);
    expect(await store.content(runId('a'), 'log.txt')).toBeNull();
    expect((await store.points(runId('b'), [0]))[0]?.values).toHaveLength(3);
  });

  test('importing a run again takes it out of the bin', async () => {
    await store.put(draw());
    await store.remove([runId('a')]);
    expect(await store.put(draw())).toBe('updated');
    expect(await store.runs()).toHaveLength(1);
  });

  test('wiping leaves nothing', async () => {
    await store.put(draw());
    await store.putWorkspace(emptyWorkspace());
    await store.wipe();
    expect(await store.usage()).toEqual({ runs: 0, binned: 0, bytes: 0, binnedBytes: 0 });
    expect(await store.workspaces()).toEqual([]);
  });
});

test('a run leaves the store whole, as it was put', async () => {
  const read = withContents(withCurve(long(chunkPoints + 9)), 'text');
  await store.put(read);
  expect(await store.whole(runId('a'))).toEqual(read);
  expect(await store.whole(runId('none'))).toBeNull();
});

describe('what is kept beside runs', () => {
  test('workspaces with their maps and sets, settings, imports', async () => {
    const workspace = { ...emptyWorkspace('w', 'Mine'), visible: new Set([runId('a')]), slots: new Map([[runId('a'), 3]]) };
    await store.putWorkspace(workspace);
    await store.putSetting('settings', { theme: 'dark' });
    store.close();
    store = await open();
    expect(await store.workspaces()).toEqual([workspace]);
    expect(await store.setting('settings')).toEqual({ theme: 'dark' });
    expect(await store.setting('none')).toBeUndefined();
  });
});

describe('trouble', () => {
  test('a store of a newer version is refused, and stays as it is', async () => {
    store.close();
    const newer = new Dexie(databaseName);
    newer.version(currentVersion + 1).stores({ runs: 'id, binnedMs', later: 'id' });
    await newer.open();
    newer.close();
    const refused = await open().catch((error: unknown) => explainStoreError(error));
    expect(refused).toMatchObject({ kind: 'newer' });
    await Dexie.delete(databaseName);
    store = await open();
  });

  test('another tab that upgrades is let through, and this one is told', async () => {
    let told = 0;
    store.close();
    store = await openStore({ onClosed: () => (told += 1) });
    const newer = new Dexie(databaseName);
    newer.version(currentVersion + 1).stores({ later: 'id' });
    await newer.open();
    newer.close();
    expect(told).toBe(1);
    await expect(store.runs()).rejects.toThrow();
    await Dexie.delete(databaseName);
    store = await open();
  });

  test('a run that does not fit leaves the runs before it, and none of itself', async () => {
    await store.put(draw('a'));
    const full = Object.assign(new Error('no room'), { name: 'QuotaExceededError' });
    const add = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function put(...args) {
      if (this.name === 'runs') throw new DOMException('no room', 'QuotaExceededError');
      return add.apply(this, args);
    };
    try {
      const failed = await store.put(draw('b')).catch((error: unknown) => explainStoreError(error));
      expect(failed).toMatchObject({ kind: 'full' });
    } finally {
      IDBObjectStore.prototype.put = add;
    }
    expect(explainStoreError(full)).toMatchObject({ kind: 'full' });
    expect((await store.runs()).map((run) => run.id)).toEqual(['a']);
    expect(await store.put(draw('b'))).toBe('added');
  });
});

test('schema versions count up by one from 1', () => {
  expect(schemaVersions.map(({ version }) => version)).toEqual(schemaVersions.map((_, at) => at + 1));
});
