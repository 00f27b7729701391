// The files that `diptych export` writes.

import { jsonText } from '../core/base/json-write';
import type { Points, ReadRun, Run } from '../core/model/run';
import { writeBundle } from '../core/store/bundle';
import { csvCell, csvRow, pointRows } from './csv-write';
import { documentVersion, issueDocument, runDocument, seriesDocument } from './document';
import type { LoadedRuns } from './read-runs';
import type { CliContext } from './verb';

type Write = (chunk: string | Uint8Array) => Promise<void>;

/** One row a point. */
export async function writePointsCsv(loaded: LoadedRuns, write: Write, context: CliContext): Promise<void> {
  await write(csvRow(['run_id', 'run_name', 'experiment', 'metric', 'context', 'step', 'value', 'time_ms']));
  for (const run of loaded.runs) {
    for (const [series, { steps, values, times }] of pairs(loaded, run)) {
      const context_ = Object.keys(series.context).length > 0 ? jsonText(series.context) : '';
      const prefix = `${[run.id, run.name, run.experiment, series.name, context_].map(csvCell).join(',')},`;
      for (const rows of pointRows([steps, values, times], values.length, prefix)) {
        context.signal.throwIfAborted();
        await write(rows);
      }
    }
  }
}

/** The document of `inspect`, with the points in each series. */
export async function writeJson(loaded: LoadedRuns, write: Write, context: CliContext): Promise<void> {
  await write(`{"version":${documentVersion},\n"command":"export",\n"runs":[`);
  for (const [i, run] of loaded.runs.entries()) {
    context.signal.throwIfAborted();
    const series = pairs(loaded, run).map(([one, { steps, values, times }]) => ({ ...seriesDocument(one), steps, values, times_ms: times }));
    await write(`${i > 0 ? ',' : ''}\n${jsonText({ ...runDocument(run), series })}`);
  }
  await write(`\n],\n"issues":${jsonText(loaded.issues.map(issueDocument))}}\n`);
}

/** A bundle: lossless, opened again by Diptych. */
export async function writeZip(loaded: LoadedRuns, write: Write, context: CliContext): Promise<void> {
  const reads = loaded.runs.map((run): ReadRun => ({ run, points: loaded.points.get(run.id) ?? [], contents: loaded.contents.get(run.id) ?? [] }));
  await writeBundle(reads, write, context.signal);
}

const pairs = (loaded: LoadedRuns, run: Run): (readonly [Run['series'][number], Points])[] => {
  const points = loaded.points.get(run.id) ?? [];
  return run.series.flatMap((series, i) => (points[i] ? [[series, points[i]] as const] : []));
};
