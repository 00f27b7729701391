// `diptych series`: every point of one series, as the tracker's own client returns them.

import type { Points } from '../../core/model/run';
import { seriesAnswer } from '../answers/series';
import { csvRow, pointRows } from '../csv-write';
import { documentText } from '../document';
import { exitCodes, UsageError } from '../exit';
import { followSeries } from '../follow-series';
import { readOptions } from '../read-runs';
import type { CliContext, Verb } from '../verb';

export const verb: Verb = {
  meta: {
    id: 'series',
    summary: 'Print every point of one series.',
    usage: 'PATH... --run ID --metric NAME [--context JSON] --json|--csv|--follow',
    options: {
      run: { type: 'string', help: 'The run: its id, native id, name or path.' },
      metric: { type: 'string', help: 'The name of the series.' },
      context: { type: 'string', help: 'Its context as JSON, where the name alone is not enough.' },
      json: { type: 'boolean', help: 'Print one JSON document (docs/cli.md).' },
      csv: { type: 'boolean', help: 'Print CSV: step, value, time_ms.' },
      follow: { type: 'boolean', help: 'Print each point as it is written, one JSON object a line, until the run has ended.' },
      ...readOptions,
    },
  },
  async run(args, context) {
    if (args.flag('follow')) {
      const metric = args.text('metric');
      if (metric === undefined) throw new UsageError('--metric is missing');
      const [path, ...more] = args.positionals;
      if (path === undefined || more.length > 0) throw new UsageError('--follow wants one PATH');
      return followSeries(path, { run: args.text('run'), metric, context: args.text('context') }, args, context);
    }
    const { loaded, found } = await seriesAnswer(args, context);
    if (!found) {
      if (args.flag('json')) await context.write(documentText({ command: 'series', runs: [], issues: loaded.issues }));
      else context.tell('diptych: no runs were found.\n');
      return exitCodes.nothing;
    }
    const { run, series, points } = found;
    if (args.flag('csv') || !args.flag('json')) await writeCsv(points, context);
    else {
      const { steps, values, times } = points;
      const document = { command: 'series', run: run.id, name: series.name, context: series.context, steps, values, times_ms: times };
      await context.write(documentText({ ...document, exact_steps: series.exactSteps }));
    }
    return loaded.exitCode;
  },
};

async function writeCsv({ steps, values, times }: Points, context: CliContext): Promise<void> {
  const columns = [
    { name: 'step', column: steps },
    { name: 'value', column: values },
    { name: 'time_ms', column: times },
  ].filter(({ column }) => column !== null);
  await context.write(csvRow(columns.map(({ name }) => name)));
  for (const rows of pointRows(
    columns.map(({ column }) => column),
    values.length,
  )) {
    context.signal.throwIfAborted();
    await context.write(rows);
  }
}
