// XGBoost: dumped evals_result, the lines it prints, and models as JSON.

import type { Claim, ProbeContext, RunReader } from '../../source/reader';
import { type SourceDir, type SourceFile, walkDirs } from '../../source/source';
import { claimsOf, type Found } from '../_history/find';
import { headRound } from '../_history/round-logs';
import { isConfigFile, sidecarsIn } from '../_history/sidecar-names';
import { headEvaluations, isOwnRound, roundOf } from './evaluations';
import { isModelHead } from './model';

/** Surer than any JSON file, less sure than a tracker's own layout. */
const confidence = 0.5;
const headBytes = 64 * 1024;
const modelName = /\.(?:ubj|xgb|bst|model)$/i;
const textName = /\.(?:log|txt|out)$/i;

export interface TrainingNote extends Found {
  /** Models as JSON, of which something is told. */
  readonly models: readonly SourceFile[];
}

export const reader: RunReader = {
  meta: {
    id: 'xgboost',
    family: 'xgboost',
    title: 'XGBoost evaluations',
    tracker: { name: 'XGBoost', short: 'XGB' },
    accepts: 'the dict evals_result as JSON, what XGBoost printed, or a model saved as JSON',
    words: { param: 'parameter' },
    records: { config: 'optional', commit: 'optional', patch: 'optional', packages: 'optional' },
  },
  async probe(tree, context) {
    const finds = new Map<SourceDir, Finds>();
    for (const dir of walkDirs(tree.root)) finds.set(dir, await findsIn(dir, tree.named, context));
    const logs = new Set([...finds.values()].flatMap((found) => found.logs));
    const claims = await claimsOf(tree, async (file) => logs.has(file), confidence);
    const perFolder = new Map<SourceDir, number>();
    for (const { root } of claims) perFolder.set(root, (perFolder.get(root) ?? 0) + 1);
    const whole = claims.map((claim) => withModels(claim, finds.get(claim.root) ?? none, tree.named === null && perFolder.get(claim.root) === 1));
    const lone = [...finds].filter(([, found]) => found.logs.length === 0 && found.models.length === 1 && found.alone);
    return [...whole, ...lone.map(([dir, found]) => loneModel(dir, found, tree.named !== null))];
  },
  load: () => import('./read'),
};

interface Finds {
  readonly logs: readonly SourceFile[];
  readonly models: readonly SourceFile[];
  /** Models in forms of bytes, and printed lines beside the dump that repeats them. */
  readonly beside: readonly SourceFile[];
  /** Nothing in the folder looks like the log of somebody else. */
  readonly alone: boolean;
}
const none: Finds = { logs: [], models: [], beside: [], alone: false };

async function findsIn(dir: SourceDir, only: SourceFile | null, context: ProbeContext): Promise<Finds> {
  const found = { dumps: [] as SourceFile[], texts: [] as SourceFile[], models: [] as SourceFile[], beside: [] as SourceFile[] };
  let others = 0;
  for (const file of dir.files.values()) {
    if (only && file !== only) continue;
    if (/\.json$/i.test(file.name) && !isConfigFile(file.name)) {
      const head = await context.head(file, headBytes);
      if (isModelHead(head)) found.models.push(file);
      else if (headEvaluations(head)) found.dumps.push(file);
      else others++;
    } else if (textName.test(file.name)) {
      const round = headRound(await context.head(file, headBytes), roundOf);
      if (round && isOwnRound(round)) found.texts.push(file);
      else others++;
    } else if (modelName.test(file.name)) found.beside.push(file);
    else if (/\.(?:csv|tsv|jsonl|ndjson|db|wandb)$|\.tfevents\./i.test(file.name)) others++;
  }
  const { dumps, texts, models, beside } = found;
  return dumps.length > 0 ? { logs: dumps, models, beside: [...beside, ...texts], alone: false } : { logs: texts, models, beside, alone: others === 0 };
}

/** Models and printed lines belong to the only training of their folder, which is then the whole folder. */
function withModels(claim: Claim, { models, beside }: Finds, only: boolean): Claim {
  const found = claim.note as Found;
  if (!only) return { ...claim, note: { ...found, models: [] } satisfies TrainingNote };
  const artifacts = [...new Set([...found.artifacts, ...models, ...beside])];
  const path = models.length + beside.length > 0 ? claim.root.path : found.path;
  return { ...claim, files: [...new Set([...claim.files, ...models, ...beside])], note: { ...found, path, artifacts, models } satisfies TrainingNote };
}

/** A model with nothing beside it is what is left of a training. */
function loneModel(root: SourceDir, { models, beside }: Finds, named: boolean): Claim {
  const sidecars = named ? [] : sidecarsIn(root);
  const note: TrainingNote = { logs: [], path: named ? models[0]!.path : root.path, home: root, sidecars, artifacts: [...models, ...beside], models };
  return { root, confidence, key: models, files: [...models, ...beside, ...sidecars], note };
}
