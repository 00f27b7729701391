// A RocksDB store from the files of its folder: opened once and asked for ranges of keys, read-only, whatever of it is damaged.

import { type Issue, type IssueCode, issue } from '../../base/issues';
import { paceOf } from '../../base/pace';
import { type SourceDir, SourceError, type SourceFile } from '../../source/source';
import { UnsupportedBlock } from './block';
import { compareBytes } from './coding';
import { LogCursor, type LoggedEntry, TableCursor } from './cursor';
import { type Manifest, readManifest, withinTable } from './manifest';
import { logName, numbered, tableName } from './names';
import { counted, readLog, type StoreContext } from './records';
import { salvageBlocks } from './salvage';
import { EntryScan, type EntrySink } from './scan';
import { openTable, type Table, UnsupportedTable } from './table';
import { type Tombstone, TombstoneSweep } from './tombstones';

interface OpenTable {
  readonly file: SourceFile;
  readonly table: Table;
}

/** The order of keys that all stores have whose clients bring no code of their own. */
const bytewise = 'leveldb.BytewiseComparator';
/** An open store. What of it could not be read stands in `issues`, and more may come with every scan. */
export class RocksStore {
  readonly issues: Issue[] = [];
  private readonly tables: OpenTable[] = [];
  private readonly logs: { readonly file: SourceFile; readonly entries: readonly LoggedEntry[] }[] = [];
  private readonly tombstones: Tombstone[] = [];

  private constructor(private readonly context: StoreContext) {}

  /**
   * Opens the store in a folder: tables by their outlines, logs whole.
   * Damage costs what is damaged and is told in `issues`; only a cancel is thrown.
   */
  static async open(dir: SourceDir, context: StoreContext): Promise<RocksStore> {
    const store = new RocksStore(context);
    const manifest = await readManifest(dir, context, store.issues);
    if (manifest?.comparator && manifest.comparator !== bytewise) {
      store.issues.push(issue('unsupported', `The store orders its keys in a way of its own (${manifest.comparator}).`, { file: dir.path }));
      return store;
    }
    await store.openTables(dir, manifest);
    for (const [number, file] of numbered(dir, logName)) {
      if (number < (manifest?.logNumber ?? 0)) continue;
      const { entries, tombstones } = await readLog(file, number, context, store.issues);
      if (entries.length > 0) store.logs.push({ file, entries: [...entries].sort((a, b) => compareBytes(a.userKey, b.userKey) || b.sequence - a.sequence) });
      for (const tombstone of tombstones) store.tombstones.push(tombstone);
    }
    return store;
  }

  /**
   * Hands the entries with from ≤ key < to to the sink in the order of their keys: of each key the newest, unless it was deleted.
   * Yields now and then, so that what was handed over can be worked off.
   */
  async *scan(from: Uint8Array, to: Uint8Array, sink: EntrySink): AsyncGenerator<void> {
    const pace = paceOf(this.context.signal);
    const cursors = this.tables.map(({ file, table }) => new TableCursor(file, table.blocks, from, this.context));
    const sweep = new TombstoneSweep(this.tombstones);
    const logs = this.logs.map(({ file, entries }) => new LogCursor(file, entries, from));
    const scan = new EntryScan([...cursors, ...logs], sweep, to, sink);
    try {
      while (await scan.next()) {
        await pace.turn();
        yield;
      }
    } finally {
      pace.close();
    }
    for (const cursor of cursors) this.tellDamage(cursor);
    if (scan.unsupported > 0) this.issues.push(issue('unsupported', `${scan.unsupported} values are kept in a way that cannot be read.`));
  }

  private async openTables(dir: SourceDir, manifest: Manifest | null): Promise<void> {
    const files = numbered(dir, tableName);
    for (const number of manifest ? manifest.tables.keys() : files.keys()) {
      const file = files.get(number);
      if (!file) {
        this.issues.push(issue('missing-file', `The store lists a table ${number} that is not there.`, { file: dir.path }));
        continue;
      }
      const table = await this.openTable(file);
      if (!table) continue;
      this.tables.push({ file, table });
      const live = manifest?.tables.get(number);
      for (const tombstone of live ? withinTable(table.tombstones, live) : table.tombstones) this.tombstones.push(tombstone);
    }
  }

  private async openTable(file: SourceFile): Promise<Table | null> {
    const { limits, signal } = this.context;
    try {
      const table = await openTable(file, limits, signal);
      if (table.lost !== null) this.issues.push(issue('bad-record', `The table is damaged: ${table.lost} is lost.`, { file: file.path }));
      return table;
    } catch (error) {
      const table = error instanceof SyntaxError ? await this.salvage(file) : null;
      if (!table) this.issues.push(tableIssue(error, file));
      return table;
    }
  }

  /** What can be had of a table without its own lists. */
  private async salvage(file: SourceFile): Promise<Table | null> {
    const { limits, signal } = this.context;
    try {
      const blocks = await salvageBlocks(file, limits, signal);
      if (blocks.length === 0) return null;
      const message = `The list of the table's blocks is lost; ${counted(blocks.length, 'block')} from its beginning ${blocks.length === 1 ? 'was' : 'were'} read. What follows them, and what it says of deleted keys, is missing.`;
      this.issues.push(issue('bad-record', message, { file: file.path }));
      return { blocks, tombstones: [], lost: null };
    } catch (error) {
      if (error instanceof SourceError) return null;
      throw error;
    }
  }

  private tellDamage({ file, damage }: TableCursor): void {
    const { bad, firstBad, unsupported, method, failure } = damage;
    const place = { file: file.path, where: `byte ${firstBad}` };
    if (failure) this.issues.push(issue(failure.code, `${failure.message} What the rest of the table holds was read.`, place));
    else if (bad > 0) this.issues.push(issue('bad-record', `${counted(bad, 'block')} of the table could not be read; what they held is missing.`, place));
    if (unsupported > 0) this.issues.push(issue('unsupported', `The table has ${method}, which cannot be read.`, { file: file.path }));
  }
}

/** @throws what is no trouble of the file */
function tableIssue(error: unknown, file: SourceFile): Issue {
  const told = (code: IssueCode, message: string) => issue(code, message, { file: file.path });
  if (error instanceof SourceError) return told(error.code, error.message);
  if (error instanceof SyntaxError) return told('bad-record', `The table cannot be read, and what it held is missing: ${error.message}.`);
  if (error instanceof UnsupportedTable || error instanceof UnsupportedBlock) return told('unsupported', `The table cannot be read: ${error.message}.`);
  throw error;
}
