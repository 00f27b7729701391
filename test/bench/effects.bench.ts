// What mattered in 50 runs, with intervals: seconds, and how many factorisations of the size of the runs that is.
import { cpus, loadavg } from 'node:os';
import { expect, test } from 'vitest';
import { effectsOf } from '../../src/core/effects/effects';
import { factorise } from '../../src/core/statistics/cholesky';
import { drawnFactorial, sweepOf } from '../support/sweeps';

/** Seconds of CPU time for 50 runs, and what the work may cost in factorisations of a 50 × 50 matrix, which is what it is made of. */
const targets = { seconds: 3, factorisations: 60_000 } as const;

const seconds = (work: () => void): number => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

/** One factorisation of an n × n matrix, in seconds, over many. */
function factorisation(n: number): number {
  const matrix = Float64Array.from({ length: n * n }, (_, at) => Math.exp(-(((at % n) - Math.floor(at / n)) ** 2) / n) + (at % (n + 1) === 0 ? 1 : 0));
  const copies = 4000;
  const space = new Float64Array(n * n);
  const repeat = (): void => {
    for (let i = 0; i < copies; i++) {
      space.set(matrix);
      factorise(space, n);
    }
  };
  repeat();
  return seconds(repeat) / copies;
}

test('50 runs with intervals', () => {
  effectsOf(sweepOf(drawnFactorial('warm'), 20, 0.3, 'warm'));
  const lines: string[] = [];
  let slowest = 0;
  for (const n of [20, 50, 100, 300, 1000]) {
    const times = [0, 1, 2].map((i) => {
      const table = sweepOf(drawnFactorial(`bench ${i}`), n, 0.3, `bench ${i}`);
      return seconds(() => void effectsOf(table));
    });
    const worst = Math.max(...times);
    if (n === 50) slowest = worst;
    lines.push(`  ${String(n).padStart(4)} runs × 4 params: ${times.map((time) => time.toFixed(2)).join(', ')} s`);
  }
  const unit = factorisation(50);
  const ratio = slowest / unit;
  console.log(
    `effects, load ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores:\n${lines.join('\n')}\n  50 runs cost ${Math.round(ratio)} factorisations of 50 × 50 (${(unit * 1e6).toFixed(0)} µs each)`,
  );
  expect(ratio).toBeLessThanOrEqual(targets.factorisations);
  if ((loadavg()[0] ?? 0) <= cpus().length) expect(slowest).toBeLessThanOrEqual(targets.seconds);
});
