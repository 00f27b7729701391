// runs with the same curve, point by point.

import { seriesId } from '../../compare/metrics';
import { varyingSettings } from '../../compare/settings';
import { type AcrossRule, clear, found, notAssessed, type RuleAcrossFinding } from '../rule';
import { idsOf, mainCurve, namesOf, seedText } from '../sets';
import type { CurveSketch, RunSketch } from '../sketch';
import { count } from '../words';

/** float32 of one tracker against float64 of another. */
const tolerance = 1e-6;
const mostGroups = 20;
/** Limits and schedules may never have come into play; these always do. */
const alwaysMatters = /(^|[./_])(lr|learning_?rate|(train_?)?batch_?size|optimi[sz]er|hidden\w*|width|depth|(n|num)_?layers?|model|arch\w*|n_?train)$/i;

export const rule: AcrossRule = {
  scope: 'across',
  meta: {
    id: 'X-01',
    title: 'Identical curves',
    about: 'Runs whose curves agree in every point: a run logged or copied twice, or a param (or seed) that changes nothing.',
    needs: ['two runs with a curve of at least 5 points'],
    reference: 'Own choice; two public Lightning versions turned out to be one run',
    thresholds: [
      { what: 'relative difference of every compared point', value: '≤ 1e-6', source: 'float32 of one tracker against float64 of another' },
      { what: 'different values in the curve', value: '≥ 3', source: 'constant curves agree by nature' },
      {
        what: 'a warning',
        value: 'where seed, learning rate, batch size, model or optimiser differ',
        source: 'limits and schedules may never have come into play',
      },
    ],
    wrongWhen: 'A deterministic training that was repeated on purpose is meant to give the same curve.',
  },
  check(sketches) {
    const curves = sketches.flatMap((sketch) => {
      const curve = mainCurve(sketch);
      return curve && curve.count >= 5 && new Set(curve.values).size >= 3 ? [{ sketch, curve }] : [];
    });
    if (curves.length < 2) return notAssessed('It needs two runs with a curve of at least 5 points.');
    const groups = identical(curves);
    return groups.length === 0 ? clear : found(...groups.slice(0, mostGroups).map(claim));
  },
  examples: [
    {
      says: 'warn',
      runs: [
        { draw: 'train/loss 2 ~>1 ±0.01 =x30', params: { lr: 0.1 } },
        { draw: 'train/loss 2 ~>1 ±0.01 =x30', params: { lr: 0.2 } },
      ],
    },
    {
      says: 'warn',
      runs: [
        { draw: 'train/loss 2 ±0.01 ~>1 x30', params: { seed: 1 } },
        { draw: 'train/loss 2 ±0.01 ~>1 x30', params: { seed: 2 } },
      ],
    },
    {
      says: 'note',
      runs: [
        { draw: 'train/loss 2 ±0.01 ~>1 x30', params: { seed: 1 } },
        { draw: 'train/loss 2 ±0.01 ~>1 x30', params: { seed: 1 } },
      ],
    },
    { says: 'note', runs: [1, 5].map((max_grad_norm) => ({ draw: 'train/loss 2 ±0.01 ~>1 x30', params: { max_grad_norm, lr: 1 } })) },
    { says: 'clear', runs: [{ draw: 'train/loss 2 ±0.01 ~>1 x30' }, { draw: 'train/loss 2 ±0.02 ~>1 x30' }] },
    { says: 'not-assessed', runs: [{ draw: 'train/loss 2 ±0.01 ~>1 x30' }, { draw: 'train/loss 1 =x30' }] },
  ],
};

interface Curved {
  readonly sketch: RunSketch;
  readonly curve: CurveSketch;
}

/** Sorted by length and end, equal curves are neighbours: n log n, not every pair. */
function identical(curves: readonly Curved[]): readonly (readonly Curved[])[] {
  const sorted = [...curves].sort((a, b) => a.curve.count - b.curve.count || a.curve.end - b.curve.end || (a.sketch.run.id < b.sketch.run.id ? -1 : 1));
  const groups: Curved[][] = [];
  const open: Curved[][] = [];
  for (const one of sorted) {
    while (open[0] && !near((open[0][0] as Curved).curve, one.curve)) open.shift();
    const same = open.find((group) => equal((group[0] as Curved).curve, one.curve) && group.slice(0, 10).every((other) => alike(other, one)));
    if (same) same.push(one);
    else {
      const group = [one];
      open.push(group);
      groups.push(group);
      // Many short runs may end alike; a few candidates are enough to find copies.
      if (open.length > 50) open.shift();
    }
  }
  return groups.filter((group) => group.length > 1);
}

const close = (a: number, b: number): boolean => a === b || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
const near = (a: CurveSketch, b: CurveSketch): boolean => a.count === b.count && close(a.end, b.end);
const equal = (a: CurveSketch, b: CurveSketch): boolean =>
  a.values.length === b.values.length && a.values.every((value, i) => close(value, b.values[i] as number));

/** Curves of one name in both runs agree too: params of evaluation alone change only some of them. */
function alike({ sketch: a }: Curved, { sketch: b }: Curved): boolean {
  const named = new Map(b.curves.map((curve) => [seriesId(curve.key), curve]));
  return a.curves.every((curve) => {
    const other = named.get(seriesId(curve.key));
    return !other || (curve.count === other.count && equal(curve, other));
  });
}

function claim(group: readonly Curved[]): RuleAcrossFinding {
  const sketches = group.map(({ sketch }) => sketch);
  const first = group[0] as Curved;
  const differing = [...varyingSettings(sketches.map(({ run }) => run.params)).keys()];
  const seeds = new Set(sketches.map(seedText));
  const trackers = new Set(sketches.map(({ run }) => run.format));
  const sameSettings = differing.length === 0 && seeds.size === 1;
  const unlikeTrackers = trackers.size === group.length;
  const cause = sameSettings
    ? 'one training logged twice, or a repeat that is fully deterministic'
    : unlikeTrackers
      ? 'one training logged by several trackers'
      : differing.length > 0
        ? `${differing.slice(0, 4).join(', ')} ${differing.length === 1 ? 'differs' : 'differ'} and changed nothing`
        : 'their seeds differ and changed nothing';
  return {
    severity: !sameSettings && !unlikeTrackers && (seeds.size > 1 || differing.some((key) => alwaysMatters.test(key))) ? 'warn' : 'note',
    runs: idsOf(sketches),
    series: [first.curve.key],
    summary: `${count(group.length, 'run')} (${namesOf(sketches)}) have the same ${first.curve.key.name} in every compared point: ${cause}.`,
    evidence: { runs: group.length, points: first.curve.count, compared: first.curve.values.length, differing: differing.slice(0, 20), seeds: seeds.size },
    caveat: 'Up to 64 points of each curve are compared; a deterministic repeat on purpose is no fault.',
    advice: {
      text:
        sameSettings || unlikeTrackers
          ? 'Count such runs once: they are one training, not evidence of small spread.'
          : 'Check that the params that differ reach the training code, and count these runs once.',
    },
  };
}
