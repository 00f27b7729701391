// Which runs belong together: repeats of one setting, and runs of one search. Rules across runs compare only within these.

import { isSeedKey } from '../compare/seed-keys';
import { canonical, repeatKey, settingsOf } from '../compare/settings';
import { factValue } from '../model/facts';
import { displayName } from '../model/run';
import type { Value } from '../model/values';
import type { CurveSketch, RunSketch } from './sketch';

/** Where a run without an experiment lies: runs of one folder belong together. */
function place({ run }: RunSketch): string {
  if (run.experiment !== null) return `experiment ${run.experiment}`;
  const folders = run.path.split('/').slice(0, -1).join('/');
  return `source ${run.source} ${folders}`;
}

/** The settings are known at all: without one param nothing is known to be equal. */
export const hasSettings = ({ run }: RunSketch): boolean => Object.keys(settingsOf(run.params)).length > 0;

/** Seeds as one text, from params and the recorded fact; null where none is set. −1 and null are "not set". */
export function seedText({ run }: RunSketch): string | null {
  const seeds = Object.entries(run.params)
    .filter(([key, value]) => isSeedKey(key) && value !== null && value !== -1 && value !== '' && value !== '-1' && value !== 'None')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => [key, canonical(value)]);
  const fact = factValue(run.facts, 'seed');
  if (seeds.length === 0 && fact === undefined) return null;
  return JSON.stringify(seeds.length > 0 ? seeds : fact);
}

/** Runs that are repeats of each other: side by side, the same params beside the seed, the same code and data as far as recorded. Groups of one are left out. */
export function repeats(sketches: readonly RunSketch[]): readonly (readonly RunSketch[])[] {
  return groups(sketches.filter(hasSettings), (sketch) => {
    const { run } = sketch;
    const data = (factValue(run.facts, 'datasets') ?? []).map(({ name, digest }) => `${name} ${digest}`).sort();
    return JSON.stringify([place(sketch), repeatKey(run.experiment, run.jobType, run.params), factValue(run.facts, 'git_commit') ?? null, data]);
  }).filter((group) => group.length > 1);
}

const dataParam = /(^|[./_])(dataset|data|data_?name|dataset_?name|task|task_?name|env|env_?id)$/i;

/** Runs of one search: one experiment or folder, one data set, the same names of params, judged by one metric. Sets of one are left out. */
export function searches(sketches: readonly RunSketch[]): readonly (readonly RunSketch[])[] {
  return groups(sketches.filter(hasSettings), (sketch) => {
    const { run, family } = sketch;
    const settings = settingsOf(run.params);
    const data = Object.entries(settings).filter(([key, value]) => dataParam.test(key) && typeof value === 'string');
    const metric = objective(sketch);
    return JSON.stringify([place(sketch), run.jobType, family, metric && [metric.key.name, metric.key.context as Value], data, Object.keys(settings)]);
  }).filter((group) => group.length > 1);
}

/** Runs that people would put side by side: one experiment or folder and one kind of job. */
export const neighbours = (sketches: readonly RunSketch[]): readonly (readonly RunSketch[])[] =>
  groups(sketches, (sketch) => JSON.stringify([place(sketch), sketch.run.jobType])).filter((group) => group.length > 1);

/** Non-finite values or a divergence that were more than a note. */
export const failed = ({ fired }: RunSketch): boolean =>
  [fired.get('A-01'), fired.get('A-02')].some((severity) => severity === 'critical' || severity === 'warn');

export function groups(sketches: readonly RunSketch[], keyOf: (sketch: RunSketch) => string): readonly (readonly RunSketch[])[] {
  const found = new Map<string, RunSketch[]>();
  for (const sketch of sketches) {
    const key = keyOf(sketch);
    const group = found.get(key);
    if (group) group.push(sketch);
    else found.set(key, [sketch]);
  }
  return [...found.values()];
}

/** What a run is ranked by: its held-out objective, else its training loss; null without either. */
export const objective = (sketch: RunSketch): CurveSketch | null => sketch.curves[sketch.valObjective] ?? sketch.curves[sketch.trainLoss] ?? null;

/** The curve that tells two trainings apart best: the training loss, else the held-out objective, else the longest. */
export function mainCurve(sketch: RunSketch): CurveSketch | null {
  const known = sketch.curves[sketch.trainLoss] ?? sketch.curves[sketch.valObjective];
  if (known) return known;
  let longest: CurveSketch | null = null;
  for (const curve of sketch.curves)
    if (!longest || curve.count > longest.count || (curve.count === longest.count && curve.key.name < longest.key.name)) longest = curve;
  return longest;
}

/** Names of runs in a sentence: three, and how many more. */
export function namesOf(sketches: readonly RunSketch[]): string {
  const names = sketches.slice(0, 3).map(({ run }) => displayName(run).slice(0, 60));
  return sketches.length > 3 ? `${names.join(', ')} and ${sketches.length - 3} more` : names.length === 2 ? names.join(' and ') : names.join(', ');
}

export const idsOf = (sketches: readonly RunSketch[]) => sketches.map(({ run }) => run.id);
