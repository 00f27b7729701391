// Units of metrics from names, values and siblings, and values that do not fit a role.
import { expect, test } from 'vitest';
import { unitOf } from '../../../src/core/series/unit';
import { valueDoubts } from '../../../src/core/series/value-checks';
import { runFromText } from '../../support/run-from-text';

/** In the order of the table's columns. */
const unitsOf = (table: string): readonly (string | null)[] => {
  const { series } = runFromText(table);
  const names = (table.trim().split('\n')[0] as string).trim().split(/\s+/).slice(1);
  return names.map((name) => unitOf(series.find((one) => one.name === name)!, series)?.unit ?? null);
};
const doubtsOf = (table: string): readonly string[] => runFromText(table).series.flatMap(valueDoubts);

test('a share within 1 is a fraction, one that goes far beyond it a percentage, one in between neither', () => {
  expect(
    unitsOf(`
      step  val/acc  test/acc  train/acc  val/miou
      0     0.1      12.5      0.5        0.2
      1     0.9      93.1      1.2        0.6`),
  ).toEqual(['fraction', 'percent', null, 'fraction']);
});

test('a score without bounds has no unit', () => {
  expect(
    unitsOf(`
      step  val/r2  val/psnr  val/elo
      0     0.1     21        900
      1     0.9     28        1200`),
  ).toEqual([null, null, null]);
});

test('the perplexity beside a loss tells nats from bits', () => {
  expect(
    unitsOf(`
      step  loss  ppl
      0     3.0   20.0855
      1     2.0   7.38906`),
  ).toEqual(['nats', null]);
  expect(
    unitsOf(`
      step  valid_loss  valid_ppl
      0     3.0         8
      1     2.0         4`),
  ).toEqual(['bits', null]);
});

test('times, rates and memory by their names', () => {
  expect(
    unitsOf(`
      step  step_time_ms  eval_runtime  tokens_per_second  gpu_mem_gb  mfu(%)
      0     120           3.1           1000               4           31
      1     119           3.0           1100               4           33`),
  ).toEqual(['milliseconds', 'seconds', 'tokens/s', 'GiB', 'percent']);
});

test('more word errors than words: only a percentage that never comes near a fraction is called one', () => {
  expect(
    unitsOf(`
      step  val/wer  test/wer
      0     1.4      88
      1     0.3      12`),
  ).toEqual([null, 'percent']);
});

test('a loss that only rises within 0 and 1 may be a score', () => {
  const rows = (at: (i: number) => number): string => `step train/loss\n${Array.from({ length: 20 }, (_, i) => `${i} ${at(i)}`).join('\n')}`;
  expect(doubtsOf(rows((i) => 0.1 + 0.04 * i))[0]).toMatch(/rises/);
  expect(doubtsOf(rows((i) => 1 - 0.04 * i))).toEqual([]);
  expect(doubtsOf(rows((i) => 3 - 0.04 * i))).toEqual([]);
});

test('impossible values are told, possible ones are not', () => {
  expect(
    doubtsOf(`
      step  val/acc  test/acc  train/f1  val/ppl  val/r2
      0     0.5      0.2       1.2       0.5      -3
      1     -0.1     140       0.9       2        0.9`),
  ).toHaveLength(4);
  expect(
    doubtsOf(`
      step  val/acc  test/acc  val/ppl  val/r2
      0     0.5      55.0      12       -4
      1     1.0      100       2        1`),
  ).toEqual([]);
});

test('one point and no finite value give no answer', () => {
  expect(unitsOf('step val/acc\n0 NaN')).toEqual([null]);
  expect(doubtsOf('step val/acc\n0 -5')).toEqual([]);
});
