// CSV of a panel, file names, and the slider of smoothing.
import { expect, test } from 'vitest';
import type { Run } from '../../../src/core/model/run';
import { csvOf, fileName } from '../../../src/renderer/features/curves/export';
import { atPosition, positionOf } from '../../../src/renderer/features/curves/smoothing-control';

const run = (name: string): Run => ({ id: 'r1', nativeId: 'n1', name, path: '.', series: [{ name: 'loss', context: { subrun: 'val' } }] }) as unknown as Run;
const f64 = (...values: number[]) => Float64Array.from(values);

test('CSV holds every point with every digit, and no text that a spreadsheet runs', () => {
  const csv = csvOf('loss', new Map([['r1', run('=HYPERLINK("x"),1')]]), [
    { key: 'r1/0', own: true, steps: f64(0, 1), values: f64(0.1, Number.NaN), times: f64(1_795_000_000_000, Number.NaN) },
    { key: 'r1/1', own: false, steps: null, values: f64(1), times: null },
  ]);
  expect(csv.split('\r\n')).toEqual([
    'run,run_id,metric,context,step,time,value',
    `"'=HYPERLINK(""x""),1",n1,loss,subrun=val,0,2026-11-18T11:06:40.000Z,0.1`,
    `"'=HYPERLINK(""x""),1",n1,loss,subrun=val,1,,NaN`,
    '',
  ]);
});

test('file names hold no separators', () => {
  expect(fileName('val/acc per class/été 0', 'csv')).toBe('val-acc-per-class-été-0.csv');
  expect(fileName('../..', 'svg')).toBe('chart.svg');
});

test('the slider and the strength of smoothing agree', () => {
  for (const smoothing of [{ kind: 'ema', weight: 0.6 } as const, { kind: 'gaussian', sigma: 5 } as const, { kind: 'mean', points: 11 } as const])
    expect(atPosition(smoothing.kind, positionOf(smoothing))).toEqual(smoothing);
  expect(atPosition('ema', 1000)).toEqual({ kind: 'ema', weight: 0.999 });
  expect(atPosition('mean', 0)).toEqual({ kind: 'mean', points: 3 });
});
