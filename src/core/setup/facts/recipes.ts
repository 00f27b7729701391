// Settings files that a framework trains from by a command of its own: Axolotl, LLaMA-Factory, OpenMMLab and others. No line of code here takes a step.

import type { CodePlace } from '../finding';
import type { Project } from '../project/project';

/** A line of a settings file, and what it says. */
export interface RecipeLine {
  readonly place: CodePlace;
  readonly value: string;
}

export interface Recipe {
  readonly framework: string;
  readonly place: CodePlace;
  /** A model of a hub without a revision beside it. */
  readonly unpinned: RecipeLine | null;
  /** The first data that it names without a version. */
  readonly data: RecipeLine | null;
  /** Whether it surely holds nothing out to score while it trains. */
  readonly unwatched: boolean;
}

interface Kind {
  readonly framework: string;
  /** Of Python settings, else of YAML; every one must be there. */
  readonly python?: boolean;
  readonly signs: readonly RegExp[];
  readonly model?: { readonly key: string; readonly revision: RegExp };
  readonly data?: { readonly line: RegExp; readonly version: RegExp };
  /** It scores held-out rows where one of these is there. */
  readonly heldOut?: RegExp;
}

const kinds: readonly Kind[] = [
  {
    framework: 'axolotl',
    signs: [/^base_model:[ \t]*\S/m, /^(datasets|pretraining_dataset|micro_batch_size):/m],
    model: { key: 'base_model', revision: /^revision_of_model:[ \t]*\S/m },
    data: { line: /^[ \t]*-?[ \t]*path:[ \t]*(\S+)/m, version: /^[ \t]*revision:[ \t]*\S/m },
    heldOut: /^val_set_size:[ \t]*(0?\.\d*[1-9]|[1-9])|^test_datasets:/m,
  },
  {
    framework: 'llamafactory',
    signs: [/^model_name_or_path:[ \t]*\S/m, /^stage:[ \t]*\S/m, /^do_train:[ \t]*true\b/im],
    model: { key: 'model_name_or_path', revision: /^model_revision:[ \t]*\S/m },
    data: { line: /^dataset:[ \t]*(\S+)/m, version: /^(dataset_revision):/m },
    heldOut: /^(val_size|eval_dataset|eval_strategy):/m,
  },
  { framework: 'torchtune', signs: [/_component_:[ \t]*torchtune\./] },
  { framework: 'nemo', signs: [/^exp_manager:/m, /^trainer:/m, /^model:/m] },
  { framework: 'detectron2', signs: [/^SOLVER:/m, /^(MODEL|DATASETS|_BASE_):/m] },
  { framework: 'lightning', signs: [/^trainer:/m, /^(model|data):/m, /class_path:/] },
  {
    framework: 'mmengine',
    python: true,
    signs: [/^_base_[ \t]*=/m, /^(model|train_cfg|train_dataloader|data|optim_wrapper|optimizer|runner|param_scheduler)[ \t]*=/m],
  },
  { framework: 'mmengine', python: true, signs: [/^model[ \t]*=[ \t]*dict\([^)]*type=/m, /^(train_dataloader|data)[ \t]*=[ \t]*dict\(/m] },
];

const known = new WeakMap<Project, readonly Recipe[]>();

/** Every settings file of a known form, by its path. Asked only where no code trains: beside code that does, it is what that code reads. */
export function recipesOf(project: Project): readonly Recipe[] {
  const made = known.get(project) ?? findIn(project);
  known.set(project, made);
  return made;
}

function findIn(project: Project): readonly Recipe[] {
  const texts = [
    ...[...project.settings].filter(([path]) => /\.ya?ml$/.test(path)).map(([path, text]) => ({ path, text, python: false })),
    ...project.modules
      .filter(({ functions, code }) => functions.length === 0 && code.cells === null)
      .map(({ code: { path, text } }) => ({ path, text, python: true })),
  ];
  return texts
    .flatMap(({ path, text, python }) => {
      const kind = kinds.find((one) => (one.python ?? false) === python && one.signs.every((sign) => sign.test(text)));
      return kind ? [recipeOf(kind, path, text)] : [];
    })
    .sort((a, b) => (a.place.file < b.place.file ? -1 : 1));
}

function recipeOf({ framework, model, data, heldOut, signs }: Kind, path: string, text: string): Recipe {
  const [first] = signs;
  const named = model && !model.revision.test(text) ? lineOf(new RegExp(`^${model.key}:[ \\t]*(\\S+)`, 'm'), path, text) : null;
  return {
    framework,
    place: placeAt(path, text, first ? text.search(first) : 0),
    unpinned: named && isOnHub(named.value) ? named : null,
    data: data && !data.version.test(text) ? lineOf(data.line, path, text) : null,
    unwatched: heldOut !== undefined && !heldOut.test(text),
  };
}

/** `org/name`, and no path. */
const isOnHub = (value: string): boolean => /^[\w.-]+\/[\w.-]+$/.test(value.replace(/^['"]|['"]$/g, '')) && !/^\.{1,2}\//.test(value);

function lineOf(pattern: RegExp, path: string, text: string): RecipeLine | null {
  const found = pattern.exec(text);
  return found?.[1] ? { place: placeAt(path, text, found.index), value: found[1].replace(/^['"]|['"]$/g, '') } : null;
}

function placeAt(file: string, text: string, at: number): CodePlace {
  const line = text.slice(0, Math.max(0, at)).split('\n').length;
  return { file, line, endLine: line, cell: null };
}
