// Stores of every schema version open in this one, with all that they held. Samples are kept for good.
//
// A new schema version needs its own sample: DIPTYCH_WRITE_SAMPLES=1 npx vitest run --project unit test/upgrades/store.test.ts
import 'fake-indexeddb/auto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Dexie } from 'dexie';
import { beforeEach, expect, test } from 'vitest';
import { fromLosslessJson, toLosslessJson } from '../../src/core/base/lossless';
import { runId } from '../../src/core/base/units';
import type { Points, ReadRun } from '../../src/core/model/run';
import { emptyWorkspace } from '../../src/renderer/state/workspace';
import { openStore } from '../../src/renderer/storage/dexie-store';
import { currentVersion, databaseName, declareVersions, schemaVersions } from '../../src/renderer/storage/schema';
import { readRunFromText } from '../support/run-from-text';

const samplePath = (version: number): string => join(import.meta.dirname, 'samples', `store-v${version}.json.gz`);
const longCount = 65_537;

beforeEach(() => Dexie.delete(databaseName));

if (process.env.DIPTYCH_WRITE_SAMPLES) {
  test('writes the sample of the current version', async () => {
    await fill();
    const dump = await dumpStore();
    writeFileSync(samplePath(currentVersion), gzipSync(dump, { level: 9 }));
  });
}

test.each(schemaVersions.map(({ version }) => version))('a store of version %i opens', async (version) => {
  expect(existsSync(samplePath(version)), `there is no sample of version ${version}: see the top of this file`).toBe(true);
  await restore(gunzipSync(readFileSync(samplePath(version))).toString(), version);

  const store = await openStore();
  const runs = await store.runs();
  expect(runs.map((run) => run.id)).toEqual(['long', 'short']);
  expect(runs[1]?.params).toEqual({ lr: 0.1, big: 9007199254740993n, nan: Number.NaN });
  const [acc, loss] = await store.points(runId('short'), [0, 1]);
  expect(acc?.values).toEqual(Float64Array.of(0.1, 0.2, Number.POSITIVE_INFINITY));
  expect(loss?.steps).toEqual(Float64Array.of(0, 1, 5));
  const [whole] = await store.points(runId('long'), [0]);
  expect(whole?.values).toHaveLength(longCount);
  expect(whole?.values.at(-1)).toBe(-1);
  const [overview] = await store.overviews(runId('long'), [0]);
  expect(overview?.thinned).toBe(true);
  expect(Math.min(...(overview?.points.values ?? []))).toBe(-1);
  expect(new TextDecoder().decode((await store.content(runId('short'), 'log.txt')) ?? undefined)).toBe('hello');
  expect((await store.binned()).map(({ run }) => run.id)).toEqual(['binned']);
  const [workspace] = await store.workspaces();
  expect(workspace).toMatchObject({
    version: 2,
    lines: new Map(),
    id: 'w',
    name: 'Mine',
    baseline: 'short',
    slots: new Map([['short', 3]]),
    visible: new Set(['short']),
  });
  expect(await store.setting('settings')).toEqual({ theme: 'dark' });
  expect(await store.imports()).toHaveLength(1);
  store.close();
});

/** What every sample holds. */
async function fill(): Promise<void> {
  let clock = 1;
  const store = await openStore({ now: () => clock++ });
  const short = readRunFromText('step acc loss\n0 0.1 1\n1 0.2 NaN\n5 Infinity -0', {
    id: 'short',
    params: { lr: 0.1, big: 9007199254740993n, nan: Number.NaN },
  });
  await store.put(longRun());
  await store.put({ ...short, contents: [{ path: 'log.txt', bytes: new TextEncoder().encode('hello') }] });
  await store.put(readRunFromText('step loss\n0 1', { id: 'binned' }));
  await store.remove([runId('binned')]);
  await store.putWorkspace({
    ...emptyWorkspace('w', 'Mine'),
    baseline: runId('short'),
    slots: new Map([[runId('short'), 3]]),
    visible: new Set([runId('short')]),
  });
  await store.putSetting('settings', { theme: 'dark' });
  await store.putImport({ id: 'i', label: 'folder', at: 1 as never, runs: [runId('short')], issues: [] });
  store.close();
}

function longRun(): ReadRun {
  const read = readRunFromText('step loss\n0 1', { id: 'long' });
  const points: Points = {
    steps: Float64Array.from({ length: longCount }, (_, at) => at),
    values: Float64Array.from({ length: longCount }, (_, at) => (at === longCount - 1 ? -1 : at % 2)),
    times: null,
  };
  return { ...read, run: { ...read.run, series: read.run.series.map((one) => ({ ...one, count: longCount })) }, points: [points] };
}

const tag = 'is';
type Tagged = { readonly [tag]: string; readonly of: unknown };

/** Bytes, maps and sets as JSON; numbers that JSON lacks by the lossless encoding. */
async function dumpStore(): Promise<string> {
  const database = await new Dexie(databaseName).open();
  const tables = await Promise.all(database.tables.map(async (table) => [table.name, (await table.toArray()).map(toPlain)] as const));
  database.close();
  return toLosslessJson(Object.fromEntries(tables));
}

async function restore(dump: string, version: number): Promise<void> {
  const database = new Dexie(databaseName);
  declareVersions(database, version);
  await database.open();
  for (const [name, rows] of Object.entries(fromLosslessJson(dump) as Record<string, unknown[]>)) await database.table(name).bulkAdd(rows.map(fromPlain));
  database.close();
}

function toPlain(value: unknown): unknown {
  // The in-memory database makes its buffers in a realm of its own.
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  if (kind === 'ArrayBuffer' || kind === 'Uint8Array') {
    const bytes = kind === 'ArrayBuffer' ? new Uint8Array(value as ArrayBuffer) : (value as Uint8Array);
    return { [tag]: kind, of: Buffer.from(bytes).toString('base64') };
  }
  if (value instanceof Map) return { [tag]: 'Map', of: [...value].map(toPlain) };
  if (value instanceof Set) return { [tag]: 'Set', of: [...value].map(toPlain) };
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toPlain(member)]));
  return value;
}

function fromPlain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromPlain);
  if (typeof value !== 'object' || value === null) return value;
  if (!(tag in value)) return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, fromPlain(member)]));
  const { [tag]: kind, of } = value as Tagged;
  const bytes = (): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(String(of), 'base64'));
  if (kind === 'ArrayBuffer') return bytes().buffer;
  if (kind === 'Uint8Array') return bytes();
  const members = (of as unknown[]).map(fromPlain);
  return kind === 'Map' ? new Map(members as [unknown, unknown][]) : new Set(members);
}
