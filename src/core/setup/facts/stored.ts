// Everything that leaves a record of a run: trackers' calls, files written by hand, text logs with a file behind them.

import type { NamedCall, Project } from '../project/project';
import { apart } from '../python/apart';
import type { PyModule } from '../python/module';
import { fieldOf, memberOf, type Syntax, walk } from '../python/syntax';
import { factOf, type Steps } from '../steps';
import { flowOf, type Sources } from './flow';
import type { LogKind } from './log-vocabulary';
import { type LoggedName, logCallsOf } from './logging';
import { wordsOf } from './splits';

export interface Store {
  /** Id of the tracker; `file` for a table or text written by hand, `text-log` for a logger with a file, `object` for pickles and checkpoints, `unknown` for what looks like a tracker and cannot be resolved. */
  readonly via: string;
  readonly kind: LogKind | 'file' | 'text' | 'object';
  readonly module: PyModule;
  /** The call or the assignment. */
  readonly node: Syntax;
  readonly call: NamedCall | null;
  readonly names: readonly LoggedName[];
  readonly complete: boolean;
  readonly step: Syntax | null;
  readonly counts: boolean;
  /** The expressions that are written. */
  readonly values: readonly Syntax[];
}

const fileNames =
  /^(csv\.(writer|DictWriter)\.writerows?|json\.dump|(ruamel\.)?yaml(\.\w+)?\.(safe_)?dump|toml\.dump|tomli_w\.dump|numpy\.(save|savez|savez_compressed|savetxt)|omegaconf\.OmegaConf\.save|srsly\.write_\w+)$/;
const fileMethods =
  /\.(write|writelines|write_text|writerow|writerows|to_csv|to_json|to_parquet|to_excel|to_feather|to_pickle|to_hdf|to_sql|to_yaml|save_to_json)$/;
/** Helpers of libraries that write the curves of a training. */
const historyNames = /^deepxde(\.\w+)*\.(saveplot|save_loss_history)$/;
const objectNames = /^(torch\.save|pickle\.dump|cloudpickle\.dump|dill\.dump|joblib\.dump|flax\.\w+\.\w*save\w*|safetensors(\.\w+)*\.save_\w+)$/;
const copyNames = /^shutil\.(copy|copy2|copyfile)$/;
const textMethods = /\.(info|debug|warning|log|critical|success)$/;
/** Methods that only trackers have, whatever holds them. */
const trackerMethods =
  /\.(add_scalars?|add_scalar_dict|add_summary|log_metrics?|log_scalars?|log_dict|log_value|log_stats|logkvs?|logkv_mean|write_scalars?|scalar_summary|report_scalar|log_history|log_epoch|add_metrics|push_metrics|put_scalars?|record_tabular|add_hparams|log_hyperparams|log_hyperparameters|log_params?|log_config|write_hparams)$/;
const paramMethods = /\.(add_hparams|log_hyperparams|log_hyperparameters|log_params?|log_config|write_hparams)$/;
/** Methods that other objects have too: of a tracker only where what holds them is named as one. */
const sharedMethods = /\.(scalars?|hparams|set_params?|set_config|log_args|config\.update|track)$/;
const sharedParams = /\.(hparams|set_params?|set_config|log_args|config\.update)$/;
const trackerWords = /^(writer|logger|tracker|experiment|exp|run|session|monitor|recorder|wandb|mlflow|neptune|comet|clearml|aim|tensorboard|tb)$/;
/** Loggers that hold one thing only. */
const otherTrackers =
  /^(dllogger(\.DLLogger)?\.log|dowel\.(tabular\.record|logger\.log)|tensorboard_logger\.log_value|ml_logger(\.\w+)*\.(log|store_metrics|log_metrics_summary))$/;
const looseLog = /(^|\.)(log|track|report)$/;
const nativeLog = /^(math|numpy|torch|jax|tensorflow|logging|scipy|cmath|keras|sympy|wandb|builtins)\b/;

/** Every store that can be reached, in the order of files and lines. */
export const storesOf = factOf(function* (project: Project): Steps<readonly Store[]> {
  const tracked = new Map((yield* logCallsOf.steps(project)).map((one) => [one.call, one]));
  const hasTextFile = hasLogFile(project);
  const printsKept = project.modules.some((module) => !project.isBeside(module) && keepsPrints(module.code.text));
  const found: Store[] = [];
  for (const call of project.calls) {
    yield;
    const log = tracked.get(call);
    const base = { module: call.module, node: call.node, call, complete: false, names: [], step: null, counts: true };
    if (log) {
      // The step says where a value stands, it is no value itself.
      const values = [...call.args, ...call.keywords.values()].filter((value) => value !== log.step);
      found.push({ ...base, via: log.tracker, kind: log.kind, names: log.names, complete: log.complete, step: log.step, counts: log.counts, values });
      continue;
    }
    const written = writtenBy(call, hasTextFile, printsKept, () => project.targetsOf(call).length > 0);
    if (written) found.push({ ...base, ...written });
  }
  for (const module of project.modules) {
    yield;
    found.push(...assignedIn(module, project));
  }
  return found;
});

/** What stands for the console, holds the prints for a moment only, or drops them. */
const noFile =
  /StringIO|BytesIO|devnull|\/dev\/null|TextIOWrapper|getwriter|__stdout__|^(\w+\.)?_?(old|orig|original|saved?|prev|previous|backup|real)?_?stdout$|^(\w+\.)?_?(old|orig|original|saved?|prev|previous|backup|real)(_\w+)?$/;

/** Whether prints go to a file: `sys.stdout = Tee("log.txt")`, `with redirect_stdout(f)`. */
const keepsPrints = (text: string): boolean =>
  [...text.matchAll(/^[ \t]*sys\.stdout[ \t]*=(?!=)[ \t]*([^#\n]+)|\bredirect_stdout\(([^)\n]*)/gm)].some(
    ([, put, to]) => !noFile.test((put ?? to ?? '').trim()),
  );

function writtenBy(call: NamedCall, hasTextFile: boolean, printsKept: boolean, isOwn: () => boolean): Pick<Store, 'via' | 'kind' | 'values'> | null {
  const { module, callee, args, keywords } = call;
  const name = call.name ?? '';
  const written = module.textOf(callee);
  const all = [...args, ...keywords.values()];
  if (objectNames.test(name)) return { via: 'object', kind: 'object', values: args.slice(0, 1) };
  // A study with a storage keeps the value and the settings of every trial.
  if (name === 'optuna.create_study' && /^(?!None$)./.test(textOf(keywords.get('storage'), module))) return { via: 'optuna', kind: 'metrics', values: [] };
  if (copyNames.test(name)) return { via: 'file', kind: 'file', values: args.slice(0, 1) };
  if (/^json\.dump$|yaml.*dump$/.test(name) && !name.startsWith('json') && all.length < 2) return null;
  if (historyNames.test(name)) return { via: 'file', kind: 'metrics', values: all };
  if (fileNames.test(name)) return { via: 'file', kind: 'file', values: /^numpy\.save/.test(name) ? [...args.slice(1), ...keywords.values()] : all };
  if (written === 'print') {
    const file = keywords.get('file');
    if (file && !/std(out|err)/.test(module.textOf(file))) return { via: 'file', kind: 'text', values: args };
    return printsKept ? { via: 'text-log', kind: 'text', values: args } : null;
  }
  // A helper of another package that is given a file to write: `update_summary(epoch, metrics, "summary.csv")`.
  if (
    all.length > 1 &&
    writesTo.test(written) &&
    !/(^|\.)(savefig|save_image|save_pretrained|log_artifact)|(path|dir|folder|name)s?$/i.test(written) &&
    all.some((value) => hasFileName(value, module)) &&
    !isOwn()
  )
    return { via: 'unknown', kind: 'file', values: all };
  if (callee.type !== 'attribute') return null;
  const object = fieldOf(callee, 'object');
  if (/\.write$/.test(written) && isReceived(all, module)) return null;
  // Bytes are a model or an archive, no table of values.
  if (/\.write$/.test(written) && object && isBinary(object, module)) return { via: 'object', kind: 'object', values: all };
  if (/\.(write|writelines)$/.test(written) && !(object && isOpenFile(object, all, call))) return null;
  if (fileMethods.test(written) && !/^(sys\.std|tqdm)/.test(name === '' ? written : name) && !/\bstd(out|err)\b|tqdm/.test(written))
    return { via: 'file', kind: 'file', values: /\.to_\w+$/.test(written) && object ? [object, ...all] : all };
  if (otherTrackers.test(name)) return { via: 'unknown', kind: 'metrics', values: all };
  if (trackerMethods.test(written)) return { via: 'unknown', kind: paramMethods.test(written) ? 'params' : 'metrics', values: all };
  if (sharedMethods.test(written) && !nativeLog.test(name) && isNamedTracker(object, module))
    return { via: 'unknown', kind: sharedParams.test(written) ? 'params' : 'metrics', values: all };
  if (looseLog.test(written) && !nativeLog.test(name) && isMetricShaped(args)) return { via: 'unknown', kind: 'metrics', values: all };
  // A logger that cannot be resolved may well have a file.
  if (isText(call, written) && (hasTextFile || (call.name === null && !/^(logging|self\.print|print)\b/.test(written))))
    return { via: hasTextFile ? 'text-log' : 'unknown-log', kind: 'text', values: all };
  return null;
}

/** `logger.info(…)`, `logger.log(level, …)`; `np.log(p)` and `p.log()` are logarithms. */
const isText = ({ name, args }: NamedCall, written: string): boolean =>
  textMethods.test(written) && !(/\.log$/.test(written) && (args.length === 0 || (name !== null && nativeLog.test(name) && !name.startsWith('logging.'))));

const textOf = (node: Syntax | undefined, module: PyModule): string => (node ? module.textOf(node) : '');

/** Opened in binary mode: `f = open(path, "wb")`, `with open(path, "wb") as f`. */
function isBinary(object: Syntax, module: PyModule): boolean {
  if (object.type !== 'identifier') return false;
  const values = module
    .scopeOf(object)
    .lookup(module.textOf(object))
    .flatMap((one) => (one.kind === 'assign' || one.kind === 'with' ? (one.value ?? []) : []));
  const opened = values.filter((value) => value.type === 'call' && /open\(/.test(module.textOf(value)));
  return (
    opened.some((value) => /['"][wax]\+?b\+?['"]/.test(module.textOf(value))) && opened.every((value) => /['"][rwax]\+?b\+?['"]/.test(module.textOf(value)))
  );
}

const fileWords =
  /^(f|fp|fd|fh|fo|fw|fin|fout|w|file|files|out|outf|output|handle|log|logs|logger|csv|tsv|txt|json|jsonl|stream|report|results?|summary|history|metrics|record|records)$/;

/** Whether `x.write(…)` writes a file: what `open` gave, or a name of one; tables, buffers and frames of a stack have methods of that name too. */
function isOpenFile(object: Syntax, values: readonly Syntax[], { name, module }: NamedCall): boolean {
  if (values.length !== 1) return false;
  if (name !== null && /(^|\.)(open|fdopen|NamedTemporaryFile|GFile|File)(\(\))?\.(write|writelines)$/.test(name)) return true;
  if (name !== null && /\b(StringIO|BytesIO)\b/.test(name)) return false;
  return wordsOf(module.textOf(object).split('.').at(-1) ?? '').some((word) => fileWords.test(word));
}

/** What came over the net or out of an archive is no measurement: `f.write(response.content)`. */
const isReceived = ([value]: readonly Syntax[], module: PyModule): boolean =>
  value !== undefined && /^[\w.]+\.(content|read\(\)|iter_content\(.*\))$|^(chunk|chunks|block|payload|response\.text)$/.test(module.textOf(value));

const writesTo = /(save|write|dump|update|export|store|append)\w*$/i;

/** `summary_writer.scalar`, `self.logger.set_params`: the holder's own name says what it is. */
const isNamedTracker = (object: Syntax | null, module: PyModule): boolean =>
  object !== null && wordsOf(module.textOf(object).split('.').at(-1) ?? '').some((word) => trackerWords.test(word));

/** A name of a table or text among what an argument is written with. */
function hasFileName(value: Syntax, module: PyModule): boolean {
  for (const node of walk(value))
    if (node.type === 'string_content' && /\.(csv|tsv|json|jsonl|log|txt|ya?ml|xlsx|parquet)$/.test(module.textOf(node))) return true;
  return false;
}

const isMetricShaped = (args: readonly Syntax[]): boolean =>
  args[0]?.type === 'dictionary' || (args[0]?.type === 'string' && args.length > 1) || (args[0]?.type === 'identifier' && args.length === 1);

/** Whether text logs of the project reach a file: a handler, `basicConfig(filename=…)`, loguru's sink, Hydra's own log. */
function hasLogFile(project: Project): boolean {
  return (
    project.modules.some(({ code }) => /@hydra\.main|\bFileHandler\b|setFileHandler/.test(code.text)) ||
    project.calls.some(
      ({ name, keywords, args }) =>
        (name !== null && /FileHandler$|^logging\.config\.(dictConfig|fileConfig)$/.test(name)) ||
        (name === 'logging.basicConfig' && (keywords.has('filename') || keywords.has('handlers'))) ||
        (name === 'loguru.logger.add' && args.length > 0),
    )
  );
}

/** `wandb.config.lr = …`, `run.summary["best"] = …`, `run["parameters"] = …`. */
function assignedIn(module: PyModule, project: Project): readonly Store[] {
  if (!/wandb|neptune|swanlab|aim|config|summary/.test(module.code.text)) return [];
  const found: Store[] = [];
  for (const node of walk(module.root)) {
    if (node.type !== 'assignment') continue;
    const [left, right] = [fieldOf(node, 'left'), fieldOf(node, 'right')];
    const object = left?.type === 'attribute' ? fieldOf(left, 'object') : left?.type === 'subscript' ? fieldOf(left, 'value') : null;
    if (!left || !right || !object) continue;
    const name = project.nameOf(object, module) ?? '';
    const kind = kindOfAssigned(name, module.textOf(left));
    if (kind === null || !project.reaches({ node, within: module.functionAround(node), module })) continue;
    const key = fieldOf(left, 'attribute') ?? fieldOf(left, 'subscript');
    const text = key ? module.textOf(key).replace(/^[fr]?['"]|['"]$/g, '') : '';
    const names = key ? [{ text, node: key, value: right }] : [];
    found.push({ via: name.split('.')[0] as string, kind, module, node, call: null, names, complete: true, step: null, counts: false, values: [right] });
  }
  return found;
}

function kindOfAssigned(name: string, left: string): LogKind | null {
  if (/^(wandb|swanlab)(\.\w+)*\.config$/.test(name)) return 'params';
  if (/^wandb(\.\w+)*\.summary$/.test(name)) return 'metrics';
  if (/^neptune(\.\w+)*\.(init|init_run)$/.test(name) || /^aim(\.\w+)*\.Run$/.test(name))
    return /param|config|hparam|args|hyper|setting/i.test(left) ? 'params' : /score|acc|loss|metric|auc|rmse|mae|f1|eval/i.test(left) ? 'metrics' : 'tags';
  return null;
}

/** What a store's values are made from. */
export function sourcesOf(store: Store, project: Project): readonly Sources[] {
  const flow = flowOf(project);
  return store.values.map((value) => flow.of(value, store.module));
}

/** Kinds that hold measured values. */
export const isMetricStore = ({ kind, via }: Store): boolean =>
  kind === 'metrics' || kind === 'file' || kind === 'text' || (kind === 'object' && via === 'object');

const labelled = new WeakMap<Store, readonly string[]>();

/** Names under which a store keeps values, as far as they are written, each once; of values that come from elsewhere every key on the way. */
export function labelsOf(store: Store, project: Project): readonly string[] {
  const made = labelled.get(store) ?? labelsIn(store, project);
  labelled.set(store, made);
  return made;
}

/** What writes it, where that has a name: `val_writer.add_scalar(…)`, `with test_writer.as_default():`. */
export function writerOf({ node, call, module }: Store): string {
  for (let at = node.parent; at && at.type !== 'function_definition'; at = at.parent) {
    const head = at.type === 'with_statement' ? at.children.find(({ type }) => type === 'with_clause') : undefined;
    if (head && /\bas_default\(/.test(module.textOf(head))) return module.textOf(head);
  }
  const object = call ? memberOf(call.callee)?.object : undefined;
  return object ? module.textOf(object) : '';
}

function labelsIn(store: Store, project: Project): readonly string[] {
  const named = store.names.map(({ text }) => text);
  if (store.complete && named.length > 0) return named;
  const found = new Set(named);
  for (const { nodes } of sourcesOf(store, project))
    for (const [node, module] of nodes) {
      if (node.type === 'string_content') found.add(module.textOf(node));
      else if (node.type === 'identifier' || (node.type === 'attribute' && node.to - node.from < 80))
        found.add(module.textOf(node).split('.').at(-1) as string);
    }
  return [...found].map(apart);
}
