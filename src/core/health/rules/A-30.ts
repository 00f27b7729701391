// a GPU that waits.

import { quantile, sorted } from '../../statistics/basic';
import { phraseOf } from '../device-series';
import type { PreparedRun } from '../prepared-run';
import type { PreparedSeries } from '../prepared-series';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { count, say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-30',
    title: 'GPU under-used',
    about:
      'The busiest moments of a GPU stay below 70 %, or it goes up and down between busy and idle. CPU load and loading times, where logged, tell what it waits for.',
    needs: ['GPU utilisation in percent, at least 100 samples'],
    reference: 'SageMaker Debugger LowGPUUtilization and CPUBottleneck',
    thresholds: [
      { what: '95th percentile', value: '< 70 %', source: 'SageMaker Debugger' },
      { what: '5th percentile where the 95th is ≥ 70 %', value: '< 10 % and median < 70 %', source: 'SageMaker Debugger; the median is our own' },
      { what: 'samples', value: 'warn ≥ 1500 (1000 skipped), note ≥ 100 (a tenth skipped)', source: 'SageMaker Debugger skips 1000 and looks at 500' },
    ],
    wrongWhen: 'Utilisation counts any running kernel: 100 % may still be slow, and small models cannot fill a large GPU.',
  },
  check(prepared) {
    const loads = prepared.ofRole('gpu-util').filter(({ clean }) => clean.values.length > 0);
    const enough = loads.filter(({ clean }) => clean.values.length >= 100);
    if (loads.length === 0) return notAssessed('It needs the utilisation of a GPU; trackers log it with system metrics on.');
    if (enough.length === 0) return notAssessed('It needs at least 100 samples of GPU utilisation.');
    // Values within 1 may be fractions, or an idle device in percent.
    const percentages = enough.filter(({ series }) => (series.max ?? 0) > 1);
    if (percentages.length === 0) return notAssessed('All values lie within 1: whether that is a fraction or an idle device in percent cannot be told.');
    const judged = percentages.map(judge);
    const low = judged.filter(({ kind }) => kind !== 'busy');
    if (low.length === 0) return clear;
    const worst = low.reduce((a, b) => (b.p95 < a.p95 ? b : a));
    const waits = waitsFor(prepared);
    return found({
      severity: worst.series.clean.values.length >= 1500 ? 'warn' : 'note',
      series: low.slice(0, 16).map(({ series }) => series.key),
      onset: null,
      marks: low.slice(0, 16).map(({ series, p95 }) => ({ series: series.key, from: series.firstStep, to: series.lastStep, label: `p95 ${say(p95)} %` })),
      summary: `${count(low.length, 'GPU series')} of ${enough.length} ${low.length === 1 ? 'is' : 'are'} under-used: ${worst.series.name} has a 95th percentile of ${say(worst.p95)} % and a median of ${say(worst.p50)} %${waits.text}.`,
      evidence: {
        p5: worst.p5,
        p50: worst.p50,
        p95: worst.p95,
        samples: worst.series.clean.values.length,
        devices_low: low.length,
        cpu_median: waits.cpu,
        data_share: waits.data,
      },
      caveat: 'A device that this run did not use, or a model too small to fill it, looks the same.',
      advice: {
        text:
          waits.data !== null && waits.data > 0.5
            ? 'Loading data is the bottleneck: more workers, faster storage, or prepared data.'
            : 'Try larger batches, more loader workers with pinned memory, and fewer transfers and logs per step.',
        code: 'DataLoader(..., num_workers=8, pin_memory=True, persistent_workers=True)',
      },
    });
  },
  examples: [
    { says: 'note', draw: 'train/loss 2 ~>1 x100\nsystem.gpu.0.gpu 30 ±5 =x200' },
    { says: 'warn', draw: 'train/loss 2 ~>1 x100\nsystem.gpu.0.gpu 30 ±5 =x2000' },
    { says: 'clear', draw: 'train/loss 2 ~>1 x100\nsystem.gpu.0.gpu 93 ±3 =x200' },
    { says: 'not-assessed', draw: 'train/loss 2 ~>1 x100\nsystem.gpu.0.gpu 30 ±5 =x20' },
    { says: 'not-assessed', draw: 'train/loss 2 ~>1 x100' },
  ],
};

interface Load {
  readonly series: PreparedSeries;
  readonly p5: number;
  readonly p50: number;
  readonly p95: number;
  readonly kind: 'low' | 'fluctuating' | 'busy';
}

function judge(series: PreparedSeries): Load {
  const { values } = series.clean;
  const ascending = sorted(values.subarray(values.length >= 1500 ? 1000 : Math.floor(values.length / 10)));
  const [p5, p50, p95] = [0.05, 0.5, 0.95].map((q) => quantile(ascending, q)) as [number, number, number];
  return { series, p5, p50, p95, kind: p95 < 70 ? 'low' : p5 < 10 && p50 < 70 ? 'fluctuating' : 'busy' };
}

/** What points to the cause: a busy CPU, or the share of a step that goes to loading. */
function waitsFor(prepared: PreparedRun): { readonly cpu: number | null; readonly data: number | null; readonly text: string } {
  const middle = (one: PreparedSeries | undefined) => (one && one.clean.values.length > 0 ? quantile(sorted(one.clean.values), 0.5) : null);
  const cpu = middle(prepared.series.find((one) => one.series.system && / cpu( (utilization percentage|percent|usage))? $/.test(phraseOf(one))));
  const loading = middle(prepared.series.find((one) => / (data time|data loading s|data load time) /.test(phraseOf(one))));
  const whole = middle(
    prepared.series.find((one) => / (time|iteration time|step time|time metrics end to end s) $/.test(phraseOf(one)) && !/ data /.test(phraseOf(one))),
  );
  const data = loading !== null && whole !== null && whole > 0 && loading <= whole ? loading / whole : null;
  const text =
    data !== null && data > 0.5
      ? `, and loading data takes ${say(100 * data)} % of a step`
      : cpu !== null && cpu > 90
        ? `, and the CPU is busy (${say(cpu)} %)`
        : '';
  return { cpu, data, text };
}
