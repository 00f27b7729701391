// G-04: metrics are logged at regular intervals, the same in runs that are compared.

import type { Run, Series } from '../../model/run';
import type { Cadence } from '../cadence';
import { claims, notAssessed, type PracticeClaim, type PracticeContext, type PracticeRule } from '../rule';
import { gather, idsOf, largest, listed, mostShown, replicatesOf, sharedFramework, smallest, times } from '../scopes';

const variation = 0.25;
/** Where half of the intervals are equal, the rest are pauses, ends of epochs or gaps of a restart. */
const commonestShare = 0.5;
const fewestIntervals = 10;
/** Clock ticks within so much are regular. */
const clockVariation = 0.1;
const ratio = 1.5;

interface Logged {
  readonly run: Run;
  readonly series: Series;
  readonly cadence: Cadence;
}

export const rule: PracticeRule = {
  meta: {
    id: 'G-04',
    title: 'Regular logging intervals',
    check:
      'Intervals of a metric vary by less than a quarter (coefficient of variation 0.25) unless at least half of them are equal or they follow a schedule; runs of one configuration log a metric at the same interval; training loss is not logged more seldom than the loss of the evaluation.',
    severity: 'warn',
    optIn: false,
  },
  check(context) {
    const logged = context.runs.flatMap((run) => loggedOf(run, context));
    if (logged.length === 0) return notAssessed('No points with steps are at hand.');
    return claims([...irregular(logged), ...unequal(logged, context.runs), ...seldom(logged)]);
  },
  examples: [
    { given: { runs: [{ logs: { loss: { steps: [0, 3, 4, 11, 13, 20, 21, 29, 34, 36, 47, 52, 70] } } }] }, claims: 1 },
    { given: { runs: [100, 50].map((every, seed) => ({ params: { seed, lr: 1 }, logs: { loss: { steps: everyNth(every, 20) } } })) }, claims: 1 },
    { given: { runs: [{ logs: { 'train/loss': { steps: everyNth(50, 20) }, 'val/loss': { steps: everyNth(10, 100) } } }] }, claims: 1 },
    { given: { runs: [{ logs: { loss: { steps: [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024] } } }] }, claims: 0 },
    { given: { runs: [{ logs: { loss: { steps: [0, 10, 20, 30, 33, 40, 50, 60, 66, 70, 80, 90, 99] } } }] }, claims: 0 },
    { given: { runs: [{ logs: { 'train/loss': { steps: everyNth(50, 20) }, 'val/loss': { steps: everyNth(1, 20) } } }] }, claims: 0 },
    { given: { runs: [100, 50].map((log_every, seed) => ({ params: { seed, log_every }, logs: { loss: { steps: everyNth(log_every, 20) } } })) }, claims: 0 },
  ],
};

function everyNth(interval: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index * interval);
}

/** Hardware and counters follow clocks of their own; a series with another x axis is not meant over steps. */
function loggedOf(run: Run, context: PracticeContext): readonly Logged[] {
  return run.series.flatMap((series, index) => {
    if (series.system || series.role === 'counter' || series.xAxis !== null) return [];
    const cadence = context.cadence(run, index);
    return cadence && cadence.intervals > 0 ? [{ run, series, cadence }] : [];
  });
}

function irregular(logged: readonly Logged[]): readonly PracticeClaim[] {
  const found = logged.filter(
    ({ cadence }) => cadence.intervals >= fewestIntervals && !cadence.monotone && cadence.variation > variation && cadence.commonestShare < commonestShare,
  );
  if (found.length === 0) return [];
  const byClock = found.filter(({ cadence }) => cadence.timeVariation !== null && cadence.timeVariation < clockVariation);
  const names = [...new Set(found.map(({ series }) => series.name))].sort();
  const worst = largest(found.map(({ cadence }) => cadence.variation));
  return [
    {
      runs: idsOf(runsOf(found)),
      summary: `${listed(names)} ${names.length === 1 ? 'has' : 'have'} no fixed interval in ${times(runsOf(found).length, 'run')} (intervals vary by ${Math.round(100 * worst)} %)${
        byClock.length > 0 ? '; in time they are regular: logged by the clock, not by the step' : ''
      }.`,
      evidence: {
        threshold: variation,
        series: found
          .slice(0, mostShown)
          .map(({ run, series, cadence }) => ({ run: run.id, metric: series.name, variation: cadence.variation, median_interval: cadence.median })),
        series_in_all: found.length,
        by_clock: byClock.length,
      },
      caveat: 'Something that happens at irregular steps, such as the end of an episode, is logged when it happens.',
      advice: adviceFor(found, 'Log and evaluate every so many steps, so that curves of several runs have points at the same steps.'),
    },
  ];
}

/** The same metric of runs that differ in the seed only. */
function unequal(logged: readonly Logged[], runs: readonly Run[]): readonly PracticeClaim[] {
  const bySeries = new Map<Run, Logged[]>();
  for (const one of logged) gather(bySeries, one.run, one);
  return replicatesOf(runs).flatMap((members) => {
    const byMetric = new Map<string, Logged[]>();
    for (const one of members.flatMap((run) => bySeries.get(run) ?? [])) {
      if (one.cadence.intervals < 4) continue;
      const key = `${one.series.name} ${JSON.stringify(one.series.context)}`;
      gather(byMetric, key, one);
    }
    const differing = [...byMetric.values()].filter((all) => {
      const medians = all.map(({ cadence }) => cadence.median);
      return all.length > 1 && largest(medians) >= ratio * smallest(medians);
    });
    const [first] = differing;
    if (!first) return [];
    const medians = first.map(({ cadence }) => cadence.median);
    const names = [...new Set(differing.map(([one]) => (one as Logged).series.name))].sort();
    return [
      {
        runs: idsOf(runsOf(differing.flat())),
        summary: `Runs of one configuration log ${listed(names)} at different intervals: every ${short(smallest(medians))} steps in one, every ${short(largest(medians))} in another.`,
        evidence: {
          ratio,
          intervals: first.slice(0, mostShown).map(({ run, series, cadence }) => ({ run: run.id, metric: series.name, median_interval: cadence.median })),
          metrics: names.length,
        },
        caveat: 'Steps may count batches in one run and epochs in another.',
        advice: adviceFor(first, 'Fix the logging interval in the configuration that all runs of a study share.'),
      },
    ];
  });
}

/** The training loss beside the loss on held-out data, where both count the same steps. */
function seldom(logged: readonly Logged[]): readonly PracticeClaim[] {
  const losses = logged.filter(({ series, cadence }) => series.role === 'loss' && cadence.intervals >= 4);
  const densest = new Map<string, Logged>();
  for (const one of losses) {
    const key = `${one.run.id} ${one.series.split}`;
    const known = densest.get(key);
    if (!known || one.cadence.median < known.cadence.median) densest.set(key, one);
  }
  const found = [...densest.values()].flatMap((train) => {
    const held = train.series.split === 'train' ? densest.get(`${train.run.id} val`) : undefined;
    if (!held || !sameAxis(train.series, held.series)) return [];
    return train.cadence.median >= ratio * held.cadence.median ? [{ train, held }] : [];
  });
  const [first] = found;
  if (!first) return [];
  return [
    {
      runs: idsOf(found.map(({ train }) => train.run)),
      summary: `${first.train.series.name} is logged every ${short(first.train.cadence.median)} steps, more seldom than ${first.held.series.name} (every ${short(first.held.cadence.median)})${
        found.length > 1 ? `, in ${times(found.length, 'run')}` : ''
      }.`,
      evidence: {
        ratio,
        runs: found.slice(0, mostShown).map(({ train, held }) => ({
          run: train.run.id,
          train: train.series.name,
          train_interval: train.cadence.median,
          val: held.series.name,
          val_interval: held.cadence.median,
        })),
      },
      caveat: 'Where the two count different steps, their intervals do not compare.',
      advice: adviceFor([first.train], 'Log the training loss at least as often as you evaluate: trouble in training shows there first.'),
    },
  ];
}

/** MLflow and Lightning may log epochs beside batches under one name of step: the ends tell. */
const sameAxis = (a: Series, b: Series): boolean => {
  const [one, other] = [a.lastStep ?? 0, b.lastStep ?? 0];
  return Math.min(one, other) > 0.8 * Math.max(one, other);
};

const short = (interval: number): number => Number(interval.toPrecision(4));

const runsOf = (logged: readonly Logged[]): readonly Run[] => [...new Set(logged.map(({ run }) => run))];

function adviceFor(logged: readonly Logged[], text: string): PracticeClaim['advice'] {
  const framework = sharedFramework(runsOf(logged));
  const code =
    framework === 'lightning'
      ? 'Trainer(log_every_n_steps=50, val_check_interval=500)'
      : framework === 'transformers'
        ? 'TrainingArguments(logging_strategy="steps", logging_steps=50, eval_strategy="steps", eval_steps=500)'
        : framework === 'pytorch'
          ? 'if step % 50 == 0:\n    log({"train/loss": loss.item()}, step=step)'
          : null;
  return code === null ? { text } : { text, code };
}
