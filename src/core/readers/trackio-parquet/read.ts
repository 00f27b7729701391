// Reads a project's tables into its runs: rows of all runs stand in one table, a column for every name that was logged.

import { issue } from '../../base/issues';
import { isObject } from '../../formats/flatten';
import { numberOf } from '../../formats/numbers';
import { openParquet, type ParquetCell } from '../../formats/parquet';
import { parseTimestamp } from '../../formats/timestamp';
import type { RunEvent, RunKey } from '../../model/events';
import type { Value } from '../../model/values';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { SourceError, type SourceFile } from '../../source/source';
import { PointCollector } from '../_logs/collector';
import { configEvents, loggedValues, mediaKind } from '../_trackio/logged';
import type { ProjectTables } from './reader';

/** Columns of Trackio itself; all others were logged. */
const own = new Set(['id', 'run_id', 'timestamp', 'run_name', 'step', 'log_id', 'space_id', 'created_at']);

interface OpenRun {
  readonly run: RunKey;
  readonly points: PointCollector;
  readonly media: Map<string, { readonly kind: string; readonly count: number }>;
}

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const { project, ...tables } = claim.note as ProjectTables;
  const runs = new Map<string, OpenRun>();
  const events: RunEvent[] = [];
  const path = tables.metrics?.path ?? claim.root.path;
  const open = (id: string | null, name: string | null): OpenRun => {
    const key = id ?? name ?? '';
    let found = runs.get(key);
    if (!found) {
      const run = runs.size;
      found = { run, points: new PointCollector(run, context.limits.seriesPerRun), media: new Map() };
      runs.set(key, found);
      // Before Trackio 0.6 a run was its name within the project.
      events.push({ kind: 'begin', run, identity: id === null ? { nativeId: key, scope: project ?? '' } : { nativeId: id }, path, files: claim.files });
      events.push({ kind: 'header', run, set: { name, experiment: project, status: 'unknown' } });
    }
    return found;
  };
  const trouble: RunEvent[] = [];
  for (const [kind, file] of Object.entries(tables) as [keyof typeof tables, SourceFile | null][]) {
    if (!file || !claim.files.includes(file)) continue;
    try {
      if (kind === 'configs')
        for await (const row of rowsOf(file, context))
          events.push(...configEvents(open(row.id, row.name).run, row.values, { file: file.name, where: `run ${row.id ?? row.name}` }));
      else for await (const row of rowsOf(file, context)) takeRow(row, open(row.id, row.name), kind === 'system');
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof SourceError)) throw error;
      const code = error instanceof SourceError ? error.code : 'bad-record';
      trouble.push({ kind: 'issue', issue: issue(code, `${file.name} was read as far as it goes: ${error.message}.`, { file: file.path }) });
    }
    yield* events.splice(0);
  }
  for (const { run, points, media } of runs.values()) {
    yield* points.flush(true);
    for (const [name, { kind, count }] of media) yield { kind: 'media', run, media: { name, kind, count } };
    for (const one of trouble) yield { ...one, run } as RunEvent;
    yield { kind: 'end', run };
  }
  if (runs.size === 0)
    yield* trouble.length > 0 ? trouble : [{ kind: 'issue', issue: issue('empty', 'The Trackio project has no runs.', { file: path }) } as const];
};

interface TableRow {
  readonly id: string | null;
  readonly name: string | null;
  readonly step: ParquetCell;
  readonly timeMs: number | null;
  /** What was logged; empty cells are names that the row did not have. */
  readonly values: { readonly [name: string]: Value };
}

/** @throws SyntaxError where the table is damaged or none of Trackio's; SourceError */
async function* rowsOf(file: SourceFile, context: ReadContext): AsyncGenerator<TableRow> {
  const table = await openParquet(file, context);
  if (!table.columns.has('run_name')) throw new SyntaxError('the table has no column run_name');
  const logged = [...table.columns].filter((name) => !own.has(name));
  for (let group = 0; group < table.groups; group++) {
    const column = (name: string) => table.column(group, name);
    const [ids, names, steps, times] = [await column('run_id'), await column('run_name'), await column('step'), await column('timestamp')];
    const cells: (readonly [string, readonly ParquetCell[]])[] = [];
    for (const name of logged) cells.push([name, await column(name)]);
    for (let row = 0; row < table.rows(group); row++) {
      const [id, name, time] = [ids[row], names[row], times[row]];
      yield {
        id: typeof id === 'string' && id !== '' ? id : null,
        name: typeof name === 'string' ? name : null,
        step: steps[row] ?? null,
        timeMs: typeof time === 'string' ? parseTimestamp(time) : null,
        values: Object.fromEntries(cells.flatMap(([key, all]) => (all[row] == null ? [] : [[key, plain(all[row]!)]]))),
      };
    }
  }
}

/** Integers within lists and structs come as bigint: those that float64 holds are numbers, as they were when they were logged. */
function plain(cell: ParquetCell): ParquetCell {
  if (typeof cell === 'bigint') return Number.isSafeInteger(Number(cell)) ? Number(cell) : cell;
  if (Array.isArray(cell)) return cell.map(plain);
  return isObject(cell) ? Object.fromEntries(Object.entries(cell).map(([name, item]) => [name, plain(item)])) : cell;
}

function takeRow({ step, timeMs, values }: TableRow, { points, media }: OpenRun, system: boolean): void {
  const at = !system && (typeof step === 'number' || typeof step === 'bigint') ? step : null;
  for (const [name, value] of loggedValues(values)) {
    const number = numberOf(value);
    if (number !== null) points.add(system ? `system.${name}` : name, at, timeMs, number, { system });
    else if (isObject(value)) media.set(name, { kind: mediaKind(value), count: (media.get(name)?.count ?? 0) + 1 });
  }
}
