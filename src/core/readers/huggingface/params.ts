// Training arguments and model configuration as params, and the facts that they prove.

import type { Issue } from '../../base/issues';
import { flatten } from '../../formats/flatten';
import { seedFacts } from '../../formats/seed';
import type { RunEvent, RunKey } from '../../model/events';
import type { Fact } from '../../model/facts';
import type { Values } from '../../model/values';
import type { Claim, ReadContext } from '../../source/reader';
import { pathBelow } from '../../source/source';
import type { EventArguments } from './arguments';
import type { ModelCard } from './card';
import { checkpointStep, numberIn, readJson, type TrainerState } from './state';

/** What the state itself knows of the arguments. */
const stateParams = ['num_train_epochs', 'max_steps', 'train_batch_size', 'logging_steps', 'eval_steps', 'save_steps'] as const;
/** Names of classes: thousands of entries that say nothing about the training. */
const labelMaps: ReadonlySet<string> = new Set(['id2label', 'label2id']);

/** Where arguments are known from. */
interface Known {
  readonly state: TrainerState | null;
  readonly logged: EventArguments;
  readonly card: ModelCard;
}

/** Training arguments as logged; without event files what the model card and the state know of them. */
export async function* paramEvents(run: RunKey, claim: Claim, { state, logged, card }: Known, context: ReadContext): AsyncGenerator<RunEvent> {
  const fact = (one: Fact): RunEvent => ({ kind: 'fact', run, fact: one });
  const issues: Issue[] = [];
  const model = logged.model ?? (await modelConfig(claim, context, issues));
  if (model) {
    const values = Object.entries(model.values).filter(([name]) => !labelMaps.has(name));
    yield { kind: 'params', run, values: flatten({ model_config: Object.fromEntries(values) }) };
    const version = model.values.transformers_version;
    if (typeof version === 'string')
      yield fact({ kind: 'framework', value: { transformers: version }, evidence: [{ file: model.file, where: 'transformers_version' }] });
  }
  const trial = state?.values.trial_params ?? null;
  if (logged.args) {
    const params = flatten(logged.args.values);
    yield { kind: 'params', run, values: params };
    for (const one of argumentFacts(params, logged.args.file, `tag ${logged.args.tag}`)) yield fact(one);
  } else {
    const known = stateParams.flatMap((name) => (state?.values[name] == null ? [] : [[name, state.values[name]] as const]));
    const params: Values = { ...Object.fromEntries(known), ...card.params };
    yield { kind: 'params', run, values: params };
    for (const one of argumentFacts(params, 'README.md', 'Training hyperparameters')) yield fact(one);
  }
  yield { kind: 'params', run, values: flatten(trial) };
  for (const one of issues) yield { kind: 'issue', run, issue: one };
}

/** config.json of the model, from the output folder or its newest checkpoint. */
async function modelConfig({ root, files }: Claim, context: ReadContext, issues: Issue[]): Promise<{ readonly values: Values; readonly file: string } | null> {
  const checkpoints = [...root.dirs.values()].filter((dir) => checkpointStep(dir.name) !== null);
  const newest = checkpoints.sort((a, b) => (checkpointStep(b.name) ?? 0) - (checkpointStep(a.name) ?? 0))[0];
  const file = root.files.get('config.json') ?? newest?.files.get('config.json');
  if (!file || !files.includes(file)) return null;
  const values = await readJson(file, context, issues);
  return values && { values, file: pathBelow(root, file) };
}

function argumentFacts(params: Values, file: string, where: string): Fact[] {
  const facts = seedFacts(params, { file, where });
  const evidence = (key: string) => [{ file, where: `${where}, key ${key}`, value: String(params[key]) }];
  const half = (['bf16', 'fp16'] as const).find((key) => params[key] === true);
  if (half || params.fp16 === false) facts.push({ kind: 'precision', value: half ?? 'fp32', evidence: evidence(half ?? 'fp16') });
  const flags = ['full_determinism', 'data_seed', 'tf32'].filter((key) => params[key] !== undefined && params[key] !== null);
  if (flags.length > 0) {
    facts.push({ kind: 'determinism', value: Object.fromEntries(flags.map((key) => [key, params[key] ?? null])), evidence: flags.flatMap(evidence) });
  }
  const gpus = numberIn(params, '_n_gpu');
  if (gpus !== null && gpus > 0) facts.push({ kind: 'gpu_count', value: gpus, evidence: evidence('_n_gpu') });
  return facts;
}
