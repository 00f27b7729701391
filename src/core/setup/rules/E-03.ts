// Runs that keep measurements without the settings behind them.

import { isLogger, setupCalls } from '../facts/automatic';
import { flowOf } from '../facts/flow';
import { paramsOf } from '../facts/params';
import { parsedIn } from '../facts/parsed';
import { firstPerFile, isSurelyStored, type Records, recordsOf } from '../facts/records';
import type { TextEdit } from '../finding';
import type { NamedCall, Project } from '../project/project';
import type { PyClass } from '../python/module';
import { fieldOf, type Syntax, walk } from '../python/syntax';
import type { Found, NodePlace, SetupRule } from '../rule';
import { keywordAdded, linesAfter, paramLine, settingsWord, trackerOf } from '../write';

export const rule: SetupRule = {
  meta: {
    id: 'E-03',
    title: 'Settings are kept with the run',
    severity: 'critical',
    why: 'A curve without its settings cannot be repeated, and no comparison can say what made the difference.',
    impliedBy: ['E-01'],
    source: 'own reading of published training code',
  },
  *check(context) {
    const { project } = context;
    const records = yield* recordsOf.steps(context);
    const states = new Map<Records, ReturnType<typeof paramsOf>['state']>();
    for (const one of records) {
      yield;
      states.set(one, paramsOf(one, project).state);
    }
    const without = records.filter(
      (one) => isSurelyStored(one, project) && one.automatic.metrics !== 'unknown' && states.get(one) === 'absent' && one.training.outOfView !== 'run',
    );
    for (const one of firstPerFile(without)) {
      yield;
      if (records.some((other) => other.program.has(one.training.module) && states.get(other) !== 'absent')) continue;
      yield findingOf(one, project);
    }
    for (const one of firstPerFile(records)) {
      yield;
      if (one.training.framework === 'huggingface') yield* besideArguments(one, project);
      if (paramsOf(one, project).state === 'unknown') yield { kind: 'unknown', reason: 'The settings are handed over by a dictionary that cannot be seen.' };
    }
  },
};

/** The tracker of a callback that the training is handed. */
const handedTracker = ({ automatic }: Records): string | null =>
  ['wandb', 'mlflow', 'neptune', 'comet', 'clearml', 'aim', 'swanlab', 'dvclive'].find((tracker) =>
    automatic.handed.some((name) => isLogger(name) && name.toLowerCase().includes(tracker)),
  ) ?? null;

function findingOf(records: Records, project: Project): Found {
  const { training, stores } = records;
  const inits = stores.filter(({ kind, via, call }) => kind === 'init' && via !== 'tensorboard' && call?.name !== 'mlflow.set_experiment');
  const init = inits.find(({ module }) => module === training.module) ?? inits[0];
  const callback = setupCalls(training, project).find(({ name, node }) => node !== training.call.node && isLogger(name ?? ''));
  const first = init ?? callback ?? records.metrics.find(({ module }) => module === training.module) ?? records.metrics[0] ?? training.call;
  const place: NodePlace = { module: first.module, node: first.node };
  const tracker = trackerOf(records) ?? handedTracker(records);
  const word = settingsWord(training.module);
  const settings = settingsIn(place);
  const kept = training.framework === 'lightning' ? keptByModule(records, project) : [];
  const line =
    kept.length > 0
      ? 'self.save_hyperparameters()'
      : tracker === 'wandb' && init
        ? `wandb.init(..., config=${settings ?? word})`
        : paramLine(tracker, settings ?? word);
  return {
    kind: 'finding',
    confidence: 0.88,
    places: [place],
    summary: 'The run keeps its measurements, and none of the settings that made them.',
    fix: {
      text: 'Hand the settings to the run once, before the training starts.',
      code: line,
      edits: kept.length > 0 ? kept : settings && init ? editsOf(init.call, settings, tracker) : [],
    },
  };
}

/** What makes a bad setting: the run would hold its weights or its text. */
const noSetting = /model|net$|backbone|encoder|decoder|loss|criterion|tokenizer|data|loader|metric|scaler|module/i;

/** One line below `super().__init__()` of the only LightningModule, where its arguments are settings. */
function keptByModule({ program }: Records, project: Project): readonly TextEdit[] {
  const models = [...program].flatMap((module) => module.classes.filter(({ dotted }) => project.functionOf(`${dotted}.training_step`)));
  const [model] = models;
  const made = model && project.functionOf(`${model.dotted}.__init__`);
  if (models.length !== 1 || !model || !made || made.owner !== model) return [];
  const given = fieldOf(made.node, 'parameters')?.children.slice(1) ?? [];
  if (given.length === 0 || given.some((one) => noSetting.test((made.module.textOf(one).split(/[:=]/)[0] as string).trim()))) return [];
  const above = made.module.calls.find((call) => call.within === made && /^super\(.*\)\.__init__$/.test(made.module.textOf(call.callee)));
  return above ? linesAfter(made.module, above.node, ['self.save_hyperparameters()']) : [];
}

/** Safe where the settings exist when the run begins, and the call shows all of its arguments. */
function editsOf(init: NamedCall | null, settings: string, tracker: string | null) {
  if (!init || init.splat) return [];
  if (tracker === 'wandb' && init.name === 'wandb.init' && !init.keywords.has('config')) return keywordAdded(init.module, init.node, `config=${settings}`);
  if (tracker !== 'mlflow' || init.name !== 'mlflow.start_run') return [];
  let at = init.node.parent;
  while (at && at.type !== 'with_statement' && at.type !== 'block') at = at.parent;
  const body = at?.type === 'with_statement' ? fieldOf(at, 'body') : null;
  const first = body?.children[0];
  if (!body || !first) return linesAfter(init.module, init.node, [`mlflow.log_params(${settings})`]);
  const { text } = init.module.code;
  const indent = text.slice(text.lastIndexOf('\n', first.from - 1) + 1, first.from);
  return /^\s*$/.test(indent)
    ? [{ file: init.module.code.path, cell: null, from: first.from, to: first.from, text: `mlflow.log_params(${settings})\n${indent}` }].filter(
        () => !init.module.code.cells,
      )
    : [];
}

/** `vars(args)` where a parser's result is bound before a place in the same scope; null where there is none. */
function settingsIn({ module, node }: NodePlace): string | null {
  const around = module.functionAround(node);
  const found = parsedIn(module).find((one) => one.node.from < node.from && (one.within === around || one.within === null));
  return found ? `vars(${found.name})` : null;
}

/** Hugging Face's Trainer records its own arguments; a script's further dataclasses stay behind. */
function* besideArguments(records: Records, project: Project): Generator<Found> {
  const { program, stores, training } = records;
  const flow = flowOf(project);
  for (const call of project.callsOf(program)) {
    if (!/HfArgumentParser(\.parse_\w+)?$/.test(call.name ?? '') || call.callee.type === 'attribute') continue;
    const classes = [...call.args.flatMap((one) => [...walk(one)])].filter(({ type }) => type === 'identifier').map((one) => project.nameOf(one, call.module));
    const own = classes.map((name) => (name === null ? undefined : project.classOf(name))).filter((one): one is PyClass => one !== undefined && setsModel(one));
    if (own.length === 0 || own.length === classes.length) continue;
    // Kept by a call of the script's own.
    const kept = stores.some(
      (store) =>
        (store.kind === 'params' || store.kind === 'init' || store.kind === 'file' || store.kind === 'object') &&
        store.values.some((value) => mentionsSettings(flow.of(value, store.module).nodes.keys(), store.module.code.text)),
    );
    if (kept) continue;
    const setup = setupCalls(training, project).find(({ name }) => /Trainer$/.test(name ?? '')) ?? training.call;
    yield {
      kind: 'finding',
      confidence: 0.7,
      places: [{ module: setup.module, node: setup.node }, ...own.map(({ module, node }) => ({ module, node }))],
      summary: `The Trainer records its own arguments; those of ${own.map(({ name }) => name).join(', ')} are kept nowhere.`,
      fix: {
        text: 'Add the further arguments to the run.',
        code: 'trainer.add_callback(...)  # or, with W&B:\nwandb.config.update(dataclasses.asdict(script_args))',
        edits: [],
      },
    };
    return;
  }
}

const setsModel = ({ node, module }: PyClass): boolean =>
  /lora|rank|alpha|dropout|lr|learning|batch|epochs|hidden|layers|seed|max_len|temperature|beta/i.test(module.textOf(node));

function mentionsSettings(nodes: Iterable<Syntax>, text: string): boolean {
  for (const node of nodes) if (node.type === 'call' && /asdict|vars|__dict__|to_dict/.test(text.slice(node.from, node.from + 40))) return true;
  return false;
}
