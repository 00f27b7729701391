// What tells which version of its data a program used: digests, artifacts, logged inputs, DVC, a commit that holds the file.

import type { NamedCall, Project } from '../project/project';
import type { PyModule } from '../python/module';
import { ancestor, fieldOf, type Syntax, walk } from '../python/syntax';
import type { NodePlace } from '../rule';
import { onceOf } from '../steps';
import { covers, isAutolog, isDisabled, runsBefore } from './automatic';
import type { DataRead } from './data';
import { pinOf } from './environment';
import { programOf } from './programs';
import type { Training } from './training';

const versioned =
  /^(zlib\.(crc32|adler32)|xxhash\.\w+|joblib\.hash|pandas\.util\.hash_(pandas_object|array)|dvc\.api\.\w+|clearml\.Dataset(\.\w+)*|mlflow(\.\w+)*\.log_input|comet_ml\.\w+\.log_dataset_(hash|info)|lakefs\b.*|deltalake\.DeltaTable|quilt3\.\w+)$|\.track_files$|(^|\.)use_artifact$|\.log_dataset_(hash|info)$/;
const words = /^_?(\w*_)?(sha\d*(sum)?|md5(sum)?|digest|fingerprint|checksum|crc32)(_\w*)?$|^\w*data(set)?_(version|hash|revision|digest)\w*$/i;

/** Digests of other things: `environment_fingerprint`, `model_sha256`. */
const ofOthers = /(^|_)(env(ironment)?|model|weights?|checkpoint|ckpt|code|git|config|system|host|gpu)_/i;

/** Places where the program of a module fixes or records which data it used; empty where there is none. */
export const dataVersionsOf = onceOf((module: PyModule, project: Project): readonly NodePlace[] => {
  const program = programOf(module, project);
  const calls = versioningIn(project.callsOf(program));
  return calls.length > 0 ? calls : [...program].flatMap((one) => digestsIn(one, project));
});

const firstWithInputs: readonly [number, number] = [2, 4];

/** Whether MLflow's autologging keeps the rows that a module's trainings are handed as inputs of the run: from 2.4 on, unless told not to. */
export function logsInputs(trainings: readonly Training[], module: PyModule, project: Project): boolean {
  const pin = pinOf(project, 'mlflow');
  if (pin && (pin[0] < firstWithInputs[0] || (pin[0] === firstWithInputs[0] && pin[1] < firstWithInputs[1]))) return false;
  const program = programOf(module, project);
  const logging = project.callsOf(program).filter((call) => isAutolog(call) && !isDisabled(call) && !isSwitchedOff(call));
  return (
    logging.length > 0 &&
    trainings.some(
      (training) =>
        program.has(training.module) &&
        /^(sklearn|xgboost|lightgbm|keras)$/.test(training.framework) &&
        logging.some((call) => covers(call.name as string, training) && runsBefore(call, training)),
    )
  );
}

const isSwitchedOff = ({ keywords, module }: NamedCall): boolean => {
  const value = keywords.get('log_datasets');
  return value !== undefined && module.textOf(value) === 'False';
};

/** Looked for once in each program, however many modules ask. */
const versioningIn = onceOf((calls: readonly NamedCall[]): readonly NodePlace[] => calls.filter(isVersioning).map(({ module, node }) => ({ module, node })));

function isVersioning(call: NamedCall): boolean {
  const { module, args, keywords } = call;
  const name = call.name ?? module.textOf(call.callee);
  if (/^hashlib\.\w+$/.test(name)) return isOfData(call);
  // An artifact that the run uses, or writes as data; a written model says nothing of the data.
  if (/^wandb(\.\w+)*\.Artifact$/.test(name)) return /data/i.test([...args, ...keywords.values()].map((one) => module.textOf(one)).join(' '));
  if (/^wandb\.Api\.artifact$|(^|\.)api\.artifact$/.test(name)) return true;
  return versioned.test(name) || versioned.test(module.textOf(call.callee));
}

/** A digest of settings or names is none of data. */
function isOfData({ args, module }: NamedCall): boolean {
  const [first] = args;
  if (!first) return true;
  const text = module.textOf(first);
  return (
    /read|bytes|raw|open|data|blob|buf|chunk|content|values|df|arr|payload|\bf\b/.test(text) &&
    !/json\.dumps|args|config|cfg|params|str\(|name|time|model|weights?|checkpoint|ckpt/.test(text)
  );
}

/** Digests that are named in code: `manifest["sha256"]`, `expected_md5`. Looked for once in each module, whatever programs it is part of. */
const digestsIn = onceOf((module: PyModule, project: Project): readonly NodePlace[] => {
  if (!/sha|md5|digest|fingerprint|checksum|crc32|data(set)?_(version|hash|revision)/i.test(module.code.text)) return [];
  const found: NodePlace[] = [];
  for (const node of walk(module.root)) {
    if (node.type !== 'identifier' && node.type !== 'string_content') continue;
    const text = module.textOf(node);
    if (!words.test(text) || ofOthers.test(text) || isHashlib(node, module) || isUnread(node, module)) continue;
    if (project.reaches({ node, within: module.functionAround(node), module })) found.push({ module, node });
    if (found.length > 4) break;
  }
  return found;
});

/** A constant that is set and that nothing reads: no version of anything. A field of a class is a setting. */
function isUnread(node: Syntax, module: PyModule): boolean {
  if (node.parent?.type !== 'assignment' || node.field !== 'left' || module.functionAround(node) !== null || ancestor(node, classType) !== null) return false;
  const name = module.textOf(node);
  return module.code.text.split(new RegExp(`\\b${name}\\b`)).length === 2;
}

const classType = new Set(['class_definition']);

const isHashlib = (node: Syntax, module: PyModule): boolean => {
  const object = node.parent?.type === 'attribute' ? fieldOf(node.parent, 'object') : null;
  return (
    (object !== null && /hashlib|hexdigest/.test(module.textOf(object))) ||
    node.parent?.type === 'dotted_name' ||
    /^(sha|sha1|shape)$/i.test(module.textOf(node))
  );
};

/** Whether DVC tracks what a read takes, or the file lies in the project itself and is versioned with the code. */
export function isTracked({ source }: DataRead, project: Project): boolean {
  const { files, settings } = project;
  const pointers = files.all.map(({ path }) => path).filter((path) => path.endsWith('.dvc'));
  const stages = [...settings].filter(([path]) => /(^|\/)dvc\.(lock|yaml)$/.test(path));
  if (source === null) return pointers.length > 0 || stages.length > 0;
  const parts = source
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..');
  const base = parts.at(-1);
  if (base === undefined) return false;
  const isPointed = pointers.some((path) =>
    parts.includes(
      path
        .split('/')
        .at(-1)!
        .replace(/\.dvc$/, ''),
    ),
  );
  const isStaged = stages.some(([, text]) => parts.some((part) => part.length > 3 && text.includes(part)));
  const lies = /^(https?:|\/|~|[A-Za-z]:)/.test(source)
    ? false
    : files.all.some(({ path }) => path === parts.join('/') || path.endsWith(`/${parts.join('/')}`));
  return isPointed || isStaged || lies;
}
