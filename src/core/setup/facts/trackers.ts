// Which trackers a project uses: by the calls that can be reached and the arguments that switch them on.

import type { Project } from '../project/project';
import type { PyModule } from '../python/module';
import { constantOf } from '../python/resolve';
import type { Syntax } from '../python/syntax';

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

const byWord: Readonly<Record<string, string>> = { comet_ml: 'comet', ...Object.fromEntries(vocabulary.map(([tracker]) => [tracker, tracker])) };

/** `report_to="wandb"` of the Hugging Face Trainer, `log_with=["tensorboard"]` of Accelerate, `tensorboard_log="runs"` of Stable-Baselines3. */
function switchedOn(keywords: ReadonlyMap<string, Syntax>, module: PyModule): readonly string[] {
  const board = keywords.get('tensorboard_log');
  const isOn = board !== undefined && constantOf(board, module) !== null;
  const named = keywords.get('report_to') ?? keywords.get('log_with');
  const value = named && constantOf(named, module);
  const words: readonly unknown[] = Array.isArray(value) ? value : [value];
  return [...(isOn ? ['tensorboard'] : []), ...words.flatMap((word) => (typeof word === 'string' ? (byWord[word] ?? []) : []))];
}

/** Ids of the trackers that calls of the project reach; sorted. */
export function trackersOf(project: Project): readonly string[] {
  const found = new Set<string>();
  for (const { name, keywords, module } of project.calls) {
    for (const tracker of switchedOn(keywords, module)) found.add(tracker);
    if (name === null) continue;
    for (const [tracker, words] of vocabulary) if (words.test(name)) found.add(tracker);
  }
  return [...found].sort();
}
