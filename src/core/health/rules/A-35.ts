// the log itself is not whole or not in order, so that other findings may be about the log and not about the training.

import { advise, resumeInPlace } from '../../advice/snippets';
import type { IssueCode } from '../../base/issues';
import type { FindingSeverity } from '../finding';
import type { PreparedRun } from '../prepared-run';
import type { PreparedSeries } from '../prepared-series';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { count, percent } from '../words';

/** Issues of reading that say that a log was put together or cut. */
const telling: ReadonlySet<IssueCode> = new Set<IssueCode>(['merge-markers', 'lfs-pointer', 'truncated', 'bad-record']);

interface Trouble {
  readonly severity: FindingSeverity;
  readonly text: string;
}

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-35',
    title: 'The log is not in order',
    about: 'Steps that fall back, steps logged twice, rows out of order, conflict markers, cut files. Rules run on the last attempt and say so.',
    needs: ['any metric with steps'],
    reference: 'measured on public logs: many apparent faults are faults of the log',
    thresholds: [
      { what: 'falls of the step', value: '≥ 1 (more than 2 % of the points: rows are unordered, a note)', source: 'a counter never falls by itself' },
      { what: 'points whose step is logged again with another value', value: '> 5 %', source: 'a resume repeats a few steps; public logs' },
      { what: 'points that repeat a step and its value', value: '> 5 %, a note', source: 'copies lose nothing' },
    ],
    wrongWhen: 'A tracker that merges several processes into one log repeats steps by design.',
    sensitiveTo: ['rows'],
  },
  check(prepared) {
    const stepped = prepared.series.filter(({ series, length }) => !series.system && length > 0 && series.firstStep !== null);
    const issues = prepared.run.issues.filter(({ code }) => telling.has(code));
    if (stepped.length === 0 && issues.length === 0) return notAssessed('No metric is logged with steps.');
    const worst = worstOf(stepped);
    const troubles = [
      ...troublesOf(worst),
      ...issues.map(({ severity, message }): Trouble => ({ severity: severity === 'info' || severity === 'note' ? 'note' : 'warn', text: message })),
    ];
    if (troubles.length === 0) return clear;
    const { layout } = worst ?? { layout: null };
    const place = worst && layout && layout.restarts.length > 0 ? restartOf(prepared, worst) : null;
    const lead = troubles.find(({ severity }) => severity === 'warn') ?? (troubles[0] as Trouble);
    return found({
      severity: lead.severity,
      series: worst ? [worst.key] : [],
      onset: place && { step: place.step, fraction: place.fraction },
      marks: worst && place ? [{ series: worst.key, from: place.step, to: place.step, label: 'starts again' }] : [],
      summary: `${troubles.map(({ text }) => text).join(' ')}${layout && layout.superseded > 0 ? ' The rules look at the last attempt only.' : ''}`,
      evidence: {
        series: worst?.name ?? null,
        restarts: layout?.restarts.length ?? 0,
        superseded_points: layout?.superseded ?? 0,
        repeated_steps: layout?.duplicates ?? 0,
        copies: layout?.copies ?? 0,
        points: worst?.series.count ?? 0,
        issues: issues.map(({ code }) => code),
      },
      caveat: 'Several processes that write one log repeat steps by design.',
      advice: advise(
        prepared.framework,
        'Give each attempt a run of its own, or restore the step counter on resume, and log from one process only.',
        resumeInPlace,
      ),
    });
  },
  examples: [
    { says: 'warn', draw: 'train/loss /10 2.3 ~>0.5 x60 @0 2.3 ~>0.4 x40' },
    {
      says: 'warn',
      draw: 'train/loss /10 2.3 ~>0.5 x60\nval/loss /0.5 1.0 ~>0.5 x20',
      run: { issues: [{ code: 'merge-markers', severity: 'warn', message: 'Conflict markers.', tip: '' }] },
    },
    { says: 'note', draw: 'train/loss 2.0 @0 2.0 @1 1.9 @2 1.8 @2 1.8 @3 1.7 @4 1.6 @5 1.5' },
    { says: 'clear', draw: 'train/loss /10 2.3 ~>0.5 x60\nval/loss /100 2.3 ~>0.5 x6' },
    { says: 'not-assessed', draw: '' },
  ],
};

/** The series with the most points that are not plainly in order. */
function worstOf(series: readonly PreparedSeries[]): PreparedSeries | null {
  const badness = ({ layout, series: { count: points } }: PreparedSeries) =>
    layout.restarts.length > 0 ? 2 + layout.superseded / points : (layout.duplicates - 0.5 * layout.copies) / points + (layout.unordered ? 0.001 : 0);
  let worst: PreparedSeries | null = null;
  for (const one of series)
    if (!worst || badness(one) > badness(worst) || (badness(one) === badness(worst) && one.series.count > worst.series.count)) worst = one;
  return worst;
}

function troublesOf(worst: PreparedSeries | null): readonly Trouble[] {
  if (!worst) return [];
  const { layout, series, name } = worst;
  const troubles: Trouble[] = [];
  if (layout.restarts.length > 0)
    troubles.push({
      severity: 'warn',
      text: `The steps of ${name} fall back ${count(layout.restarts.length, 'time')}: a restart, or runs put together (${count(layout.superseded, 'point')} taken back).`,
    });
  const differing = layout.duplicates - layout.copies;
  if (differing > 0.05 * series.count)
    troubles.push({ severity: 'warn', text: `${percent(differing / series.count)} of the points of ${name} repeat a step with another value.` });
  else if (layout.duplicates > 0.05 * series.count)
    troubles.push({ severity: 'note', text: `${percent(layout.duplicates / series.count)} of the points of ${name} repeat a step.` });
  if (layout.unordered) troubles.push({ severity: 'note', text: `The points of ${name} are not in order of step.` });
  return troubles;
}

function restartOf(prepared: PreparedRun, worst: PreparedSeries): { readonly step: number; readonly fraction: number } {
  const step = worst.restartStep;
  return { step, fraction: prepared.fraction(worst.clockOf.offset + worst.clockOf.scale * step) };
}
