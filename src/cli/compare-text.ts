// A comparison as `diptych diff` prints it for people.

import type { Comparison } from '../core/compare/comparison';
import { type MetricRow, seriesId } from '../core/compare/metrics';
import type { Row } from '../core/compare/rows';
import type { GroupComparison } from '../core/groups/compare-groups';
import { contextText, displayName, type Run } from '../core/model/run';
import { shortNumber, valueText } from '../core/view/format';
import { intervalWords, pWords } from '../core/view/group-words';
import { columns, shown } from './tables';

/** @param all equal rows too */
export function comparisonText(comparison: Comparison & Partial<Pick<GroupComparison, 'tests'>>, runs: readonly Run[], all: boolean): string {
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
          : `${shortNumber(value)} (${delta > 0 ? '+' : ''}${shortNumber(delta)}${row.better.has(run.id) ? ', better' : ''}${testText(row, run)})`;
      }),
    ];
  };
  const testText = (row: MetricRow, run: Run): string => {
    const test = comparison.tests?.get(seriesId(row))?.get(run.id);
    return test?.interval ? `; 95 % ${intervalWords(test.interval)}, ${pWords(test.adjusted)}` : '';
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
          ...(comparison.unknowns && comparison.unknowns.length > 0
            ? ['\nWHAT THIS CANNOT KNOW\n', ...comparison.unknowns.map((why) => `- ${shown(why, 300)}\n`)]
            : []),
        ]
      : []),
  ].join('');
}
