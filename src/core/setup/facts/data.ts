// Where a project reads its data, and what tells which version it was.

import type { NamedCall, Project } from '../project/project';
import type { PyModule } from '../python/module';
import { argumentOf, constantOf } from '../python/resolve';
import { fieldOf, type Syntax, walk } from '../python/syntax';
import type { NodePlace } from '../rule';
import { factOf, gathered, onceOf, type Steps } from '../steps';
import { givenData } from './data-given';
import { kindOfOthers } from './data-others';
import { dataWords, otherWords } from './data-words';
import { flowOf } from './flow';
import { settingOf } from './options';
import { isTry, runsBefore } from './order';
import { isApart, programOf } from './programs';
import { modulesOf, trainingsOf } from './training';
import { workersOf } from './workers';

export interface DataRead {
  readonly call: NamedCall;
  readonly kind: 'file' | 'folder' | 'url' | 'hub';
  /** Where the source is named: the read itself, or the call that hands the path to it. */
  readonly place: NodePlace;
  /** The source as far as it is written: a path, a URL, a name on a hub. */
  readonly source: string | null;
}

/** Readers of tables and arrays: what they read is data, unless its name says otherwise. */
const tables =
  /^(pandas|polars|dask\.dataframe|cudf|modin\.pandas|geopandas|pyarrow\.(parquet|csv|feather|json)|vaex|scanpy|anndata|xarray|jsonlines|datatable)\.(read\w*|scan_\w+|open\w*|from_csv|load_dataset|fread)$|^(numpy|jax\.numpy)\.(load|loadtxt|genfromtxt|fromfile|memmap)$|^h5py\.File$|^scipy\.io\.(loadmat|arff\.loadarff|wavfile\.read)$|^datasets\.load_from_disk$|^datasets\.(arrow_dataset\.)?Dataset(Dict)?\.from_(csv|json|parquet|text|file)$|^tensorflow\.data\.(TFRecordDataset|TextLineDataset|FixedLengthRecordDataset|Dataset\.load|experimental\.(make_csv_dataset|CsvDataset|load))$|^tensorflow\.python_io\.tf_record_iterator$|^sqlite3\.connect$|^webdataset\.(WebDataset|DataPipeline)$/;
const folders =
  /^torchvision\.datasets(\.folder)?\.(ImageFolder|DatasetFolder)$|(^|\.)(image_dataset_from_directory|text_dataset_from_directory|audio_dataset_from_directory|flow_from_directory|flow_from_dataframe)$/;
/** Readers that also read other things: their path, or where they stand, must say that it is data. */
const ambiguous =
  /^(open|io\.open|(gzip|bz2|lzma)\.open|zipfile\.ZipFile|tarfile\.open|torch\.load|pickle\.load|joblib\.load|json\.load|pathlib\.Path\.(open|read_text|read_bytes|glob|rglob|iterdir)|os\.(listdir|walk|scandir)|glob\.(glob|iglob)|tensorflow\.data\.Dataset\.list_files|tensorflow\.(io\.gfile|gfile|compat\.v1\.gfile)\.(glob|Glob|listdir|ListDirectory|walk|Walk|GFile|Open))$/;
const downloads =
  /^(yfinance\.(download|Ticker\.history)|pandas_datareader(\.\w+)*\.(DataReader|get_data_\w+)|quandl\.get|tushare\.\w+|urllib\.request\.(urlretrieve|urlopen)|wget\.download|gdown\.(download|download_folder|cached_download)|torch\.hub\.download_url_to_file|kagglehub\.(dataset_download|load_dataset|dataset_load|competition_download)|opendatasets\.download(_kaggle_dataset)?|ucimlrepo\.fetch_ucirepo|seaborn\.load_dataset|tensorflow\.keras\.utils\.get_file|keras\.utils\.get_file|pooch\.retrieve)$/;
const local = /^(json|csv|parquet|text|imagefolder|audiofolder|arrow|pandas|xml|webdataset)$/;

/** Rows to train on, whatever they hold: `train_prompts.txt`. */
const rowsOf = /(^|[\W_])(train(ing)?|val(id|idation)?|dev|test|dataset)($|[\W_\d])/i;

/** Tables and arrays that are none of the data: settings, and what runs wrote. */
const resultWords =
  /(^|[\W_])(config|configs|cfg|conf|settings|hparams|hyp|results?|metrics?|history|logs?|checkpoints?|ckpts?|best|weights|models?|resume|pretrained|state|optimizer|vocab|vocabulary|tokenizer|predictions?|outputs?|report|scaler|class_names|classes|runs?|stats|curves?)($|[\W_\d])/i;

/** Every read of data that a training may use, in the order of files and lines; what others read stands in where none is seen. */
export const dataReadsOf = factOf(function* (project: Project): Steps<readonly DataRead[]> {
  const own = yield* readsBy(project, kindOf);
  return own.length > 0 ? own : yield* readsBy(project, kindOfOthers);
});

function* readsBy(project: Project, kindIn: (call: NamedCall, project: Project) => DataRead['kind'] | null): Steps<readonly DataRead[]> {
  const trainings = yield* trainingsOf.steps(project);
  return yield* gathered(project.calls, (call): readonly DataRead[] => {
    const kind = kindIn(call, project);
    if (kind === null) return [];
    const program = programOf(call.module, project);
    const own = trainings.filter((training) => program.has(training.module) && training.outOfView !== 'run');
    // What is read after all training is a result.
    if (own.length === 0 || own.every((training) => runsBefore(training.call, call, project) === true)) return [];
    if (isApart(call.module, modulesOf(trainings), project)) return [];
    if (isTry(call) && own.every(({ module }) => module !== call.module)) return [];
    const given = givenData(call, project);
    const place = given ? { module: call.module, node: given.path } : placeOf(call, kind, project);
    if (given) return [{ call, kind, place, source: given.source }];
    // Of a path that is handed over, the text at the call that hands it.
    const named = place.node === call.node ? undefined : textsIn(place).find((one) => /[./]/.test(one));
    const source = named ?? sourceOf(call, project);
    // A commit in the address is a version.
    return kind === 'url' && /[0-9a-f]{40}/.test(`${source} ${textOfPath(call, project)}`) ? [] : [{ call, kind, place, source }];
  });
}

function kindOf(call: NamedCall, project: Project): DataRead['kind'] | null {
  const name = call.name ?? call.module.textOf(call.callee);
  const given = givenData(call, project);
  if (given) return isOfFastai(given.path, call.module, project) ? null : given.kind;
  if (/^datasets(\.load)?\.load_dataset$/.test(name)) {
    const first = pathArgument(call);
    const builder = first ? settingOf(first, call.module, project) : null;
    if (typeof builder === 'string' && local.test(builder)) return 'file';
    const revision = call.keywords.get('revision');
    return call.splat || (revision && constantOf(revision, call.module) !== 'main' && constantOf(revision, call.module) !== null) ? null : 'hub';
  }
  if (folders.test(name)) return isOwnOutput(call, project) ? null : 'folder';
  if (downloads.test(name))
    return isChecked(call) ||
      isWeights(call, project) ||
      /\/versions\/\d+/.test(textOfPath(call, project)) ||
      /\/\/(localhost|127\.|0\.0\.0\.0)/.test(textOfPath(call, project))
      ? null
      : 'url';
  if (!isReader(name) && !isReadOfPath(call)) return isReadOfItems(call, name, project) ? 'folder' : null;
  // A slice for each call of a project would be most of the work.
  const path = textOfPath(call, project);
  if (asked.test(name))
    return !noSource.test(path) && (/https?:\S+\.(csv|tsv|jsonl?|zip|gz|tgz|tar|txt|pkl|npz|npy|parquet|h5)\b/.test(path) || isKept(call)) ? 'url' : null;
  if (/^(h5py\.File|numpy\.memmap|zipfile\.ZipFile|tarfile\.open)$/.test(name) && isWriteMode(call)) return null;
  if (tables.test(name)) {
    if (!pathArgument(call) && call.keywords.size === 0) return null;
    if (resultWords.test(path) && !dataWords.test(path)) return null;
    if (isOfFastai(pathArgument(call), call.module, project)) return null;
    return isOwnOutput(call, project) ? null : /https?:\/\//.test(path) ? 'url' : 'file';
  }
  if (/(^|\.)(open|Open|GFile)$/.test(name) && !isReadMode(call)) return null;
  if (name === 'torch.load' && isState(call)) return null;
  if (/^(pickle|json)\.load$/.test(name)) return null;
  const near = nearText(pathArgument(call), call.module, project, 0);
  const isData = [near, path].some((text) => dataWords.test(text) && !otherWords.test(rowsOf.test(text) ? text.replaceAll(/prompts?|tokens?/gi, '') : text));
  if (!isData || isOwnOutput(call, project)) return null;
  return /listdir|ListDirectory|walk|scandir|glob|iterdir|list_files/i.test(name) ? 'folder' : 'file';
}

/** Methods that only paths have, whatever holds them: `SEED_DATA.read_text()`. */
const isReadOfPath = ({ callee, module, args }: NamedCall): boolean =>
  callee.type === 'attribute' && args.length === 0 && /\.(read_text|read_bytes)$/.test(module.textOf(callee));

const asked = /^requests\.(get|Session\.get)$/;
/** Services that are told something, and ways to one's own machine. */
const noSource = /telegram|slack|discord|webhook|\/\/(localhost|127\.|0\.0\.0\.0)|\/predict\b/i;

/** What an address answers is read as rows or pictures, or written to a file: `Image.open(BytesIO(answer.content))`, `f.write(answer.content)`. */
const isKept = ({ node, within, module }: NamedCall): boolean =>
  /\b(BytesIO|StringIO)\(|\bread_(csv|json|excel|html)\(|\bDataFrame\(|\biter_content\(|\.write\(\s*[\w.()]*\.(content|text)\b/.test(
    module.code.text.slice(node.from, within?.node.to ?? module.root.to),
  );

const isReader = (name: string): boolean => asked.test(name) || tables.test(name) || ambiguous.test(name);

/** An image or a sound that a data set opens for an item. */
const isReadOfItems = (call: NamedCall, name: string, project: Project): boolean =>
  /^(PIL\.Image\.open|cv2\.imread|imageio(\.v\d)?\.imread|skimage\.io\.imread|torchvision\.io\.(read_image|decode_image)|torchaudio\.load|librosa\.load|soundfile\.read|nibabel\.load|rasterio\.open|tifffile\.imread|pydicom\.dcmread)$/.test(
    name,
  ) &&
  workersOf(project).some(({ calls }) => calls.has(call.node)) &&
  !project.calls.some(
    (other) =>
      other !== call && /listdir|glob|read_csv|scandir/.test(other.name ?? '') && workersOf(project).some(({ owner }) => other.within?.owner === owner),
  );

const isWriteMode = (call: NamedCall): boolean => {
  const given = call.keywords.get('mode') ?? call.args[1] ?? call.args[2];
  const mode = given ? constantOf(given, call.module) : null;
  return typeof mode === 'string' && /^[wax]|\+/.test(mode);
};

const isReadMode = (call: NamedCall): boolean => {
  const given = call.keywords.get('mode') ?? (call.callee.type === 'attribute' && /Path/.test(call.name ?? '') ? call.args[0] : call.args[1]);
  if (!given) return true;
  const mode = constantOf(given, call.module);
  return typeof mode === 'string' && !/[wax+]/.test(mode);
};

/** `load_state_dict(torch.load(…))`, `ckpt = torch.load(…)`, `torch.load(…)["model"]`. */
function isState({ node, module }: NamedCall): boolean {
  for (let at = node.parent; at && !at.type.endsWith('_statement'); at = at.parent) {
    if (at.type === 'call' && /load_state_dict|load_weights|restore/.test(module.textOf(fieldOf(at, 'function') ?? at))) return true;
    if (at.type === 'subscript' && /state|model|net|optim|epoch/.test(module.textOf(at).slice(node.to - at.from))) return true;
    if (at.type === 'assignment') {
      const left = fieldOf(at, 'left');
      const name = left ? module.textOf(left) : '';
      return (
        otherWords.test(name) ||
        /^(ck|ckpt|sd|state)\w*$/.test(name) ||
        new RegExp(`load_state_dict\\(\\s*${name.replace(/\W/g, '\\$&')}\\b`).test(module.code.text)
      );
    }
  }
  return false;
}

const pathArgument = (call: NamedCall): Syntax | null => {
  if (call.callee.type === 'attribute' && (/^pathlib\.Path\./.test(call.name ?? '') || isReadOfPath(call))) return fieldOf(call.callee, 'object');
  return (
    call.args[0] ??
    ['filepath_or_buffer', 'path', 'io', 'file', 'fname', 'filename', 'root', 'directory', 'url', 'name', 'source']
      .map((one) => call.keywords.get(one))
      .find((one) => one !== undefined) ??
    null
  );
};

/** A path as it is written, and as callers write it who hand it over: `config["data"]["train_data"]["path"]`. */
function nearText(path: Syntax | null, module: PyModule, project: Project, depth: number): string {
  if (!path) return '';
  const [binding] = path.type === 'identifier' ? module.scopeOf(path).lookup(module.textOf(path)) : [];
  const fn = binding?.kind === 'parameter' ? module.functions.find(({ node }) => fieldOf(node, 'parameters') === binding.node.parent) : undefined;
  const handed = fn && depth < 2 ? project.callersOf(fn).filter((one) => project.reaches(one)) : [];
  if (!fn || handed.length === 0) return withoutSettings(module.textOf(path));
  return handed
    .slice(0, 4)
    .map((one) => nearText(argumentOf(one, fn, module.textOf(path)), one.module, project, depth + 1))
    .join(' ');
}

const withoutSettings = (text: string): string => text.replaceAll(/\b(args|cfg|config|conf|opts?|params|hparams|self|FLAGS|settings)\b\.?/g, ' ');

/** Every text and name that a path is put together from, with defaults of the settings that it reads. */
function textOfPath(call: NamedCall, project: Project): string {
  const path = pathArgument(call);
  if (!path) return '';
  const parts = stringsOf(path, call.module, project);
  return `${withoutSettings(call.module.textOf(path))} ${parts.join(' ')}`;
}

function stringsOf(path: Syntax, module: PyModule, project: Project): readonly string[] {
  const found: string[] = [];
  for (const [node, where] of flowOf(project).of(path, module).nodes) {
    if (node.type === 'string_content' && node.to - node.from < 300 && !isHelp(node, where)) found.push(where.textOf(node));
    if (node.type === 'attribute' || node.type === 'subscript') {
      const value = settingOf(node, where, project);
      if (typeof value === 'string') found.push(value);
    }
    if (found.length > 40) break;
  }
  return found;
}

const textsIn = ({ module, node }: NodePlace): readonly string[] =>
  [...walk(node)].flatMap((one) => (one.type === 'string_content' ? [module.textOf(one)] : []));

/** The text of an option's help, and of a parser's description, is no path; nor is a sentence. */
const isHelp = (node: Syntax, module: PyModule): boolean => {
  const keyword = node.parent?.parent;
  if (/\w\s+\w+\s+\w/.test(module.textOf(node))) return true;
  const [named] = keyword?.type === 'keyword_argument' ? keyword.children : [];
  if (named && /^(description|help|epilog|usage|prog)$/.test(module.textOf(named))) return true;
  return (
    keyword?.type === 'keyword_argument' &&
    keyword.children[0]?.field === 'name' &&
    keyword.parent?.type === 'argument_list' &&
    keyword.parent.children.some(({ type }) => type === 'string')
  );
};

function sourceOf(call: NamedCall, project: Project): string | null {
  const path = pathArgument(call);
  if (!path) return null;
  const value = settingOf(path, call.module, project);
  if (typeof value === 'string' && !local.test(value)) return value;
  const files = call.keywords.get('data_files');
  const named = files ? settingOf(files, call.module, project) : null;
  if (typeof named === 'string') return named;
  return (
    stringsOf(files ?? path, call.module, project).find(
      (one) => /[./]/.test(one) && one.length > 3 && !/^\.\w+$/.test(one) && !/\.(ya?ml|toml|cfg|ini|py|md)$|^v?\d+(\.\d+)+$/i.test(one),
    ) ?? null
  );
}

/** Where the path is written: at the call of the project's function that hands it over, where that call writes a text. */
function placeOf(call: NamedCall, kind: DataRead['kind'], project: Project): NodePlace {
  const here = { module: call.module, node: call.node };
  const path = pathArgument(call);
  const fn = call.within;
  const constant = path && (kind === 'file' || kind === 'folder') ? constantPlace(path, call.module) : null;
  if (constant) return constant;
  if (!path || !fn || [...walk(path)].every(({ type }) => type !== 'identifier')) return here;
  for (const node of walk(path)) {
    if (node.type !== 'identifier') continue;
    const name = call.module.textOf(node);
    const [binding] = call.module.scopeOf(node).lookup(name);
    if (binding?.kind !== 'parameter' || binding.node.parent !== fieldOf(fn.node, 'parameters')) continue;
    for (const caller of project.callersOf(fn)) {
      const handed = argumentOf(caller, fn, name);
      if (handed && project.reaches(caller) && [...walk(handed)].some(({ type }) => type === 'string')) return { module: caller.module, node: caller.node };
    }
  }
  return here;
}

/** A path that the file gives a name at its top, once: that line is where it is changed. */
function constantPlace(path: Syntax, module: PyModule): NodePlace | null {
  if (path.type !== 'identifier') return null;
  const [binding, ...others] = module.scopeOf(path).lookup(module.textOf(path));
  if (others.length > 0 || binding?.kind !== 'assign' || !binding.value || module.functionAround(binding.node)) return null;
  return typeof constantOf(binding.value, module) === 'string' ? { module, node: binding.node } : null;
}

const isChecked = ({ keywords }: NamedCall): boolean =>
  ['file_hash', 'md5_hash', 'hash_prefix', 'known_hash', 'md5', 'sha256', 'hash'].some((one) => keywords.has(one));
/** What fastai downloads by one of its own addresses, digests and all. */
const isOfFastai = (path: Syntax | null, module: PyModule, project: Project): boolean =>
  path !== null &&
  /\buntar_data\(/.test(module.code.text) &&
  [...flowOf(project).of(path, module).nodes].some(([node, where]) => node.type === 'call' && /(^|\.)untar_data\(\s*URLs\./.test(where.textOf(node)));
const isWeights = (call: NamedCall, project: Project): boolean =>
  /weights|model|checkpoint|\.pth?\b|\.ckpt|\.h5|safetensors|vocab/i.test(textOfPath(call, project));

/** A file that the project itself writes is no data of its own: its origin is. */
function isOwnOutput(call: NamedCall, project: Project): boolean {
  const path = pathArgument(call);
  if (!path) return false;
  const text = call.module.textOf(path);
  const literal = settingOf(path, call.module, project);
  return writesOf(project).some(
    (other) =>
      other !== call &&
      other.args.some(
        (arg) =>
          (other.module === call.module && other.module.textOf(arg) === text) ||
          (typeof literal === 'string' && literal !== '' && constantOf(arg, other.module) === literal),
      ),
  );
}

const writesOf = onceOf((project: Project): readonly NamedCall[] =>
  project.calls.filter(
    ({ name, callee, module }) =>
      /(^|\.)(save\w*|to_\w+|dump|savetxt|savez\w*|urlretrieve)$/.test(name ?? module.textOf(callee)) &&
      /\.(to_(csv|parquet|pickle|json|feather|hdf)|save\w*|dump)$/.test(`.${module.textOf(callee)}`),
  ),
);
