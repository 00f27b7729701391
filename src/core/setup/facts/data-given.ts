// Data that a library is given by a path or a description and reads by itself: `YOLO(…).train(data="data.yaml")`, `register_coco_instances(…)`.

import type { NamedCall, Project } from '../project/project';
import type { PyModule } from '../python/module';
import { fieldOf, type Syntax, walk } from '../python/syntax';
import { optionName, settingOf } from './options';

export interface GivenData {
  readonly kind: 'file' | 'folder' | 'url';
  /** The argument that names it. */
  readonly path: Syntax;
  /** As far as it is written: what a description in view says where the rows lie, else the path itself. */
  readonly source: string | null;
}

const readers: readonly { readonly name: RegExp; readonly kind: GivenData['kind']; readonly keyword: string; readonly at: number }[] = [
  { name: /^ultralytics(\.\w+)*\.train$/, kind: 'folder', keyword: 'data', at: -1 },
  { name: /^rfdetr(\.\w+)*\.train$/, kind: 'folder', keyword: 'dataset_dir', at: -1 },
  { name: /^detectron2(\.\w+)*\.register_\w*instances$/, kind: 'file', keyword: 'json_file', at: 2 },
  { name: /^fastai2?(\.\w+)*\.\w*Data(Loaders|Bunch)\.from_(folder|csv|name_func|name_re|path_func|path_re|lists?)$/, kind: 'folder', keyword: 'path', at: 0 },
  { name: /^fastai2?(\.\w+)*\.(get_image_files|get_text_files|get_files)$/, kind: 'folder', keyword: 'path', at: 0 },
  { name: /^fastai2?(\.\w+)*\.DataBlock\.dataloaders$/, kind: 'folder', keyword: 'source', at: 0 },
  { name: /^autogluon(\.\w+)*\.TabularDataset$/, kind: 'file', keyword: 'data', at: 0 },
  { name: /^fastai2?(\.\w+)*\.download_images$/, kind: 'url', keyword: 'urls', at: 1 },
];

/** Sets that Ultralytics fetches by their names. */
const ownSets =
  /^(coco\w*|voc|xview|dota\w*|imagenet\w*|(fashion-)?mnist\w*|cifar\w*|caltech\w*|imagewoof\w*|argoverse|globalwheat\d*|objects365|open-images\S*|sku-110k|visdrone|african-wildlife|brain-tumor|crack-seg|package-seg|carparts-seg|signature|tiger-pose|hand-keypoints|dog-pose|medical-pills|lvis)(-\w+)?(\.ya?ml)?$/i;
/** Where a service with versions of its own has put what was asked for. */
const versioned = /\.location\b/;

/** The data that a call is given to read by itself; null where it is none of these calls, or where nothing of the path is written. */
export function givenData(call: NamedCall, project: Project): GivenData | null {
  const { name, module } = call;
  const reader = name === null ? undefined : readers.find((one) => one.name.test(name));
  const path = reader ? (call.keywords.get(reader.keyword) ?? (reader.at < 0 ? undefined : call.args[reader.at])) : undefined;
  if (!reader || !path || versioned.test(module.textOf(path))) return null;
  // A path that comes from elsewhere says nothing of where the files are from.
  if (/\.(get_\w*files|dataloaders)$/.test(name ?? '') && !isPath(path, module)) return null;
  if (reader.kind !== 'folder' || reader.at >= 0) return { kind: reader.kind, path, source: writtenPath(path, module, project) };
  const source = writtenPath(path, module, project);
  // `--data` that has no default: whoever starts it names the data.
  if (source === null) return optionName(path, module) === null ? null : { kind: reader.kind, path, source };
  if (/^https?:/.test(source) || ownSets.test(source.slice(source.lastIndexOf('/') + 1))) return null;
  return { kind: reader.kind, path, source: /\.ya?ml$/.test(source) ? rowsIn(source, project) : source };
}

/** A text, or what is surely a path: `Path("birds")`, also by its name. */
function isPath(value: Syntax, module: PyModule): boolean {
  const [only, ...others] = value.type === 'identifier' ? module.scopeOf(value).lookup(module.textOf(value)) : [];
  const written = only?.kind === 'assign' && only.value && others.length === 0 ? only.value : value;
  return written.type === 'string' || /^(pathlib\.)?Path\(/.test(module.textOf(written));
}

/** A path as far as it is written: of `f"{root}/train.csv"` what surrounds the name. */
export function writtenPath(path: Syntax, module: PyModule, project: Project): string | null {
  const value = settingOf(path, module, project);
  if (typeof value === 'string') return value;
  const [only, ...others] = path.type === 'identifier' ? module.scopeOf(path).lookup(module.textOf(path)) : [];
  const written = only?.kind === 'assign' && only.value && others.length === 0 ? only.value : path;
  if (versioned.test(module.textOf(written))) return null;
  const parts = [...walk(written)].flatMap((node) => (node.type === 'string_content' ? [module.textOf(node)] : []));
  return parts.length > 0 && (written.type === 'string' || fieldOf(written, 'function') !== null) ? parts.join('*') : null;
}

/** What a description in view says where its rows lie; its own path where it is not in view. */
function rowsIn(source: string, project: Project): string {
  const file = source.replaceAll('\\', '/').replace(/^(\.{0,2}\/)+/, '');
  const text = [...project.settings].find(([path]) => path === file || path.endsWith(`/${file}`))?.[1];
  const said = text === undefined ? undefined : (/^path:[ \t]*([^#\n]+)/m.exec(text) ?? /^train:[ \t]*([^#\n]+)/m.exec(text))?.[1];
  return said?.trim().replace(/^['"]|['"]$/g, '') || (text === undefined ? source : 'images');
}
