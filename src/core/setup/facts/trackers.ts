// Which trackers a project uses: by the calls that can be reached and the arguments that switch them on.

import type { Project } from '../project/project';

/** Id of a tracker → the dotted names that stand for it. */
const vocabulary: readonly (readonly [tracker: string, name: RegExp])[] = [
  ['mlflow', /^mlflow\b|\bMLFlowLogger\b|\bMLflowCallback\b/],
  ['wandb', /^wandb\b|\bWandbLogger\b|\bWandb\w*Callback\b|\bWandbMetricsLogger\b/],
  ['neptune', /^neptune(_scale)?\b|\bNeptuneLogger\b|\bNeptuneCallback\b/],
  ['tensorboard', /^(torch\.utils\.tensorboard|tensorboardX)\b|^tensorflow\.summary\b|\bTensorBoardLogger\b|\bcallbacks\.TensorBoard$|\bTensorBoardCallback\b/],
  ['clearml', /^(clearml|trains)\b|\bClearMLLogger\b/],
  ['comet', /^comet_ml\b|\bCometLogger\b/],
  ['dvclive', /^dvclive\b/],
  ['aim', /^aim\b/],
  ['swanlab', /^swanlab\b/],
  ['trackio', /^trackio\b/],
  ['sacred', /^sacred\b/],
  ['labml', /^labml\.(tracker|experiment)\b/],
  ['csv', /\bCSVLogger\b|^csv\.(writer|DictWriter)(\.|$)/],
  ['ray', /^ray\.(tune|train|air)(\.session)?\.report$/],
  ['optuna', /^optuna\.create_study/],
];

/** Ids of the trackers that calls of the project reach; sorted. */
export function trackersOf(project: Project): readonly string[] {
  const found = new Set<string>();
  for (const { name } of project.calls) {
    if (name === null) continue;
    for (const [tracker, words] of vocabulary) if (words.test(name)) found.add(tracker);
  }
  return [...found].sort();
}
