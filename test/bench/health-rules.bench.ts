// All health rules over 100 runs × 20 metrics × 10,000 points, on one core, against one pass of summary statistics over the same points.
import { expect, test } from 'vitest';
import { randomOf } from '../../src/core/base/random';
import { healthRules } from '../../src/core/health/index';
import { judgeAcross, judgeRun } from '../../src/core/health/judge';
import type { RunSketch } from '../../src/core/health/sketch';
import type { ReadRun } from '../../src/core/model/run';
import { statisticsOf } from '../../src/core/model/statistics';
import { type DrawnSeries, readRunFromSeries } from '../support/run-drawing';

const runs = 100;
const points = 10_000;
const mostSeconds = 10;

/** What a person logs each step: losses and their parts, accuracies, a rate, norms, throughput. */
const metrics = [
  'train/loss',
  'train/loss_ce',
  'train/loss_aux',
  'val/loss',
  'val/loss_ce',
  'train/accuracy',
  'val/accuracy',
  'train/f1',
  'val/f1',
  'train/perplexity',
  'val/perplexity',
  'lr',
  'grad_norm',
  'param_norm',
  'throughput',
  'train/mae',
  'val/mae',
  'val/precision',
  'val/recall',
  'epoch',
];

function drawn(run: number): ReadRun {
  const random = randomOf(`bench-${run}`);
  const steps = Float64Array.from({ length: points }, (_, i) => i);
  const series = metrics.map((name): DrawnSeries => {
    const rising = /accuracy|f1|precision|recall/.test(name);
    const level = 0.2 + 0.3 * random.next();
    const noise = 0.02 + 0.05 * random.next();
    const values = Float64Array.from({ length: points }, (_, i) => {
      const fall = Math.exp((-5 * i) / points);
      if (name === 'lr') return 1e-3 * (i < 500 ? i / 500 : 0.5 * (1 + Math.cos((Math.PI * (i - 500)) / (points - 500))));
      if (name === 'epoch') return Math.floor(i / 100);
      return rising ? 0.9 - 0.8 * fall + 0.3 * noise * random.normal() : (level + 2 * fall) * Math.exp(noise * random.normal());
    });
    return { name, steps, values };
  });
  return readRunFromSeries(series, { params: { num_classes: 10, max_steps: points, epochs: 100, max_grad_norm: 1, lr: 1e-3 } }, `run-${run}`);
}

/** Milliseconds of CPU time of this process: what one core does, however busy the machine is. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

test('100 runs × 20 metrics × 10,000 points, all rules', () => {
  let judging = 0;
  let summing = 0;
  const perRule = new Map<string, number>();
  const sketches: RunSketch[] = [];
  for (let run = 0; run < runs; run++) {
    const read = drawn(run);
    let began = cpu();
    for (const one of read.points) statisticsOf(one);
    summing += cpu() - began;
    began = cpu();
    sketches.push(judgeRun(read).sketch);
    judging += cpu() - began;
  }
  const began = cpu();
  judgeAcross(sketches);
  const across = cpu() - began;
  const sample = drawn(0);
  for (const rule of healthRules) {
    if (rule.scope !== 'run') continue;
    const start = cpu();
    judgeRun(sample, { rules: [rule] });
    perRule.set(rule.meta.id, cpu() - start);
  }
  const slowest = [...perRule].sort((a, b) => b[1] - a[1]).slice(0, 5);
  console.log(
    [
      `${healthRules.length} rules, ${runs} runs × ${metrics.length} metrics × ${points} points (${((runs * metrics.length * points) / 1e6).toFixed(0)} million):`,
      `  judging ${seconds(judging)}, across runs ${seconds(across)}; one pass of summary statistics ${seconds(summing)}: ${(judging / summing).toFixed(1)} × that`,
      `  slowest alone, with preparation: ${slowest.map(([id, ms]) => `${id} ${ms.toFixed(0)} ms`).join(', ')}`,
    ].join('\n'),
  );
  expect(judging / 1000).toBeLessThan(mostSeconds);
});
