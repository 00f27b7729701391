// What the database beside the stores holds: names, experiments, tags, notes, start and end of the runs.

import { type Cell, cellNumber, cellText, type Sqlite } from '../../formats/sqlite';
import { parseTimestamp } from '../../formats/timestamp';

export interface RunRecord {
  readonly hash: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly archived: boolean;
  /** Milliseconds since the epoch. */
  readonly created: number | null;
  readonly finalized: number | null;
  readonly experiment: string | null;
  readonly experimentArchived: boolean;
  readonly tags: readonly string[];
  readonly notes: readonly string[];
}

/**
 * All runs, in the order in which they were made. Tables and columns that an old schema lacks count as empty.
 * @throws Error where the file is damaged
 */
export function* runRecords(db: Sqlite): Generator<RunRecord> {
  const columns = new Map(['run', 'experiment', 'tag', 'run_tag', 'note'].map((table) => [table, db.columns(table)]));
  const has = (table: string, ...names: readonly string[]): boolean => names.every((name) => columns.get(table)?.has(name));
  const column = (name: string): string => (has('run', name) ? `run.${name}` : 'NULL');
  if (!has('run', 'hash')) return;
  const joined = has('experiment', 'id', 'name') && has('run', 'experiment_id');
  const archived = joined && has('experiment', 'is_archived') ? 'experiment.is_archived' : 'NULL';
  const shown = has('tag', 'is_archived') ? 'AND tag.is_archived IS NOT 1' : '';
  const tags = has('tag', 'id', 'name') && has('run_tag', 'run_id', 'tag_id');
  if (tags) db.index('run_tag', 'run_id');
  const notes = has('note', 'run_id', 'content');
  if (notes) db.index('note', 'run_id');
  const sql = `SELECT run.hash, ${['name', 'description', 'is_archived', 'created_at', 'finalized_at', 'id'].map(column).join(', ')},
    ${joined ? 'experiment.name' : 'NULL'}, ${archived} FROM run ${joined ? 'LEFT JOIN experiment ON experiment.id = run.experiment_id' : ''} ORDER BY run.rowid`;
  const list = (query: string, id: Cell): string[] => [...db.rows(query, [id])].map(([cell]) => cellText(cell) ?? '').filter((text) => text !== '');
  for (const [hash, name, description, isArchived, created, finalized, id = null, experiment, experimentArchived] of db.rows(sql)) {
    const known = cellText(hash);
    if (!known) continue;
    yield {
      hash: known,
      name: cellText(name) || null,
      description: cellText(description) || null,
      archived: cellNumber(isArchived) === 1,
      created: parseTimestamp(cellText(created) ?? ''),
      finalized: parseTimestamp(cellText(finalized) ?? ''),
      experiment: cellText(experiment) || null,
      experimentArchived: cellNumber(experimentArchived) === 1,
      tags: tags ? list(`SELECT tag.name FROM run_tag JOIN tag ON tag.id = run_tag.tag_id WHERE run_tag.run_id = ? ${shown} ORDER BY tag.name`, id) : [],
      notes: notes ? list('SELECT content FROM note WHERE run_id = ? ORDER BY rowid', id) : [],
    };
  }
}
