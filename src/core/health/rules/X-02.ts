// the same settings and the same seed, and another curve.

import { type AcrossRule, clear, found, notAssessed, type RuleAcrossFinding } from '../rule';
import { groups, idsOf, mainCurve, namesOf, repeats, seedText } from '../sets';
import type { CurveSketch, RunSketch } from '../sketch';
import { count, percent, say } from '../words';

/** Rounding alone, as other kernels have it, stays below this at the first points. */
const rounding = 1e-4;
const mostGroups = 20;

export const rule: AcrossRule = {
  scope: 'across',
  meta: {
    id: 'X-02',
    title: 'Same seed, different curve',
    about:
      'Runs with the same params, seed, code and data (as far as recorded) whose training differs. A warning where it differs from the first points: then more than rounding is not controlled.',
    needs: ['two runs with equal params and seed, and a curve of equal length'],
    reference: 'PyTorch reproducibility notes; Zhuang et al. 2022, "Randomness in neural network training"',
    thresholds: [
      { what: 'relative difference anywhere', value: '> 1e-6', source: 'float32 of one tracker against float64 of another' },
      {
        what: 'relative difference within the first 1 % (at least the first point)',
        value: 'warn > 1e-4',
        source: 'rounding of kernels is smaller there and grows later',
      },
    ],
    wrongWhen: 'A setting that is not logged differed, or code was changed without a commit.',
  },
  check(sketches) {
    const seeded = repeats(sketches).flatMap((group) =>
      groups(
        group.filter((one) => seedText(one) !== null && mainCurve(one) !== null),
        sameTraining,
      ),
    );
    const pairs = seeded.filter((group) => group.length > 1);
    if (pairs.length === 0) return notAssessed('It needs two runs with the same params and the same seed.');
    const findings = pairs.flatMap((group) => spreadOf(group) ?? []);
    return findings.length === 0 ? clear : found(...findings.slice(0, mostGroups));
  },
  examples: [
    {
      says: 'warn',
      runs: [
        { draw: 'train/loss 2 ±0.01 ~>1 x30', params: { lr: 0.1, seed: 1 } },
        { draw: 'train/loss 2.1 ±0.01 ~>1 x30', params: { lr: 0.1, seed: 1 } },
      ],
    },
    {
      says: 'note',
      runs: [
        { draw: 'train/loss 2 1.9 ~>1 x40', params: { lr: 0.1, seed: 1 } },
        { draw: 'train/loss 2 1.9 ~>1.01 x40', params: { lr: 0.1, seed: 1 } },
      ],
    },
    {
      says: 'clear',
      runs: [
        { draw: 'train/loss 2 ±0.01 ~>1 x30', params: { lr: 0.1, seed: 1 } },
        { draw: 'train/loss 2 ±0.01 ~>1 x30', params: { lr: 0.1, seed: 1 } },
      ],
    },
    {
      says: 'not-assessed',
      runs: [
        { draw: 'train/loss 2 ±0.01 ~>1 x30', params: { lr: 0.1, seed: 1 } },
        { draw: 'train/loss 2.1 ±0.01 ~>1 x30', params: { lr: 0.1, seed: 2 } },
      ],
    },
    {
      says: 'not-assessed',
      runs: [
        { draw: 'train/loss 2 ±0.01 ~>1 x30', params: { lr: 0.1 } },
        { draw: 'train/loss 2.1 ±0.01 ~>1 x30', params: { lr: 0.1 } },
      ],
    },
  ],
};

/** Sketches of curves of the same length are taken at the same places. */
function sameTraining(sketch: RunSketch): string {
  const curve = mainCurve(sketch) as CurveSketch;
  return JSON.stringify([seedText(sketch), curve.key.name, curve.count]);
}

/** Greatest distance between the runs at a place, relative to the values there. */
function spreadAt(curves: readonly CurveSketch[], place: number): number {
  const values = curves.map(({ values: all }) => all[place] as number);
  const scale = Math.max(...values.map(Math.abs));
  return scale > 0 ? (Math.max(...values) - Math.min(...values)) / scale : 0;
}

function spreadOf(group: readonly RunSketch[]): RuleAcrossFinding | null {
  const curves = group.map((sketch) => mainCurve(sketch) as CurveSketch);
  const size = (curves[0] as CurveSketch).values.length;
  if (size < 3) return null;
  let first = -1;
  for (let place = 0; place < size && first < 0; place++) if (spreadAt(curves, place) > 1e-6) first = place;
  if (first < 0) return null;
  const [early, tenth, end] = [0.01, 0.1, 1].map((share) => spreadAt(curves, Math.round(share * (size - 1)))) as [number, number, number];
  const step = (curves[0] as CurveSketch).steps[first] as number;
  const atOnce = early > rounding;
  const { name } = (curves[0] as CurveSketch).key;
  return {
    severity: atOnce ? 'warn' : 'note',
    runs: idsOf(group),
    series: [(curves[0] as CurveSketch).key],
    summary: `${count(group.length, 'run')} with equal params and seed (${namesOf(group)}) differ in ${name} from step ${say(step)}: by ${percent(early)} after 1 %, ${percent(tenth)} after 10 % and ${percent(end)} at the end.`,
    evidence: {
      runs: group.length,
      first_step: step,
      spread_at_1_percent: early,
      spread_at_10_percent: tenth,
      spread_at_end: end,
      seed: seedText(group[0] as RunSketch),
    },
    caveat: 'A setting that is not logged, code changed without a commit, or another device would explain it too.',
    advice: {
      text: atOnce
        ? 'It differs from the first points: seed the order of data, initialisation and augmentation (a generator for the loader, worker_init_fn), and log that seed.'
        : 'It drifts from rounding: ask for deterministic kernels if exact repeats matter, and otherwise report several seeds.',
      code: atOnce
        ? 'g = torch.Generator().manual_seed(seed)\nDataLoader(..., generator=g, worker_init_fn=seed_worker)'
        : 'torch.use_deterministic_algorithms(True)\ntorch.backends.cudnn.benchmark = False',
    },
  };
}
