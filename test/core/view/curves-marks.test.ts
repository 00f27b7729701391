// Marks lie where the logged point of their step lies, on any axis and under smoothing, and stay readable where they are many.
import { describe, expect, test } from 'vitest';
import { runId } from '../../../src/core/base/units';
import type { Finding, FindingSeverity, RunHealth } from '../../../src/core/health/finding';
import type { Points, Run } from '../../../src/core/model/run';
import type { Axis } from '../../../src/core/series/axis';
import { SeriesColumns } from '../../../src/core/view/curves-columns';
import { type CurveMark, clusterMarks, labelOf, marksOf, type PixelMark, placeMarks } from '../../../src/core/view/curves-marks';
import { runFromText } from '../../support/run-from-text';

const start = 1_795_000_000_000;
/** Every tenth step, a second apart, with a restart at step 30. */
const points: Points = {
  steps: Float64Array.of(0, 10, 20, 30, 20, 30, 40),
  values: Float64Array.of(9, 8, 7, 6, 3, 2, 1),
  times: Float64Array.of(0, 1, 2, 3, 10, 11, 12).map((seconds) => start + seconds * 1000) as Float64Array<ArrayBuffer>,
};
const epochs: Points = { steps: Float64Array.of(15, 35), values: Float64Array.of(1, 2), times: null };

const place = (axis: Axis, step: number, to = step, smoothing: Parameters<typeof placeMarks>[2] = { kind: 'none' }) => {
  const columns = new Map([['s', new SeriesColumns({ points, startedMs: start - 5000, axis, other: axis.kind === 'metric' ? epochs : null })]]);
  return placeMarks([{ id: 'm', series: 's', from: step, to }], columns, smoothing).map(({ from, to: end, y }) => [from, end, y]);
};

describe('a mark', () => {
  test('over steps lies on the step, on the value that the curve shows there', () => expect(place({ kind: 'step' }, 20)).toEqual([[20, 20, 3]]));
  test('between logged steps lies on its own step, on the nearest value', () => expect(place({ kind: 'step' }, 37)).toEqual([[37, 37, 1]]));
  test('over time lies where that point was logged last', () => {
    expect(place({ kind: 'relative' }, 20)).toEqual([[15, 15, 3]]);
    expect(place({ kind: 'wall' }, 40)).toEqual([[start + 12_000, start + 12_000, 1]]);
  });
  test('over another metric lies on what that last was, and nowhere before its first', () => {
    expect(place({ kind: 'metric', name: 'epoch' }, 40)).toEqual([[2, 2, 1]]);
    expect(place({ kind: 'metric', name: 'epoch' }, 10)).toEqual([]);
  });
  test('of a stretch keeps both ends', () => expect(place({ kind: 'relative' }, 0, 40)).toEqual([[5, 17, 9]]));
  test('lies on the smoothed curve where that is shown', () => {
    const [[at, , y] = []] = place({ kind: 'step' }, 20, 20, { kind: 'mean', points: 3 });
    expect(at).toBe(20);
    expect(y).toBeCloseTo((8 + 3 + 2) / 3);
  });
  test('of a series without steps counts points, and without times has no place in time', () => {
    const bare = { steps: null, values: Float64Array.of(5, 6, 7), times: null };
    const on = (axis: Axis) =>
      placeMarks([{ id: 'm', series: 's', from: 1, to: 1 }], new Map([['s', new SeriesColumns({ points: bare, startedMs: null, axis, other: null })]]), {
        kind: 'none',
      });
    expect(on({ kind: 'step' })).toEqual([{ id: 'm', from: 1, to: 1, y: 6 }]);
    expect(on({ kind: 'wall' })).toEqual([]);
  });
  test('of a series that is not drawn is left out', () =>
    expect(placeMarks([{ id: 'm', series: 'x', from: 1, to: 1 }], new Map(), { kind: 'none' })).toEqual([]));
});

const finding = (rule: string, severity: FindingSeverity, name: string): Finding => ({
  rule,
  severity,
  summary: `${rule} of ${name}`,
  evidence: {},
  caveat: '',
  advice: { text: '' },
  series: [{ name, context: {} }],
  onset: null,
  marks: [{ series: { name, context: {} }, from: 1, to: 1, label: rule }],
});
const health = (run: Run, ...findings: readonly Finding[]): [Run['id'], RunHealth] => [run.id, { run: run.id, findings, notAssessed: [], clear: [] }];

describe('marks of runs', () => {
  const runs = Array.from({ length: 8 }, (_, at) => runFromText('step acc loss\n0 1 2\n1 1 1', { id: `r${at}`, name: `r${at}` }));
  const judged = new Map(runs.map((run) => health(run, finding('A-04', 'warn', 'loss'), finding('A-99', 'note', 'acc'), finding('A-04', 'warn', 'gone'))));
  test('stand by the key of their series, and a series that is not there has none', () => {
    const marks = marksOf(runs.slice(0, 1), judged);
    expect([...marks].map(([key, list]) => [key, list.map((mark) => [mark.finding, mark.label])])).toEqual([
      ['r0/1', [['r0/A-04/0', 'A-04']]],
      ['r0/0', [['r0/A-99/0', 'A-99']]],
    ]);
  });
  test('leave notes out where runs are many', () => expect([...marksOf(runs, judged).values()].flat().every((mark) => mark.severity === 'warn')).toBe(true));
});

describe('flags', () => {
  const at = (left: number, label: string): PixelMark => ({
    mark: { ...base, id: `${left}`, finding: `f${left}`, label },
    left,
    right: left,
    top: 5,
    bottom: 90,
  });
  const base = { run: runId('r'), rule: 'A', nth: 0, severity: 'warn', summary: '', series: 's', from: 0, to: 0 } as unknown as CurveMark;
  const shown = (marks: readonly PixelMark[], marked: string | null = null) =>
    clusterMarks(marks, marked, 400).map((one) => [one.left, one.marks.length, one.labelled]);

  test('that lie on one another are one', () =>
    expect(shown([at(100, 'spike'), at(105, 'spike'), at(300, 'best')])).toEqual([
      [100, 2, true],
      [300, 1, true],
    ]));
  test('of one finding are one flag with its words', () => {
    const [best, rise] = [at(100, 'best'), { ...at(104, 'rising'), right: 300 }];
    const same = { ...rise, mark: { ...rise.mark, finding: best.mark.finding } };
    expect(clusterMarks([same, best], null, 400)).toMatchObject([{ left: 100, right: 300, labelled: true }]);
    expect(labelOf([best.mark, same.mark])).toBe('best');
    expect(labelOf([best.mark, rise.mark])).toBe('2 findings');
  });
  test('have words only where there is room', () =>
    expect(shown([at(100, 'a long label here'), at(120, 'spike')])).toEqual([
      [100, 1, false],
      [120, 1, true],
    ]));
  test('that are pointed at always have them', () => expect(shown([at(100, 'a long label here'), at(120, 'spike')], 'f100')).toContainEqual([100, 1, true]));
  test('with words stay few', () =>
    expect(shown(Array.from({ length: 30 }, (_, i) => at(i * 1000, 'x'))).filter(([, , labelled]) => labelled)).toHaveLength(8));
});
