// `diptych diff`: what differs between runs, against the first as baseline.

import { compareRuns } from '../../core/compare/comparison';
import type { MetricRow } from '../../core/compare/metrics';
import type { Row } from '../../core/compare/rows';
import { contextText, displayName, type Run } from '../../core/model/run';
import { shortNumber, valueText } from '../../core/view/format';
import { comparisonDocument } from '../compare-document';
import { documentText, issueDocument } from '../document';
import { exitCodes, UsageError } from '../exit';
import { type LoadedRuns, loadRuns, readOptions } from '../read-runs';
import { selectRun, splitRunReference } from '../select-run';
import { columns, issueLines, shown } from '../tables';
import type { CliContext, Verb, VerbArgs } from '../verb';

export const verb: Verb = {
  meta: {
    id: 'diff',
    summary: 'Show what differs between two or more runs.',
    usage: 'RUN RUN [RUN...] [--json], where RUN is a path to one run or PATH#ID; or --in PATH ID ID [ID...]',
    options: {
      json: { type: 'boolean', help: 'Print one JSON document (docs/cli.md).' },
      in: { type: 'string', multiple: true, help: 'Look for the runs in this PATH; then RUN is an id or a name.' },
      all: { type: 'boolean', help: 'Print equal rows too (without --json).' },
      ...readOptions,
    },
  },
  async run(args, context) {
    if (args.positionals.length < 2) throw new UsageError('two runs or more are wanted');
    const { loaded, runs } = await referredRuns(args, context);
    if (runs.length === 0) {
      if (args.flag('json')) await context.write(documentText({ command: 'diff', runs: [], issues: loaded.issues.map(issueDocument) }));
      else context.tell('diptych: no runs were found.\n');
      return exitCodes.nothing;
    }
    const comparison = compareRuns(runs);
    if (args.flag('json'))
      await context.write(documentText({ command: 'diff', ...comparisonDocument(comparison, runs), issues: loaded.issues.map(issueDocument) }));
    else await context.write(comparisonText(comparison, runs, args.flag('all')) + issueLines(loaded.issues));
    return loaded.exitCode;
  },
};

/** The runs that were named, in that order; the first is the baseline. */
async function referredRuns(args: VerbArgs, context: CliContext): Promise<{ readonly loaded: LoadedRuns; readonly runs: readonly Run[] }> {
  const within = args.texts('in');
  if (within.length > 0) {
    const loaded = await loadRuns(within, args, context);
    return { loaded, runs: loaded.runs.length === 0 ? [] : args.positionals.map((word) => selectRun(loaded.runs, word)) };
  }
  const references = args.positionals.map((reference) => splitRunReference(reference, context.cwd));
  const paths = [...new Set(references.map(({ path }) => path))];
  const loaded = await loadRuns(paths, args, context);
  if (loaded.runs.length === 0) return { loaded, runs: [] };
  const runs = references.map(({ path, run }) => {
    const there = loaded.runs.filter(({ source }) => source === paths.indexOf(path));
    if (run === undefined && there.length !== 1)
      throw new UsageError(`${path} holds ${there.length} runs; name one as ${path}#ID`, there[0] && `${path}#${there[0].id}`);
    return selectRun(there, run);
  });
  return { loaded, runs };
}

function comparisonText(comparison: ReturnType<typeof compareRuns>, runs: readonly Run[], all: boolean): string {
  const names = runs.map((run) => shown(displayName(run), 28));
  const table = (title: string, rows: readonly Row[]): string => {
    const some = rows.filter((row) => all || row.differs);
    if (some.length === 0) return '';
    return `\n${columns(
      [title, ...names],
      some.map((row) => [shown(row.key, 40), ...runs.map((run) => shown(valueText(row.values.get(run.id)), 28))]),
    )}`;
  };
  const metricRow = (row: MetricRow): readonly string[] => {
    const context = contextText(row.context);
    return [
      `${shown(row.name, 40)}${context === '' ? '' : ` [${shown(context, 20)}]`} (${row.deltaOf})`,
      ...runs.map((run) => {
        const value = row.values.get(run.id)?.[row.deltaOf];
        if (value === undefined || value === null) return '–';
        const delta = row.delta.get(run.id);
        return delta === undefined
          ? shortNumber(value)
          : `${shortNumber(value)} (${delta > 0 ? '+' : ''}${shortNumber(delta)}${row.better.has(run.id) ? ', better' : ''})`;
      }),
    ];
  };
  const metrics = comparison.metrics.filter((row) => !row.system);
  return [
    ...comparison.comparability.map(({ severity, message }) => `${severity}: ${shown(message, 300)}\n`),
    table('PARAM', comparison.params),
    metrics.length > 0 ? `\n${columns(['METRIC', ...names], metrics.map(metricRow))}` : '',
    table('CODE', comparison.code),
    table('DATA', comparison.data),
    table('COMMAND', comparison.command),
    table('ENVIRONMENT', comparison.environment),
    table('PACKAGE', comparison.packages),
    table('TAG', comparison.tags),
    ...(comparison.reasons
      ? [
          '\nMAY EXPLAIN THE DIFFERENCE (ordered by what usually matters; one pair cannot separate causes)\n',
          ...comparison.reasons.map(({ rank, why }) => `${rank}. ${shown(why, 200)}\n`),
        ]
      : []),
  ].join('');
}
