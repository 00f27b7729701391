// How numbers and dates are written, as a person chose: short texts follow, exact ones never do.
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { shortNumber as chartNumber, numberTo } from '../../../src/core/view/chart-numbers';
import { ticksOf } from '../../../src/core/view/chart-ticks';
import { setDateStyle, standardDates } from '../../../src/core/view/date-style';
import { dateText, exactNumber, shortNumber, valueText } from '../../../src/core/view/format';
import { type NumberStyle, setNumberStyle, standardNumbers } from '../../../src/core/view/number-style';

afterEach(() => {
  setNumberStyle(standardNumbers);
  setDateStyle(standardDates);
});

/** As a reader would type it back. */
const readBack = (text: string): number => Number(text.replaceAll('−', '-').replaceAll(',', '').replace('∞', 'Infinity'));
const written = (value: number, style: Partial<NumberStyle>): readonly string[] => {
  setNumberStyle({ ...standardNumbers, ...style });
  return [shortNumber(value), chartNumber(value)];
};

describe('numbers', () => {
  test.each([
    [0.123456789, { digits: 3 }, ['0.123', '0.123']],
    [0.123456789, { digits: 8 }, ['0.12345679', '0.12345679']],
    [12345.678, { digits: 3 }, ['12300', '12,300']],
    [12345.678, { exponents: 'early' }, ['1.235e+4', '1.2346e4']],
    [0.00000123456, { exponents: 'late' }, ['0.0000012346', '0.0000012346']],
    [0.00000123456, {}, ['1.235e-6', '1.2346e−6']],
    [12, { exponents: 'always' }, ['1.200e+1', '1.2e1']],
    [1234567, {}, ['1234567', '1,234,600']],
    [0, { exponents: 'always' }, ['0', '0']],
    [Number.NaN, { digits: 2 }, ['NaN', 'NaN']],
  ] as const)('%f with %j', (value, style, texts) => expect(written(value, style)).toEqual(texts));

  test('read back within the digits that were chosen, in every style', () => {
    const style = fc.record({ digits: fc.integer({ min: 3, max: 15 }), exponents: fc.constantFrom('standard', 'early', 'late', 'always') });
    fc.assert(
      fc.property(fc.double({ min: -1e300, max: 1e300, noNaN: true }), style, (value, chosen) => {
        for (const text of written(value, chosen as NumberStyle)) {
          // With an exponent a cell has one digit less.
          expect(Math.abs(readBack(text) - value)).toBeLessThanOrEqual(Math.abs(value) * 0.51 * 10 ** (2 - chosen.digits) + Number.MIN_VALUE);
        }
      }),
    );
  });

  test('exact texts and neighbouring ticks do not ask', () => {
    setNumberStyle({ digits: 2, exponents: 'always' });
    expect([exactNumber(0.1 + 0.2), valueText(1 / 3)]).toEqual(['0.30000000000000004', '0.3333333333333333']);
    setNumberStyle({ ...standardNumbers, digits: 2 });
    const ticks = ticksOf('linear', 1000, 1010, 5).map(({ text }) => text);
    expect(new Set(ticks).size).toBe(ticks.length);
    expect(numberTo(5, 1002.5)).toBe('1002.5');
  });
});

describe('dates', () => {
  const at = Date.UTC(2026, 10, 5, 4, 3, 2);

  test('in UTC, which is said, and in words', () => {
    setDateStyle({ zone: 'utc', words: false });
    expect([dateText(at), dateText(at, 'minute')]).toEqual(['2026-11-05 04:03:02 UTC', '2026-11-05 04:03 UTC']);
    setDateStyle({ zone: 'utc', words: true });
    expect(dateText(at)).toBe('5 Nov 2026 04:03:02 UTC');
    expect(ticksOf('time', Date.UTC(2026, 10, 5), Date.UTC(2026, 10, 6), 4).map(({ text }) => text)).toEqual(
      expect.arrayContaining(['5 Nov 00:00', '06:00', '18:00']),
    );
  });

  test('in local time: what the clock of this computer shows', () => {
    const date = new Date(at);
    const two = (part: number): string => String(part).padStart(2, '0');
    expect(dateText(at)).toBe(`2026-11-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`);
    expect([dateText(null), dateText(Number.NaN), dateText(Number.POSITIVE_INFINITY)]).toEqual(['–', '–', '–']);
  });
});
