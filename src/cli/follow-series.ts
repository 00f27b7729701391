// Prints the points of one series as they are written, a line each: what `series --follow` does.

import { jsonText } from '../core/base/json-write';
import type { RunId } from '../core/base/units';
import { Follow } from '../core/ingest/follow';
import type { Points, ReadRun, Run } from '../core/model/run';
import { asset } from '../host/assets';
import { nodeSha256 } from '../host/sha256';
import { type ExitCode, exitCodes } from './exit';
import { limitsOf } from './read-runs';
import { selectRun } from './select-run';
import { selectSeries } from './select-series';
import { sourceOf, watchOf } from './sources';
import type { CliContext, VerbArgs } from './verb';

export interface SeriesWanted {
  /** The run as the user names it; the only one where it is left out. */
  readonly run: string | undefined;
  readonly metric: string;
  readonly context: string | undefined;
}

/**
 * Writes one JSON object a line for each point of the series, first those that are there, then each new one, until the run has ended or the
 * user stops it. A run or series that is not there yet is waited for. Where points that were printed do not stand any more, a line
 * `{"restart": true}` comes and all points again.
 * @throws UsageError where the words mean several runs or series
 */
export async function followSeries(path: string, wanted: SeriesWanted, args: VerbArgs, context: CliContext): Promise<ExitCode> {
  const { signal } = context;
  const follow = new Follow(sourceOf(path, context), { signal, limits: limitsOf(args), keepContents: false, asset, sha256: nodeSha256 });
  const watch = watchOf(path, context);
  const runs = new Map<RunId, Run>();
  const printer = new PointPrinter(context);
  let chosen: RunId | null = null;
  let changedAt = Date.now();
  try {
    for (;;) {
      const lookedAt = Date.now();
      const fresh = new Map<RunId, ReadRun>();
      let files = 0;
      let changed = false;
      for await (const event of follow.look()) {
        if (event.kind === 'run') {
          runs.set(event.read.run.id, event.read.run);
          fresh.set(event.read.run.id, event.read);
        } else if (event.kind === 'withdrawn') {
          runs.delete(event.run);
          if (event.run === chosen) chosen = event.by;
        } else if (event.kind === 'looked') ({ files } = event.look);
        if (event.kind === 'looked') changed = event.look.state === 'changed';
      }
      if (changed) changedAt = Date.now();
      if (runs.size > 0) chosen ??= selectRun([...runs.values()], wanted.run).id;
      const read = chosen === null ? undefined : fresh.get(chosen);
      if (read?.run.series.some(({ name }) => name === wanted.metric)) {
        await printer.print(read.points[selectSeries(read.run, wanted.metric, wanted.context)] as Points);
      }
      const status = chosen === null ? undefined : runs.get(chosen)?.status;
      if (status === 'finished' || status === 'failed' || status === 'killed') return exitCodes.done;
      await watch.wait({ tookMs: Date.now() - lookedAt, files, quietMs: Date.now() - changedAt, changed }, signal);
      signal.throwIfAborted();
    }
  } finally {
    watch.close();
    follow.close();
  }
}

class PointPrinter {
  #printed: Points = { steps: null, values: new Float64Array(0), times: null };

  constructor(private readonly context: CliContext) {}

  /** What has come since the last call. */
  async print(points: Points): Promise<void> {
    const before = this.#printed;
    this.#printed = points;
    const stands = begins(points.values, before.values) && (before.values.length === 0 || begins(points.steps, before.steps));
    if (!stands) await this.context.write('{"restart":true}\n');
    for (let at = stands ? before.values.length : 0; at < points.values.length; at++) {
      const { steps, values, times } = points;
      await this.context.write(`${jsonText({ step: steps ? steps[at] : null, value: values[at], time_ms: times ? times[at] : null })}\n`);
    }
  }
}

/** Without a column on one side, both must lack it. */
function begins(now: Float64Array | null, before: Float64Array | null): boolean {
  if (!now || !before) return now === before;
  return now.length >= before.length && before.every((value, at) => Object.is(value, now[at]));
}
