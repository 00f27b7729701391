// The tables of the database: who the run is, its operations in order, files that waited to be sent.

import { type Cell, cellNumber, cellText, type Sqlite } from '../../formats/sqlite';

export interface StoredOperation {
  readonly sequence: number;
  /** 0 an update, 1 the creation of the run. */
  readonly type: number;
  readonly bytes: Uint8Array;
}

export interface StoredUpload {
  readonly source: string;
  readonly destination: string;
  readonly mime: string | null;
  readonly size: number | null;
}

/** @throws Error wherever the file is damaged */
export class ScaleTables {
  constructor(private readonly db: Sqlite) {}

  /** Project, run id and version of the tables; null where they are not there. */
  run(): { readonly project: string | null; readonly id: string | null; readonly version: string | null } {
    for (const [project, id, version] of this.db.rows('SELECT project, run_id, version FROM metadata LIMIT 1'))
      return { project: cellText(project), id: cellText(id), version: cellText(version) };
    return { project: null, id: null, version: null };
  }

  *operations(): Generator<StoredOperation> {
    for (const [sequence, type, bytes] of this.db.rows('SELECT sequence_id, operation_type, operation FROM run_operations ORDER BY sequence_id'))
      if (bytes instanceof Uint8Array) yield { sequence: cellNumber(sequence) ?? 0, type: cellNumber(type) ?? 0, bytes };
  }

  *uploads(): Generator<StoredUpload> {
    if (!this.db.columns('file_upload_requests').has('destination')) return;
    const sql = 'SELECT source_path, destination, mime_type, size_bytes FROM file_upload_requests ORDER BY rowid';
    for (const [source, destination, mime, size] of this.db.rows(sql))
      yield { source: cellText(source) ?? '', destination: cellText(destination) ?? '', mime: cellText(mime), size: cellNumber(size) };
  }

  /** Kinds of errors that the client met, with their numbers. */
  *errors(): Generator<{ readonly type: string; readonly count: number }> {
    if (!this.db.columns('operation_errors').has('error_type')) return;
    for (const [type, count] of this.db.rows('SELECT error_type, count(*) FROM operation_errors GROUP BY error_type ORDER BY error_type') as Iterable<
      readonly Cell[]
    >)
      yield { type: cellText(type) ?? '', count: cellNumber(count) ?? 0 };
  }
}
