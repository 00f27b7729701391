// Tables that the training wrote into its run folder, as series beside those of the event files.

import { readExactly } from '../../formats/bytes';
import type { SeriesWriter } from '../../formats/event-series';
import type { RunEvent } from '../../model/events';
import type { ReadContext } from '../../source/reader';
import type { SourceFile } from '../../source/source';
import { stemOf } from '../_history/find';
import { type TableShape, tableOf } from '../_history/table';
import { readLog } from '../_history/table-rows';
import { HistoryWriter } from '../_history/writer';

const headBytes = 64 * 1024;
const ending = /\.(?:csv|tsv)(?:\.gz)?$/i;

/** Series of the tables among `files` that are a history; names that the event files have are theirs. */
export async function* tableEvents(
  files: readonly SourceFile[],
  series: SeriesWriter,
  taken: ReadonlySet<string>,
  context: ReadContext,
): AsyncGenerator<RunEvent> {
  const tables: { readonly file: SourceFile; readonly shape: TableShape }[] = [];
  for (const file of files) {
    if (!ending.test(file.name)) continue;
    const head = await readExactly(file, 0, headBytes, context.signal);
    const shape = tableOf(head, head.length >= file.size, stemOf(file.name), false);
    // The run is Guild's, whatever the columns are called.
    if (shape) tables.push({ file, shape: { ...shape, plan: { ...shape.plan, run: null, settings: new Set() } } });
  }
  if (tables.length === 0) return;
  const { run } = series;
  const writer = new HistoryWriter(context.limits.seriesPerRun, () => ({ identity: { nativeId: '' }, path: '' }));
  writer.touch('');
  const numbers = new Map<number, number>();
  const given = async function* (events: Iterable<RunEvent>): AsyncGenerator<RunEvent> {
    for (const event of events) {
      if (event.kind === 'series' && !taken.has(event.key.name)) numbers.set(event.series, yield* series.declare(event.key.name, event.key.context));
      if (event.kind === 'issue') yield { ...event, run };
      const number = event.kind === 'points' ? numbers.get(event.series) : undefined;
      if (event.kind === 'points' && number !== undefined) yield { ...event, run, series: number };
    }
  };
  for (const { file, shape } of tables) for await (const event of readLog(file, shape, writer, { context, manyLogs: tables.length > 1 })) yield* given([event]);
  yield* given(writer.flush());
}
