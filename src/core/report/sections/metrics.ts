// Metrics as best and last values, with deltas to the baseline coloured by direction.

import type { MetricRow, Reduction } from '../../compare/metrics';
import type { Run } from '../../model/run';
import { contextText } from '../../model/run';
import { deltaText, exactNumber, isNotable } from '../../view/format';
import { targetMetrics } from '../../view/target-metrics';
import { none, numberCell, text } from '../cells';
import type { Block, Cell } from '../document';
import type { ReportContext, SectionBuilder } from '../section';
import { type KeyRow, keyTables } from '../tables';

/** Metrics that a summary shows. */
const mostLeading = 6;

export const section: SectionBuilder = {
  meta: { id: 'metrics', title: 'Metrics', order: 40, standard: true },
  build(context) {
    const worth = new Map(targetMetrics(context.runs).map(({ name }, at) => [name, at]));
    const place = ({ name }: MetricRow): number => worth.get(name) ?? worth.size;
    // What runs are judged by stands first.
    const shown = context.comparison.metrics.filter((row) => !row.system).toSorted((a, b) => place(a) - place(b));
    const hidden = context.comparison.metrics.length - shown.length;
    const rowsOf = (row: MetricRow): readonly KeyRow[] =>
      row.direction === 'none' ? [keyRow(context, row, 'last')] : [keyRow(context, row, 'best'), keyRow(context, row, 'last')];
    const rows = shown.flatMap(rowsOf);
    const lead = shown
      .slice(0, mostLeading)
      .filter(({ direction }) => direction !== 'none')
      .flatMap(rowsOf).length;
    const blocks: Block[] = keyTables(context, 'metrics', 'Metrics', 'Metric', rows).map((table) => ({ ...table, lead }));
    if (rows.length === 0) blocks.push({ kind: 'text', text: 'No metrics were logged.', tone: 'muted' });
    else
      blocks.push({
        kind: 'text',
        text: `“best” is the lowest or highest finite value by the metric’s direction; metrics whose direction is not known show the last value only. A single run per configuration has no interval: differences may be seed noise.${hidden > 0 ? ` ${hidden} system metrics are not listed.` : ''}`,
        tone: 'muted',
      });
    return blocks;
  },
};

function keyRow(context: ReportContext, row: MetricRow, reduction: Reduction): KeyRow {
  const context_ = contextText(row.context);
  const how = reduction === 'best' ? (row.direction === 'min' ? 'best, lowest' : 'best, highest') : 'last';
  return {
    key: text(`${row.name}${context_ === '' ? '' : ` [${context_}]`} (${how})`),
    cell: (run) => cell(context, row, reduction, run),
  };
}

function cell(context: ReportContext, row: MetricRow, reduction: Reduction, run: Run): Cell {
  const value = row.values.get(run.id)?.[reduction];
  if (value === null || value === undefined) return none;
  const plain = numberCell(value);
  const reference = row.values.get(context.comparison.baseline)?.[reduction] ?? null;
  if (run.id === context.comparison.baseline || reference === null) return { ...plain, exact: exactNumber(value) };
  const delta = value - reference;
  if (!isNotable(delta, reference)) return { ...plain, exact: exactNumber(value) };
  const better = (row.direction === 'min' && delta < 0) || (row.direction === 'max' && delta > 0);
  const worse = (row.direction === 'min' && delta > 0) || (row.direction === 'max' && delta < 0);
  return {
    text: Number.isNaN(delta) ? plain.text : `${plain.text}  ${deltaText(delta, reference)}`,
    exact: exactNumber(value),
    ...(better ? { tone: 'good' as const } : worse ? { tone: 'bad' as const } : {}),
  };
}
