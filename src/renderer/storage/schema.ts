// The database: tables, schema versions and what changes from one to the next.

import type { Dexie, EntityTable, Table, Transaction } from 'dexie';
import type { RunId } from '../../core/base/units';
import type { Content, Run } from '../../core/model/run';
import type { ImportRecord } from '../../core/store/contract';
import type { Workspace } from '../state/workspace';
import { upgradeWorkspace } from '../state/workspace-shape';

export const databaseName = 'diptych';

export interface RunRow {
  readonly id: RunId;
  readonly run: Run;
  /** When it went to the bin; 0 where it is not there (null cannot be indexed). */
  readonly binnedMs: number;
  /** When it first came in, and its place among those of the same moment. */
  readonly addedMs: number;
  /** Bytes of its curves and files. */
  readonly bytes: number;
}

export interface PackRow {
  readonly run: RunId;
  readonly pack: number;
  readonly data: ArrayBuffer;
}

export interface ChunkRow {
  readonly run: RunId;
  readonly series: number;
  readonly chunk: number;
  readonly data: ArrayBuffer;
}

export interface OverviewRow {
  readonly run: RunId;
  readonly series: number;
  readonly data: ArrayBuffer;
}

export interface ContentRow extends Content {
  readonly run: RunId;
}

export interface SettingRow {
  readonly key: string;
  readonly value: unknown;
}

/** Metadata and curves lie in separate tables, and no binary column is indexed: either would slow every listing. */
export type Database = Dexie & {
  runs: EntityTable<RunRow, 'id'>;
  packs: Table<PackRow, [RunId, number]>;
  chunks: Table<ChunkRow, [RunId, number, number]>;
  overviews: Table<OverviewRow, [RunId, number]>;
  contents: Table<ContentRow, [RunId, string]>;
  imports: EntityTable<ImportRecord, 'id'>;
  workspaces: EntityTable<Workspace, 'id'>;
  settings: EntityTable<SettingRow, 'key'>;
};

interface SchemaVersion {
  /** Counted up by one; test/upgrades keeps a store of each. */
  readonly version: number;
  /** Tables that change; the others stay. */
  readonly stores: Readonly<Record<string, string | null>>;
  /** Brings the rows of the version before to this one. */
  readonly upgrade?: (transaction: Transaction) => Promise<void>;
}

export const schemaVersions: readonly SchemaVersion[] = [
  {
    version: 1,
    stores: {
      runs: 'id, binnedMs',
      packs: '[run+pack]',
      chunks: '[run+series+chunk]',
      overviews: '[run+series]',
      contents: '[run+path]',
      imports: 'id',
      workspaces: 'id',
      settings: 'key',
    },
  },
  {
    // Workspaces are of version 2 (state/workspace-shape.ts): an older Diptych would drop what it does not know, so it must not open them.
    version: 2,
    stores: {},
    upgrade: async (transaction) => {
      const table = transaction.table('workspaces');
      await table.bulkPut((await table.toArray()).map(upgradeWorkspace));
    },
  },
];

export const currentVersion: number = schemaVersions.at(-1)?.version ?? 0;

/** Tells Dexie all versions, or those up to one (tests make old stores with it). */
export function declareVersions(database: Dexie, upTo: number = currentVersion): void {
  for (const { version, stores, upgrade } of schemaVersions) {
    if (version > upTo) continue;
    const declared = database.version(version).stores({ ...stores });
    if (upgrade) declared.upgrade(upgrade);
  }
}
