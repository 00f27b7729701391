// Which checkpoints a run kept, and at which steps.

import { factValue } from '../model/facts';
import type { Run } from '../model/run';

export interface SavedCheckpoint {
  readonly path: string;
  /** Null where neither the tracker nor the name says. */
  readonly step: number | null;
}

const looksSaved = /\.(pt|pth|ckpt|safetensors|h5|keras|bin|pkl|joblib|msgpack|orbax|index|json|ubj|cbm)$|(^|\/)(checkpoint|ckpt|epoch|step)[-_=]?\d+/i;
const namedStep = /(?:global_?step|step|iter|iteration|checkpoint|ckpt)[-_=]?0*(\d+)/i;
const named = /(checkpoint|ckpt|model|weights|best|last)/i;

/** Checkpoints from facts and from names of artifacts. A name such as `best.pt` has no step. */
export function checkpointsOf(run: Run): readonly SavedCheckpoint[] {
  const told = (factValue(run.facts, 'checkpoint') ?? []).map(({ path, step }) => ({ path, step: step ?? stepIn(path) }));
  const known = new Set(told.map(({ path }) => path));
  const files = run.artifacts
    .filter(({ path }) => !known.has(path) && looksSaved.test(path) && named.test(path))
    .map(({ path }) => ({ path, step: stepIn(path) }));
  return [...told, ...files].sort((a, b) => (a.step ?? Number.POSITIVE_INFINITY) - (b.step ?? Number.POSITIVE_INFINITY) || (a.path < b.path ? -1 : 1));
}

function stepIn(path: string): number | null {
  const digits = namedStep.exec(path)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** The last checkpoint at or before a step. */
export const lastBefore = (saved: readonly SavedCheckpoint[], step: number): SavedCheckpoint | null =>
  saved.findLast((one) => one.step !== null && one.step <= step) ?? null;

/** A checkpoint within `reach` of a step, or one that its name calls the best. */
export const nearest = (saved: readonly SavedCheckpoint[], step: number, reach: number): SavedCheckpoint | null =>
  saved.find((one) => one.step !== null && Math.abs(one.step - step) <= reach) ?? saved.find(({ path }) => /best/i.test(path)) ?? null;
