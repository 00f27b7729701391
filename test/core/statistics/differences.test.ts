// Differences of groups: expected numbers are scipy 1.17.1's (ttest_ind, ttest_rel, nct, mannwhitneyu, trim_mean, quad), written here to its digits.
import { describe, expect, test } from 'vitest';
import { randomOf } from '../../../src/core/base/random';
import { bootstrapDifference, stratifiedInterval } from '../../../src/core/statistics/bootstrap';
import { hedgesG, pooledDeviation, superiority } from '../../../src/core/statistics/effect-size';
import { detectableEffect, noncentralTCdf, powerOfT } from '../../../src/core/statistics/noncentral-t';
import { expectedMaximum, holm, interquartileMean } from '../../../src/core/statistics/selection';
import { tTail } from '../../../src/core/statistics/student';
import { meanInterval, pairedDifference, welch } from '../../../src/core/statistics/welch';

const a = [0.912, 0.921, 0.905, 0.918, 0.93];
const b = [0.901, 0.899, 0.915, 0.893, 0.908, 0.897];

describe("Welch's t", () => {
  test('unpaired, as ttest_ind(equal_var=False)', () => {
    const { p, df, interval } = welch(a, b);
    expect(p).toBeCloseTo(0.022628204176322636, 11);
    expect(df).toBeCloseTo(7.961680422878634, 10);
    expect(interval[0]).toBeCloseTo(0.00272649743038347, 11);
    expect(interval[1]).toBeCloseTo(0.027340169236283216, 11);
    expect(welch([1, 1.5], [0.2, 0.9])).toMatchObject({
      p: expect.closeTo(0.2578732961907269, 10),
      interval: [expect.closeTo(-1.3502921403423167, 9), expect.closeTo(2.7502921403423164, 9)],
    });
  });

  test('paired, as ttest_rel; a mean alone, as t.interval', () => {
    const { p, interval } = pairedDifference(a, b.slice(0, 5));
    expect(p).toBeCloseTo(0.09602445030001316, 11);
    expect(interval[0]).toBeCloseTo(-0.003929043407409447, 11);
    expect(meanInterval(a)[0]).toBeCloseTo(0.9055059243516465, 11);
    expect(meanInterval(a)[1]).toBeCloseTo(0.9288940756483536, 11);
  });

  test.each([
    [0.5, 1, 0.7048327646991335],
    [2.1, 3.7, 0.10926470508222474],
    [-12, 2, 0.00687293367715846],
    [4, 100, 0.00012152364430076177],
    [0, 5, 1],
  ])('two-sided tail of t = %d with %d df', (t, df, p) => expect(tTail(t, df)).toBeCloseTo(p, 12));

  test('too few or no spread is NaN, not certainty', () => {
    expect(welch([1], [2, 3]).p).toBeNaN();
    expect(welch([1, 1, 1], [2, 2, 2])).toMatchObject({ difference: -1, p: Number.NaN });
    expect(pairedDifference([1, 2], [0, 1]).p).toBeNaN();
    expect(meanInterval([1])).toEqual([Number.NaN, Number.NaN]);
  });
});

describe('smallest detectable effect', () => {
  test.each([
    [2, 3, 1, 0.7436298684076654],
    [-1, 5, 2, 0.0023163756540751507],
    [4.302652729696142, 2, 5.65, 0.20038491855670673],
    [0.5, 10, -0.3, 0.7831582708119957],
    [2.3, 38, 2.9, 0.27589984251668476],
    [0, 4, 1.5, 0.06680720126885809],
  ])('noncentral t at %d, df %d, delta %d', (t, df, delta, expected) => expect(noncentralTCdf(t, df, delta)).toBeCloseTo(expected, 11));

  test.each([
    [2, 2, 5.653489266196781],
    [3, 3, 3.070892266363687],
    [4, 4, 2.380754213271203],
    [5, 5, 2.0244393393844238],
    [8, 8, 1.5066342278766856],
    [10, 10, 1.3249473925792252],
    [20, 20, 0.9091290326820792],
    [30, 30, 0.7356210695976682],
    [3, 10, 2.026443509394082],
  ])('%d against %d seeds', (m, n, expected) => {
    expect(detectableEffect(m, n)).toBeCloseTo(expected, 7);
    expect(powerOfT(detectableEffect(m, n), m, n)).toBeCloseTo(0.8, 7);
  });

  test('one seed detects nothing', () => expect(detectableEffect(1, 30)).toBeNaN());
});

describe('size of an effect', () => {
  test('Hedges g with the exact correction', () => {
    expect(hedgesG(a, b)).toBeCloseTo(1.5856515389475407, 10);
    expect(hedgesG([1, 1.5], [0.2, 0.9])).toBeCloseTo(0.9181998964779959, 10);
    expect(hedgesG([1, 1], [2, 2])).toBeNaN();
    expect(pooledDeviation([[1], [2]])).toBeNaN();
  });

  test.each([
    [a, b, [0.9, 0.5437622519151462, 0.9833179802206472]],
    [
      [3, 4, 5],
      [1, 2, 2.5],
      [1, 0.5010187607018582, 1],
    ],
    [
      [1, 2, 2, 3],
      [2, 2, 4],
      [1 / 3, 0.08685002943196722, 0.7347618526291383],
    ],
  ])('P(A > B) with the interval of Newcombe, its equation solved by brentq', (x, y, [probability, low, high]) => {
    const found = superiority(x, y);
    expect([found.probability, ...found.interval]).toEqual([probability, low, high].map((value) => expect.closeTo(value as number, 10)));
    const turned = superiority(y, x);
    expect(turned.interval[0]).toBeCloseTo(1 - found.interval[1], 10);
  });
});

describe('resampling', () => {
  test('studentised, against an independent one in numpy with 400,000 resamples', () => {
    const [low, high] = bootstrapDifference(a, b, { seed: 1, resamples: 40_000 });
    expect(low).toBeCloseTo(0.0016871442327014551, 3);
    expect(high).toBeCloseTo(0.02680941326998662, 3);
  });

  test('the same seed gives the same interval; too few values and constants give none', () => {
    expect(bootstrapDifference(a, b, { seed: 7 })).toEqual(bootstrapDifference(a, b, { seed: 7 }));
    expect(bootstrapDifference(a.slice(0, 4), b, { seed: 7 })[0]).toBeNaN();
    expect(bootstrapDifference([1, 1, 1, 1, 1], [2, 2, 2, 2, 2], { seed: 7 })[0]).toBeNaN();
  });

  test('covers the true difference about as often as it says at five seeds', () => {
    const random = randomOf('coverage');
    let covered = 0;
    for (let i = 0; i < 400; i++) {
      const draw = (centre: number, spread: number) => Array.from({ length: 5 }, () => centre + spread * random.normal());
      const [low, high] = bootstrapDifference(draw(1, 1), draw(0, 2), { seed: i, resamples: 400 });
      if (low <= 1 && high >= 1) covered += 1;
    }
    expect(covered / 400).toBeGreaterThan(0.91);
  });

  test('within strata every stratum keeps its weight', () => {
    const total = (drawn: readonly Float64Array[]) => drawn.reduce((sum, values) => sum + (values[0] as number), 0);
    expect(stratifiedInterval([[1], [10]], total, { seed: 1, resamples: 50 })).toEqual([11, 11]);
  });
});

describe('what choosing does', () => {
  test('Holm, as in the worked example of his step-down: monotone and never above 1', () => {
    expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02].map((p) => expect.closeTo(p, 12)));
    expect(holm([0.6, Number.NaN, 0.9])).toEqual([1, Number.NaN, 1]);
  });

  test.each([
    [2, 0.5641895835477566],
    [5, 1.1629644736405196],
    [10, 1.5387527308351732],
    [100, 2.507593636441689],
    [1000, 3.2414357691334756],
  ])('the greatest of %d normals', (k, expected) => expect(expectedMaximum(k)).toBeCloseTo(expected, 8));

  test('interquartile mean, as trim_mean(0.25)', () => {
    expect(interquartileMean([1, 2, 3, 4, 5, 6, 7, 8, 9, 100])).toBe(5.5);
    expect(interquartileMean([1, 2, 10])).toBeCloseTo(4.333333333333333, 12);
    expect(interquartileMean([])).toBeNaN();
  });
});
