// Reproduce sheet: the values to compare with, and what equality to expect.

import { factValue } from '../../model/facts';
import { contextText, type Series } from '../../model/run';
import { factEvidence } from '../evidence';
import { gap, note } from './line';
import type { SheetContext, SheetLine } from './sheet';
import { shownText } from './shell';

const mostMetrics = 12;
/** Roles that say how the run went, not how good it got. */
const beside: ReadonlySet<string> = new Set(['counter', 'time', 'throughput', 'learning-rate', 'grad-norm', 'system']);
const order: Readonly<Record<Series['split'], number>> = { test: 0, val: 1, train: 2, other: 3 };

/** The metrics that a repeated run is compared by: results before training curves, in a fixed order. */
export function resultSeries(series: readonly Series[]): readonly Series[] {
  return series
    .filter(({ system, role, finite }) => !system && finite > 0 && !beside.has(role ?? ''))
    .sort((a, b) => order[a.split] - order[b.split] || Number(a.role === null) - Number(b.role === null) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

export function resultLines({ run, replicates }: SheetContext): readonly SheetLine[] {
  const series = resultSeries(run.series);
  const lines: SheetLine[] = series.slice(0, mostMetrics).map((one) => note(seriesText(one), [{ file: 'metrics', where: one.name }]));
  if (series.length > mostMetrics) lines.push(note(`${series.length - mostMetrics} more metrics are in the run.`));
  if (series.length === 0) lines.push(gap('No metric is recorded to compare with.'));
  const checkpoints = (factValue(run.facts, 'checkpoint') ?? []).filter(({ digest }) => digest);
  for (const { path, digest, step } of checkpoints.slice(0, 5))
    lines.push(
      note(`Checkpoint ${shownText(path)}${step === null ? '' : ` of step ${step}`}: ${shownText(digest ?? '')}`, factEvidence(run, 'checkpoint').slice(0, 1)),
    );
  lines.push(
    replicates.length > 1
      ? note(`Compare with the spread: ${replicates.length} runs of this configuration are at hand.`)
      : gap('How far results of this configuration lie apart from run to run was not measured: a difference cannot be judged.'),
    note('Equal digits are to be expected on the same hardware with the same versions and deterministic kernels only.'),
  );
  return lines;
}

function seriesText(series: Series): string {
  const context = contextText(series.context);
  const best = series.direction === 'min' ? series.min : series.direction === 'max' ? series.max : null;
  const step = series.direction === 'min' ? series.minStep : series.maxStep;
  return [
    `${shownText(series.name)}${context ? ` [${shownText(context)}]` : ''}: last ${series.last === null ? 'none' : String(series.last)}`,
    ...(series.lastStep === null ? [] : [` at step ${series.lastStep}`]),
    ...(best === null ? [] : [`, best ${best}${step === null ? '' : ` at step ${step}`}`]),
    `, ${series.count} points`,
  ].join('');
}
