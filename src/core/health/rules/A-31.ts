// A-31: memory that grows through the run, or ran out.

import { mannKendall } from '../../statistics/trend';
import { phraseOf } from '../device-series';
import type { PreparedRun } from '../prepared-run';
import type { PreparedSeries } from '../prepared-series';
import { clear, found, notAssessed, type RuleFinding, type RunRule } from '../rule';
import { medianOf } from '../windows';
import { say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-31',
    title: 'Memory grows',
    about: 'Memory of a device or the process goes up steadily from beginning to end. Critical where the run’s own records say that it ran out.',
    needs: ['memory in percent, at least 100 samples'],
    reference: 'SageMaker Debugger GPUMemoryIncrease: 10 percentage points between windows of 500',
    thresholds: [
      { what: 'rise between first and last window', value: '≥ 10 percentage points', source: 'SageMaker Debugger' },
      { what: 'Kendall τ over the windows between', value: '> 0.5', source: 'own choice: a step at the start is no leak' },
      { what: 'windows', value: '500 samples after 100, or a fifth of fewer (note)', source: 'SageMaker Debugger' },
    ],
    wrongWhen: 'Allocators keep memory they once had (reserved is not used), and caches fill on purpose.',
  },
  check(prepared) {
    const out = ranOut(prepared);
    if (out) return found(out);
    const memory = prepared.series.filter((one) => isPercent(one) && one.clean.values.length >= 100);
    if (memory.length === 0) return notAssessed('It needs memory in percent, at least 100 samples; trackers log it with system metrics on.');
    const growing = memory.flatMap((series) => grown(series) ?? []).sort((a, b) => b.rise - a.rise);
    const [most] = growing;
    if (!most) return clear;
    const place = Math.floor(most.series.clean.values.length * 0.2);
    return found({
      severity: most.long && !/ reserved /.test(phraseOf(most.series)) ? 'warn' : 'note',
      series: growing.slice(0, 16).map(({ series }) => series.key),
      onset: null,
      marks: growing.slice(0, 16).map(({ series }) => ({ series: series.key, from: series.clean.steps[place] as number, to: series.lastStep, label: 'grows' })),
      summary: `${most.series.name} went from ${say(most.first)} % to ${say(most.last)} % (τ ${say(most.tau)}): memory grows through the run.`,
      evidence: {
        first: most.first,
        last: most.last,
        rise: most.rise,
        tau: most.tau,
        samples: most.series.clean.values.length,
        series_growing: growing.length,
      },
      caveat: 'Reserved memory and caches grow to their size and stay there; a leak does not stop.',
      advice: {
        text: 'Look for tensors kept with their graph (losses summed without .item()), growing lists, and loader workers that copy their data set.',
        code: 'total += loss.item()  # not: total += loss',
      },
    });
  },
  examples: [
    { says: 'warn', draw: 'train/loss 2 ~>1 x100\nsystem.gpu.0.memoryAllocatedPercent 20 ±0.2 ->70 x1500' },
    { says: 'note', draw: 'train/loss 2 ~>1 x100\nsystem.gpu.0.memoryAllocatedPercent 20 ±0.2 ->70 x200' },
    { says: 'critical', draw: 'train/loss 2 ~>1 x100', run: { status: 'failed', summary: { error: 'torch.OutOfMemoryError: CUDA out of memory.' } } },
    { says: 'clear', draw: 'train/loss 2 ~>1 x100\nsystem.gpu.0.memoryAllocatedPercent 20 60 ±0.2 =x300' },
    { says: 'not-assessed', draw: 'train/loss 2 ~>1 x100' },
  ],
};

const isPercent = (one: PreparedSeries): boolean =>
  (one.role === 'gpu-memory' || (one.series.system && / mem/.test(phraseOf(one)))) &&
  (/percent|pct|%/i.test(one.name) || / percent/.test(phraseOf(one))) &&
  (one.series.max ?? 0) > 1;

interface Grown {
  readonly series: PreparedSeries;
  readonly first: number;
  readonly last: number;
  readonly rise: number;
  readonly tau: number;
  readonly long: boolean;
}

function grown(series: PreparedSeries): Grown | null {
  const { values } = series.clean;
  const long = values.length >= 1100;
  const skip = long ? 100 : Math.floor(values.length / 10);
  const width = long ? 500 : Math.floor((values.length - skip) / 5);
  const first = medianOf(values, skip, skip + width);
  const last = medianOf(values, values.length - width, values.length);
  const { tau } = mannKendall(values.subarray(skip));
  return last - first >= 10 && tau > 0.5 ? { series, first, last, rise: last - first, tau, long } : null;
}

/** The words of an allocator in what the run says of itself. */
function ranOut({ run, series }: PreparedRun): RuleFinding | null {
  if (run.status === 'finished') return null;
  const texts = [run.nativeStatus, run.notes, ...Object.values(run.tags), ...Object.values(run.summary)].filter((text) => typeof text === 'string');
  const said = texts.find((text) => /out of memory|OutOfMemoryError|oom[- ]?kill|CUDA_ERROR_OUT_OF_MEMORY|cannot allocate memory/i.test(text));
  if (said === undefined) return null;
  const last = series
    .filter((one) => !one.series.system && one.length > 0)
    .reduce<PreparedSeries | null>((a, b) => (a && a.lastStep >= b.lastStep ? a : b), null);
  return {
    severity: 'critical',
    series: last ? [last.key] : [],
    onset: last ? { step: last.lastStep, fraction: 1 } : null,
    marks: last ? [{ series: last.key, from: last.lastStep, to: last.lastStep, label: 'out of memory' }] : [],
    summary: `The run ended for lack of memory: “${said.length > 160 ? `${said.slice(0, 160)}…` : said}”.`,
    evidence: { said: said.slice(0, 500), last_step: last?.lastStep ?? null },
    caveat: 'The words may stand in a note about something else.',
    advice: {
      text: 'Use smaller batches with gradient accumulation, mixed precision or activation checkpointing; where it ran for long before, look for a leak.',
      code: 'model.gradient_checkpointing_enable()',
    },
  };
}
