// Whether a database is one of a tracker, by the names of its tables.

import { HttpError } from '../../source/http';
import type { SqlAccess, SqlView } from '../../source/sql';

/**
 * The columns of the tracker's tables.
 * @param marks tables that must be there
 * @param others tables that are read where they are there
 * @throws HttpError `bad-answer` where the database is none of the tracker
 */
export async function tablesOf(
  view: SqlView,
  { base }: SqlAccess,
  what: string,
  marks: readonly string[],
  others: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const columns = await view.columns([...marks, ...others]);
  const missing = marks.filter((table) => !columns.has(table));
  if (missing.length === 0) return columns;
  const lacks = missing.length === 1 ? `the table ${missing[0]}` : `the tables ${missing.join(', ')}`;
  throw new HttpError(
    'bad-answer',
    `${base} is no ${what}: it has not ${lacks}, or the user may not see ${missing.length === 1 ? 'it' : 'them'}.`,
    base,
    'Look at the name of the database at the end of the address, at the tracker that was chosen, and whether the user may read its tables (GRANT SELECT).',
  );
}
