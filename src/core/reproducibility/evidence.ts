// Looks things up in a run and keeps where they were found.

import { normalise } from '../compare/same-value';
import { isSeedKey } from '../compare/seed-keys';
import type { Evidence, FactKind } from '../model/facts';
import type { Artifact, Run } from '../model/run';
import type { Value } from '../model/values';

export interface FoundParam {
  readonly key: string;
  /** Strings that spell a number, boolean or null are turned into it. */
  readonly value: Value;
}

/** Params whose whole key or last part matches and that say something: null and empty text are no evidence. */
export function paramsLike(run: Run, pattern: RegExp): readonly FoundParam[] {
  return Object.entries(run.params)
    .filter(([key]) => pattern.test(key) || pattern.test(key.split(/[./]/).at(-1) ?? key))
    .map(([key, value]) => ({ key, value: normalise(value) }))
    .filter(({ value }) => value !== null && value !== '');
}

export const seedParams = (run: Run): readonly FoundParam[] =>
  Object.entries(run.params)
    .filter(([key]) => isSeedKey(key))
    .map(([key, value]) => ({ key, value: normalise(value) }));

const dataParam = /(^|[./])(train_)?(data|datasets?|corpus)([._/]?(set|dir|path|root|file|name|version|revision|id))?$/i;

/** Params that name the data. */
export const dataParams = (run: Run): readonly FoundParam[] => paramsLike(run, dataParam).filter(({ value }) => typeof value === 'string' && value !== '');

export const paramEvidence = (found: readonly FoundParam[]): readonly Evidence[] =>
  found.map(({ key, value }) => ({ file: 'params', where: key, value: shorten(value) }));

export const factEvidence = (run: Run, ...kinds: readonly FactKind[]): readonly Evidence[] =>
  run.facts
    .filter((fact) => kinds.includes(fact.kind))
    .flatMap((fact) => fact.evidence.map((evidence) => ({ value: shorten(fact.value as Value), ...evidence })));

export const artifactsLike = (run: Run, pattern: RegExp): readonly Artifact[] => run.artifacts.filter((artifact) => pattern.test(artifact.path));

export const artifactEvidence = (found: readonly Artifact[]): readonly Evidence[] => found.slice(0, 5).map(({ path }) => ({ file: path }));

export const hasParams = (run: Run): boolean => Object.keys(run.params).length > 0;

export const lockFile = /(^|\/)(uv\.lock|poetry\.lock|pdm\.lock|Pipfile\.lock|conda-lock\.ya?ml|pixi\.lock)$/;
export const configFile = /(^|\/)(config|hparams|args|opt|hyp|training_args)\.(ya?ml|json)$|(^|\/)\.hydra\/config\.yaml$/i;

/** Values that are there but say "not set". */
export const isUnset = (value: Value): boolean => value === null || value === -1 || value === '' || value === false;

function shorten(value: Value): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? inner.toString() : inner));
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
