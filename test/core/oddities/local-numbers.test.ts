// Decimal commas, groups of digits, and dates as spreadsheets of other countries write them: read where a cell shows it, else told.
import { describe, expect, test } from 'vitest';
import { codes, readTexts, sayings } from '../../support/odd-texts';

const read = async (text: string) => {
  const found = await readTexts({ 'log.csv': text });
  return { series: sayings(found).map(({ series }) => series.map(({ name, values }) => [name, [...values]])), codes: codes(found), found };
};

describe('numbers', () => {
  test.each([
    ['decimal commas between semicolons', 'step;loss\n0;0,5\n1;-1,25e-3\n', [0.5, -0.00125]],
    ['decimal commas between tabs', 'step\tloss\n0\t0,5\n1\t12,25\n', [0.5, 12.25]],
    ['decimal commas in quotes', 'step,loss\n0,"0,51234"\n1,"12,5"\n', [0.51234, 12.5]],
    ['German groups', 'step;loss\n0;1.234,5\n1;12.345\n2;7,5\n', [1234.5, 12345, 7.5]],
    ['English groups', 'step,loss\n0,"1,234.5"\n1,"12,345"\n2,7.5\n', [1234.5, 12345, 7.5]],
    ['French groups', 'step;loss\n0;1\u202f234,5\n1;12\u00a0345\n2;7,5\n', [1234.5, 12345, 7.5]],
    ['Swiss groups', "step;loss\n0;1'234.5\n1;12'345\n2;7.5\n", [1234.5, 12345, 7.5]],
  ])('%s', async (_, text, values) => {
    const { series, codes } = await read(text);
    expect(series).toEqual([[['loss', values]]]);
    expect(codes).toEqual([]);
  });

  test.each([
    ['a number with one comma may be one or a thousand', 'step,loss,cost\n0,1,"1,234"\n1,2,"1,235"\n', '1,234'],
    ['lists of two are no decimals', 'step,loss,gpus\n0,1,"0,1"\n1,2,"0,1"\n', '0,1'],
    ['lists of three are no groups', 'step,loss,layers\n0,1,"512,256,128"\n1,2,"512,256,128"\n', '512,256,128'],
  ])('%s: it stays text', async (_, text, kept) => {
    const { series, found } = await read(text);
    expect(series).toEqual([[['loss', [1, 2]]]]);
    const params = Object.values(sayings(found)[0]!.params);
    expect(params.length === 0 || params.includes(kept)).toBe(true);
  });

  test('a decimal point stays one where there are dates with dots', async () => {
    expect((await read('date;loss\n23.11.2026;0,5\n24.11.2026;0,25\n')).series).toEqual([[['loss', [0.5, 0.25]]]]);
  });
});

describe('dates', () => {
  const at = (...parts: readonly [number, number, number, number?, number?, number?]) => Date.UTC(parts[0], parts[1] - 1, ...(parts.slice(2) as [number]));
  test.each([
    ['23.11.2026 10:20:30', at(2026, 11, 23, 10, 20, 30)],
    ['1.2.2026 9:05', at(2026, 2, 1, 9, 5)],
    ['23/11/2026 10:20', at(2026, 11, 23, 10, 20)],
    ['11/23/2026 10:20:30 PM', at(2026, 11, 23, 22, 20, 30)],
    ['11/23/2026 12:00 AM', at(2026, 11, 23)],
    ['2026/11/23 10:20:30', at(2026, 11, 23, 10, 20, 30)],
    ['2026-11-23T10:20:30Z', at(2026, 11, 23, 10, 20, 30)],
  ])('%s', async (date, ms) => {
    const { found } = await read(`step,time,loss\n0,${date},1\n1,${date},2\n`);
    expect(sayings(found).map(({ series }) => series.map(({ name, times }) => [name, [...(times ?? [])]]))).toEqual([[['loss', [ms, ms]]]]);
  });

  test.each(['5/6/2026 10:20', '31.6.2026 10:20', '45/50/2026 10:20', '23.11.2026 25:00'])('%s is not guessed', async (date) => {
    const { found } = await read(`step,time,loss\n0,${date},1\n1,${date},2\n`);
    expect(sayings(found).map(({ series }) => series.map(({ name, times }) => [name, times]))).toEqual([[['loss', null]]]);
  });

  test('a column that shows its order gives it to its other dates', async () => {
    const { found } = await read('step,time,loss\n0,5/6/2026 10:00,1\n1,23/6/2026 10:00,2\n');
    expect([...(sayings(found)[0]?.series[0]?.times ?? [])]).toEqual([at(2026, 6, 5, 10), at(2026, 6, 23, 10)]);
  });
});
