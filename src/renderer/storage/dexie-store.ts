// The store in IndexedDB. A run is put all or nothing; the same run again updates it and never doubles it.

import { Dexie, type Table } from 'dexie';
import type { RunId } from '../../core/base/units';
import { fateOf, settledWith } from '../../core/model/extracts';
import type { Points, ReadRun, Run } from '../../core/model/run';
import { sameContents } from '../../core/store/same';
import { decodeColumns, encodeColumns, joinPoints, slicePoints } from './columns';
import type { AppStore, Overview, PutOutcome, Usage } from './contract';
import { chunkPoints, layoutOf, placesOf } from './layout';
import { overviewOf } from './overview';

import { currentVersion, type Database, databaseName, declareVersions, type RunRow } from './schema';

export interface StoreOptions {
  readonly name?: string;
  /** Another tab wants to upgrade or wipe the store: this one has let go of it. */
  readonly onClosed?: () => void;
  /** Another tab holds the store and an upgrade waits for it. */
  readonly onBlocked?: () => void;
  readonly now?: () => number;
}

/** Opens the store; works in a page and in a worker. @throws what explainStoreError explains */
export async function openStore({ name = databaseName, onClosed, onBlocked, now = Date.now }: StoreOptions = {}): Promise<AppStore> {
  const database = new Dexie(name, { chromeTransactionDurability: 'relaxed' }) as Database;
  declareVersions(database);
  database.on('versionchange', () => {
    database.close();
    onClosed?.();
    // Dexie's own answer would open the store again, at whatever version it then has.
    return false;
  });
  database.on('blocked', () => onBlocked?.());
  await database.open();
  // Dexie opens a store of a newer version as if it were its own.
  const found = database.backendDB().version / 10;
  if (found > currentVersion) {
    database.close();
    throw new Dexie.VersionError(`found version ${found}, supported is ${currentVersion}`);
  }
  return new DexieStore(database, now);
}

class DexieStore implements AppStore {
  constructor(
    readonly database: Database,
    readonly now: () => number,
  ) {}

  async put(given: ReadRun): Promise<PutOutcome> {
    const { database } = this;
    const before: RunRow | undefined = await database.runs.get(given.run.id);
    const { run, points, contents } = await this.#settled(before, given);
    if (before?.binnedMs === 0 && sameContents(before.run, run)) return 'unchanged';
    const keepCurves = before !== undefined && sameCurves(before.run, run);
    const rows = keepCurves ? null : curveRows(run, points);
    const curveBytes = rows ? rows.bytes : (before?.bytes ?? 0) - (await this.#contentBytes(run.id));
    const row: RunRow = {
      id: run.id,
      run,
      binnedMs: 0,
      addedMs: before?.addedMs ?? this.#nextMoment(),
      bytes: curveBytes + contents.reduce((sum, content) => sum + content.bytes.byteLength, 0),
    };
    await database.transaction('rw', [database.runs, database.packs, database.chunks, database.overviews, database.contents], async () => {
      if (rows) {
        if (before) await this.#deleteCurves(run.id);
        await database.packs.bulkAdd(rows.packs);
        await database.chunks.bulkAdd(rows.chunks);
        await database.overviews.bulkAdd(rows.overviews);
      }
      if (before) await rowsOf(database.contents, 'run+path', run.id).delete();
      // A view is stored with all of the buffer behind it: hence the copy.
      await database.contents.bulkPut(contents.map((content) => ({ run: run.id, path: content.path, bytes: content.bytes.slice() })));
      await database.runs.put(row);
    });
    return before ? 'updated' : 'added';
  }

  /** What is put: of an extract of a run that is there, the two as one. Runs in the bin are as good as gone. */
  async #settled(before: RunRow | undefined, given: ReadRun): Promise<ReadRun> {
    if (before?.binnedMs !== 0 || fateOf(before.run, given.run) === 'take') return given;
    const whole = await this.whole(given.run.id);
    return whole ? settledWith(whole, given) : given;
  }

  async runs(): Promise<readonly Run[]> {
    const rows = await this.database.runs.where('binnedMs').equals(0).toArray();
    return rows.sort((a, b) => a.addedMs - b.addedMs).map((row) => row.run);
  }

  async run(id: RunId): Promise<Run | null> {
    const row: RunRow | undefined = await this.database.runs.get(id);
    return row?.binnedMs === 0 ? row.run : null;
  }

  async whole(id: RunId): Promise<ReadRun | null> {
    const run = await this.run(id);
    if (!run) return null;
    const contents = await rowsOf(this.database.contents, 'run+path', id).toArray();
    const series = run.series.map((_, index) => index);
    return { run, points: await this.points(id, series), contents: contents.map(({ path, bytes }) => ({ path, bytes })) };
  }

  async binned(): Promise<readonly { readonly run: Run; readonly atMs: number }[]> {
    const rows = await this.database.runs.where('binnedMs').above(0).toArray();
    return rows.sort((a, b) => b.binnedMs - a.binnedMs).map((row) => ({ run: row.run, atMs: row.binnedMs }));
  }

  async points(id: RunId, series: readonly number[]): Promise<readonly Points[]> {
    const { database } = this;
    return this.#curves(id, series, async (index, count) => {
      const keys = Array.from({ length: Math.ceil(count / chunkPoints) }, (_, chunk) => [id, index, chunk] as [RunId, number, number]);
      const rows = await database.chunks.bulkGet(keys);
      return joinPoints(rows.map((row) => decodeColumns(present(row, id).data, 0)));
    });
  }

  async overviews(id: RunId, series: readonly number[]): Promise<readonly Overview[]> {
    const long = new Set<number>();
    const points = await this.#curves(id, series, async (index) => {
      long.add(index);
      return decodeColumns(present(await this.database.overviews.get([id, index]), id).data, 0);
    });
    return points.map((one, at) => ({ points: one, thinned: long.has(series[at] as number) }));
  }

  async content(id: RunId, path: string): Promise<Uint8Array<ArrayBuffer> | null> {
    return (await this.database.contents.get([id, path]))?.bytes ?? null;
  }

  remove(ids: readonly RunId[]): Promise<void> {
    return this.#mark(ids, this.now());
  }

  restore(ids: readonly RunId[]): Promise<void> {
    return this.#mark(ids, 0);
  }

  async purge(ids: readonly RunId[]): Promise<void> {
    const { database } = this;
    for (const id of ids) {
      await database.transaction('rw', [database.runs, database.packs, database.chunks, database.overviews, database.contents], async () => {
        await this.#deleteCurves(id);
        await rowsOf(database.contents, 'run+path', id).delete();
        await database.runs.delete(id);
      });
    }
  }

  imports = () => this.database.imports.toArray();
  workspaces = () => this.database.workspaces.toArray();
  workspace = (id: string): Promise<unknown> => this.database.workspaces.get(id);

  async putImport(record: Parameters<AppStore['putImport']>[0]): Promise<void> {
    await this.database.imports.put(record);
  }

  async putWorkspace(workspace: Parameters<AppStore['putWorkspace']>[0]): Promise<void> {
    await this.database.workspaces.put(workspace);
  }

  async updateWorkspace(id: string, next: (there: unknown) => Parameters<AppStore['putWorkspace']>[0] | null): Promise<void> {
    const { workspaces } = this.database;
    await this.database.transaction('rw', workspaces, async () => {
      const workspace = next(await workspaces.get(id));
      if (workspace) await workspaces.put(workspace);
    });
  }

  async updateSetting(key: string, next: (there: unknown) => unknown): Promise<void> {
    const { settings } = this.database;
    await this.database.transaction('rw', settings, async () => {
      const value = next((await settings.get(key))?.value);
      if (value !== undefined) await settings.put({ key, value });
    });
  }

  async deleteWorkspace(id: string): Promise<void> {
    await this.database.workspaces.delete(id);
  }

  async setting(key: string): Promise<unknown> {
    return (await this.database.settings.get(key))?.value;
  }

  async putSetting(key: string, value: unknown): Promise<void> {
    await this.database.settings.put({ key, value });
  }

  async usage(): Promise<Usage> {
    const total = { runs: 0, binned: 0, bytes: 0, binnedBytes: 0 };
    await this.database.runs.each((row) => {
      total.bytes += row.bytes;
      if (row.binnedMs === 0) total.runs += 1;
      else {
        total.binned += 1;
        total.binnedBytes += row.bytes;
      }
    });
    return total;
  }

  async wipe(): Promise<void> {
    const { database } = this;
    await database.transaction('rw', database.tables, () => Promise.all(database.tables.map((table) => table.clear())));
  }

  close(): void {
    this.database.close();
  }

  /** Curves of a run: packs read once each, long series by `readLong`. */
  async #curves(id: RunId, series: readonly number[], readLong: (index: number, count: number) => Promise<Points>): Promise<readonly Points[]> {
    const { database } = this;
    const { run } = present(await database.runs.get(id), id);
    const counts = run.series.map((one) => one.count);
    const places = placesOf(layoutOf(counts));
    const wanted = [...new Set(series.map((index) => places.get(index)?.pack).filter((pack) => pack !== undefined))];
    const rows = await database.packs.bulkGet(wanted.map((pack) => [id, pack] as [RunId, number]));
    const packs = new Map(rows.map((row, at) => [wanted[at], row]));
    return Promise.all(
      series.map((index) => {
        const place = places.get(index);
        return place ? decodeColumns(present(packs.get(place.pack), id).data, place.at) : readLong(index, counts[index] ?? 0);
      }),
    );
  }

  #lastMoment = 0;

  /** Never the same twice, so that runs keep the order in which they came. */
  #nextMoment(): number {
    this.#lastMoment = Math.max(this.now(), this.#lastMoment + 1 / 1024);
    return this.#lastMoment;
  }

  async #mark(ids: readonly RunId[], binnedMs: number): Promise<void> {
    const { runs } = this.database;
    await this.database.transaction('rw', runs, async () => {
      const rows = await runs.bulkGet([...ids]);
      await runs.bulkPut(rows.filter((row) => row !== undefined).map((row) => ({ ...row, binnedMs })));
    });
  }

  async #contentBytes(id: RunId): Promise<number> {
    let bytes = 0;
    await rowsOf(this.database.contents, 'run+path', id).each((row) => {
      bytes += row.bytes.byteLength;
    });
    return bytes;
  }

  async #deleteCurves(id: RunId): Promise<void> {
    await rowsOf(this.database.packs, 'run+pack', id).delete();
    await rowsOf(this.database.chunks, 'run+series+chunk', id).delete();
    await rowsOf(this.database.overviews, 'run+series', id).delete();
  }
}

/** All rows of a run in a table whose compound key begins with it. */
function rowsOf<Row, Key>(table: Table<Row, Key>, key: string, id: RunId) {
  // A shorter array comes before a longer one that begins the same, and nothing comes after maxKey.
  return table.where(`[${key}]`).between([id], [id, Dexie.maxKey]);
}

function present<T>(row: T | undefined, id: RunId): T {
  if (row === undefined) throw new Error(`The store holds no such curve of run ${id} any more.`);
  return row;
}

function sameCurves(before: Run, after: Run): boolean {
  return (
    before.series.length === after.series.length &&
    before.series.every((one, at) => {
      const other = after.series[at];
      return (
        other !== undefined &&
        one.count === other.count &&
        one.valuesDigest === other.valuesDigest &&
        one.stepsDigest === other.stepsDigest &&
        one.timesDigest === other.timesDigest
      );
    })
  );
}

function curveRows(run: Run, points: readonly Points[]) {
  const layout = layoutOf(run.series.map((one) => one.count));
  const at = (series: number): Points => points[series] ?? { steps: null, values: new Float64Array(), times: null };
  const packs = layout.packs.map((series, pack) => ({ run: run.id, pack, data: encodeColumns(series.map(at)) }));
  const chunks = layout.long.flatMap((series) =>
    Array.from({ length: Math.ceil(at(series).values.length / chunkPoints) }, (_, chunk) => ({
      run: run.id,
      series,
      chunk,
      data: encodeColumns([slicePoints(at(series), chunk * chunkPoints, (chunk + 1) * chunkPoints)]),
    })),
  );
  const overviews = layout.long.map((series) => ({ run: run.id, series, data: encodeColumns([overviewOf(at(series))]) }));
  const bytes = [...packs, ...chunks, ...overviews].reduce((sum, row) => sum + row.data.byteLength, 0);
  return { packs, chunks, overviews, bytes };
}
