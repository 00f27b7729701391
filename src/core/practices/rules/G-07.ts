// G-07: seeds of one configuration share a group, where the tracker has groups.

import type { Run } from '../../model/run';
import { claims, type PracticeClaim, type PracticeRule } from '../rule';
import { gather, idsOf, mostShown, replicatesOf, seedOf, times } from '../scopes';

const fewest = 3;

/** How each tracker puts runs together. A format that is not listed has no way to. */
const grouping: Readonly<Record<string, { readonly how: string; readonly code: string; groupOf(run: Run): string | null }>> = {
  wandb: { how: 'a group', code: 'wandb.init(group="mlp-adam", name=f"mlp-adam-s{seed}")', groupOf: ({ group }) => group },
  'mlflow-file': mlflow(),
  'mlflow-sqlite': mlflow(),
};

function mlflow(): (typeof grouping)[string] {
  return {
    how: 'a parent run',
    code: 'with mlflow.start_run(run_name="mlp-adam"):\n    for seed in seeds:\n        with mlflow.start_run(run_name=f"mlp-adam-s{seed}", nested=True):\n            train(seed)',
    groupOf: ({ parent, group }) => parent ?? group,
  };
}

export const rule: PracticeRule = {
  meta: {
    id: 'G-07',
    title: 'Seeds of one configuration share a group',
    check: 'Three or more runs that differ in the seed only share a group (W&B) or a parent run (MLflow). Formats that have neither are left alone.',
    severity: 'note',
    optIn: false,
  },
  check({ runs }) {
    const able = runs.filter(({ format }) => Object.hasOwn(grouping, format));
    return claims(apart(able));
  },
  examples: [
    { given: { runs: [1, 2, 3].map((seed) => ({ format: 'wandb', params: { lr: 0.1, seed } })) }, claims: 1 },
    { given: { runs: [1, 2, 3].map((seed) => ({ format: 'wandb', group: 'g', params: { lr: 0.1, seed } })) }, claims: 0 },
    { given: { runs: [1, 2, 3].map((seed) => ({ format: 'csv', params: { lr: 0.1, seed } })) }, claims: 0 },
    { given: { runs: [1, 1, 1].map((seed) => ({ format: 'mlflow-file', params: { lr: 0.1, seed } })) }, claims: 0 },
  ],
};

function apart(runs: readonly Run[]): readonly PracticeClaim[] {
  const found = replicatesOf(runs).filter((members) => {
    const seeds = new Set(members.map(seedOf).filter((seed) => seed !== null));
    const groups = new Set(members.map((run) => grouping[run.format]?.groupOf(run) ?? null));
    return seeds.size >= fewest && (groups.size > 1 || groups.has(null));
  });
  return byFormat(found).map(([format, studies]) => {
    const members = studies.flat();
    const { how, code } = grouping[format] as (typeof grouping)[string];
    return {
      runs: idsOf(members),
      summary: `${times(members.length, 'run')} of ${times(studies.length, 'configuration')} differ in the seed only and do not share ${how}.`,
      evidence: {
        configurations: studies.slice(0, mostShown).map((study) => ({ runs: idsOf(study), seeds: study.flatMap((run) => seedOf(run) ?? []) })),
        configurations_in_all: studies.length,
      },
      caveat: 'Diptych groups them by everything but the seed all the same; the tracker does not.',
      advice: { text: `Give the seeds of one configuration ${how}, so that the tracker can show their mean and spread.`, code },
    };
  });
}

function byFormat(studies: readonly (readonly Run[])[]): readonly (readonly [string, readonly (readonly Run[])[]])[] {
  const formats = new Map<string, (readonly Run[])[]>();
  for (const study of studies) {
    const { format } = study[0] as Run;
    gather(formats, format, study);
  }
  return [...formats];
}
