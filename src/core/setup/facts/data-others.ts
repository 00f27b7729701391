// Readers of data that are in no file in view: by what they are called, and by the paths that they are handed.

import type { NamedCall, Project } from '../project/project';
import type { PyModule } from '../python/module';
import { fieldOf, type Syntax, walk } from '../python/syntax';
import type { DataRead } from './data';
import { writtenPath } from './data-given';
import { dataWords, otherWords } from './data-words';
import { optionName } from './options';

const othersReader =
  /(Dataset|DataModule|DataLoader|Loader|Reader|Corpus|Data|Iterator)$|^(load|read|get|build|make|create|prepare)_?\w*(data|datasets?|corpus|loaders?|examples|samples)\w*$/;
/** They check what they fetch, or make it. */
const checkedReader =
  /^(torchvision|torchaudio|torchtext|sklearn|keras|tensorflow|tensorflow_datasets|datasets\.(load_\w+|(Iterable)?Dataset(Dict)?|arrow_dataset|dataset_dict|builder|concatenate_datasets|interleave_datasets)|ogb|torch|transformers|gymnasium|gym|os|pathlib|logging|pl_bolts\.datamodules(\.\w+)*\.\w*(MNIST|CIFAR10|STL10)DataModule)\b/;
/** What writes, or shows. */
const writer = /^(save|write|to_|dump|export|log|plot|print|store|upload|open|exists|remove|makedirs)/i;
const table = /\.(csv|tsv|parquet|xlsx|arff|feather)$/i;
const dataOption = /^(data|dataset|train|training|corpus|input|root)_?(dir|path|root|file|folder|directory)$|^(data|dataset|root)$/i;

/** `Corpus(args.data_dir)`, `convert("rows.csv")` where the reader is of a file or a library that is not in view: by what the path is called, and how it looks. */
export function kindOfOthers(call: NamedCall, project: Project): DataRead['kind'] | null {
  const name = call.name ?? '';
  const last = name.split('.').at(-1) ?? '';
  if (name === '' || checkedReader.test(name) || writer.test(last) || project.targetsOf(call).length > 0 || project.classOf(name)) return null;
  const isReader = othersReader.test(last);
  for (const [keyword, value] of [...call.args.map((one) => ['', one] as const), ...call.keywords]) {
    if (!isReader && value.type !== 'string') continue;
    const option = optionName(value, call.module) ?? (keyword === '' && value.type === 'identifier' ? call.module.textOf(value) : keyword);
    const built = isReader ? builtPath(value, call.module) : null;
    const path = built ?? (/^(identifier|string|attribute|subscript)$/.test(value.type) ? writtenPath(value, call.module, project) : null);
    if (path === null) continue;
    // A table is data, whatever it is handed to.
    if (!isReader && !table.test(path)) continue;
    if (!dataOption.test(option) && value.type !== 'string' && built === null && !table.test(path)) continue;
    if (
      /[/\\]|\.(csv|tsv|jsonl?|txt|npz?|npy|h5|hdf5|parquet|pkl|zip)$/.test(path) &&
      !/^https?:|(^|\/)s?bin\//.test(path) &&
      (!/\s/.test(path) || table.test(path)) &&
      // `engine_path="/opt/engine"` is a path of something else.
      (keyword === '' || dataOption.test(option) || dataWords.test(path) || /^(path|root|file|filename|dir|folder)$/.test(keyword)) &&
      !otherWords.test(path)
    )
      return /\.\w{2,7}$/.test(path) ? 'file' : 'folder';
  }
  return null;
}

/** `"{}/train.json".format(args.data)`, `os.path.join(root, "val.csv")`: the file of rows that a path ends in, whatever folder it is in. */
function builtPath(value: Syntax, module: PyModule): string | null {
  const callee = value.type === 'call' ? fieldOf(value, 'function') : null;
  const isBuilt = callee ? /(\.format|(^|\.)join)$/.test(module.textOf(callee)) : value.type === 'binary_operator' || value.type === 'string';
  const written = isBuilt ? [...walk(value)].flatMap((one) => (one.type === 'string_content' ? [module.textOf(one)] : [])) : [];
  const last = written.at(-1) ?? '';
  return rowsFile.test(last) ? `/${last.slice(last.lastIndexOf('/') + 1)}` : null;
}

const rowsFile = /(^|[\W_])(train(ing)?|val(id|idation)?|dev|test|data|dataset)([\W_\d]\w*)?\.(csv|tsv|jsonl?|txt|npz?|npy|h5|hdf5|parquet|pkl)$/i;
