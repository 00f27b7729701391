// Facts: what the reproducibility checklist judges. No evidence, no fact.

import type { Values } from './values';

/** Where a fact was read: a file (relative to the run) and the key, line or record in it. */
export interface Evidence {
  readonly file: string;
  readonly where?: string;
  /** The text found there, shortened to 500 characters; secrets removed. */
  readonly value?: string;
}

export interface Dataset {
  readonly name: string;
  readonly digest: string | null;
  readonly version?: string | null;
  readonly source?: string | null;
  /** How it was used, e.g. `training`. */
  readonly context?: string | null;
}

export interface Checkpoint {
  readonly path: string;
  readonly step: number | null;
  readonly digest: string | null;
}

/** Kind of fact → type of its value. One fact per kind and run (decision 19). */
export interface FactValues {
  git_commit: string;
  git_branch: string;
  git_remote: string;
  git_dirty: boolean;
  /** Path of the patch file, relative to the run, or its text where the tracker keeps it inline. */
  git_patch: string;
  entry_point: string;
  /** Program (code path where known) and arguments joined with blanks. */
  command: string;
  python: string;
  os: string;
  /** Package name as written → version. */
  packages: Readonly<Record<string, string>>;
  container: string;
  cpu: string;
  cpu_count: number;
  memory_bytes: number;
  gpu: string;
  gpu_count: number;
  cuda: string;
  host: string;
  datasets: readonly Dataset[];
  seed: number | string;
  determinism: Values;
  checkpoint: readonly Checkpoint[];
  precision: string;
  world_size: number;
  framework: Readonly<Record<string, string>>;
  lifecycle_stage: string;
  experiment_lifecycle_stage: string;
  overrides: readonly string[];
  /** The tracker's word for how a trial of a search ended, e.g. `PRUNED`. */
  state: string;
  /** Which way each objective of a search goes: `minimize`, `maximize` or `not_set`. */
  directions: readonly string[];
  tracker: string;
}

export type FactKind = keyof FactValues;

export type Fact = { readonly [K in FactKind]: { readonly kind: K; readonly value: FactValues[K]; readonly evidence: readonly Evidence[] } }[FactKind];

/** The value of a fact, or undefined where the run holds none. */
export function factValue<K extends FactKind>(facts: readonly Fact[], kind: K): FactValues[K] | undefined {
  return facts.find((fact) => fact.kind === kind)?.value as FactValues[K] | undefined;
}
