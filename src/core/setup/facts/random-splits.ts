// Random splits into parts for training and scoring that are given no seed of their own.

import type { NamedCall, Project } from '../project/project';
import { constantOf } from '../python/resolve';
import { ancestor, fieldOf, memberOf, walk } from '../python/syntax';
import { factOf, gathered, type Steps } from '../steps';
import { isOpenPipelineShuffle, isUnset } from './draws';
import type { Generator } from './seeds';

export interface Split {
  readonly call: NamedCall;
  readonly written: string;
  /** The process's generator that it draws from. */
  readonly generator: Generator;
  /** It draws from the operating system: no seed of a generator helps. */
  readonly entropy: boolean;
  /** The argument that would seed it; null where the generator itself must be seeded. */
  readonly argument: 'random_state' | 'generator' | 'seed' | null;
  readonly confidence: number;
}

interface SplitWord {
  readonly name: RegExp;
  readonly generator: Generator;
  readonly argument: 'random_state' | 'generator' | 'seed';
  /** Keyword that must be True for it to draw (`KFold(shuffle=True)`), or must not be False. */
  readonly shuffle: 'needed' | 'default' | null;
  readonly entropy?: boolean;
}

const words: readonly SplitWord[] = [
  {
    name: /^sklearn\.model_selection\.train_test_split$|^(cuml|dask_ml)\.model_selection\.train_test_split$/,
    generator: 'numpy',
    argument: 'random_state',
    shuffle: 'default',
  },
  {
    name: /^sklearn\.model_selection\.((Stratified|Group|StratifiedGroup)?ShuffleSplit|Repeated(Stratified)?KFold)$/,
    generator: 'numpy',
    argument: 'random_state',
    shuffle: null,
  },
  { name: /^sklearn\.model_selection\.(Stratified|StratifiedGroup|Group)?KFold$/, generator: 'numpy', argument: 'random_state', shuffle: 'needed' },
  { name: /^torch\.utils\.data(\.dataset)?\.random_split$/, generator: 'torch', argument: 'generator', shuffle: null },
  { name: /^fastai(\.\w+)*\.(RandomSplitter|TrainTestSplitter|RandomSubsetSplitter)$/, generator: 'torch', argument: 'seed', shuffle: null },
];

/** Every unseeded shuffling split that can be reached, the surest first. */
export const splitsOf = factOf(function* (project: Project): Steps<readonly Split[]> {
  const found = yield* gathered(project.calls, (call): readonly Split[] => {
    const split = ofLibrary(call) ?? ofDataset(call, project) ?? ofShuffledRows(call) ?? ofPipeline(call);
    return split ? [split] : [];
  });
  return found.toSorted((a, b) => b.confidence - a.confidence);
});

/** Splits that are seeded themselves, or shuffle rows that are cut into parts: for what they are given. */
export const seededSplitsOf = factOf(function* (project: Project): Steps<readonly NamedCall[]> {
  return yield* gathered(project.calls, (call) =>
    words.some(({ name, shuffle }) => call.name !== null && name.test(call.name) && (shuffle === 'default' || isShuffled(call))) ||
    ofShuffledRows(call) !== null
      ? [call]
      : [],
  );
});

/** `KFold(5, shuffle=True)` */
const isShuffled = ({ keywords, module }: NamedCall): boolean => {
  const shuffle = keywords.get('shuffle');
  return shuffle !== undefined && constantOf(shuffle, module) === true;
};

function ofLibrary(call: NamedCall): Split | null {
  const word = words.find(({ name }) => call.name !== null && name.test(call.name));
  if (!word || call.splat) return null;
  const shuffle = call.keywords.get('shuffle');
  const value = shuffle ? constantOf(shuffle, call.module) : undefined;
  if (word.shuffle === 'needed' && value !== true) return null;
  if (word.shuffle === 'default' && shuffle && value !== true) return null;
  if (!isUnset(call.keywords.get(word.argument) ?? null, call)) return null;
  // `random_split(data, lengths, generator)`.
  if (word.argument === 'generator' && call.args.length > 2) return null;
  return {
    call,
    written: call.module.textOf(call.callee),
    generator: word.generator,
    entropy: word.entropy ?? false,
    argument: word.argument,
    confidence: 0.95,
  };
}

/** `train_test_split` of a data set of Hugging Face, and splits by a fraction when a folder is read. */
function ofDataset(call: NamedCall, project: Project): Split | null {
  const last = memberOf(call.callee)?.name;
  const written = call.module.textOf(call.callee);
  if (call.splat) return null;
  if (last === 'train_test_split' && !project.targetsOf(call).length && !/^sklearn|^cuml|^dask_ml/.test(call.name ?? '')) {
    const shuffle = call.keywords.get('shuffle');
    if (shuffle && constantOf(shuffle, call.module) !== true) return null;
    const isHf =
      /^datasets\./.test(call.name ?? '') ||
      [...call.module.scopes.values()].some((scope) =>
        [...scope.bindings.values()].flat().some((one) => one.kind === 'import' && /^datasets\b/.test(one.dotted)),
      );
    if (!isHf || !isUnset(call.keywords.get('seed') ?? null, call) || call.keywords.has('generator')) return null;
    return { call, written, generator: 'numpy', entropy: false, argument: 'seed', confidence: 0.9 };
  }
  if (call.keywords.has('valid_pct') && isUnset(call.keywords.get('seed') ?? null, call))
    return { call, written, generator: 'torch', entropy: false, argument: 'seed', confidence: 0.85 };
  return null;
}

const shuffles = /^(numpy\.random\.(shuffle|permutation)|random\.(shuffle|sample)|torch\.randperm)$/;

/** `random.shuffle(rows)` and then `rows[:k]`, `rows[k:]`; `df.sample(frac=…)` and then `df.drop(part.index)`. */
function ofShuffledRows(call: NamedCall): Split | null {
  const { name, module } = call;
  const written = module.textOf(call.callee);
  const isSample =
    memberOf(call.callee)?.name === 'sample' && call.keywords.has('frac') && isUnset(call.keywords.get('random_state') ?? null, call) && !call.splat;
  if (!(name !== null && shuffles.test(name)) && !isSample) return null;
  if (call.loops.length > 0 || call.keywords.has('generator')) return null;
  const target = name !== null && /\.shuffle$/.test(name) ? call.args[0] : assignedTo(call);
  if (target?.type !== 'identifier') return null;
  const rows = module.textOf(target);
  const around = call.within?.node ?? module.root;
  const text = module.code.text.slice(call.node.to, around.to);
  const cut = new RegExp(`\\b${rows}\\[\\s*:\\s*[^\\]:]+\\]`);
  const rest = new RegExp(`\\b${rows}\\[[^\\]:]+:\\s*[^\\]]*\\]`);
  const dropped = new RegExp(`\\.drop\\(\\s*(index\\s*=\\s*)?${rows}\\.index`);
  const isCut = cut.test(text) && rest.test(text);
  // Folds are cut from rows in the order that they have.
  const isFolded = isSample && /\b\w*KFold\(/.test(text) && new RegExp(`\\.split\\([^)]*\\b${rows}\\b`).test(text);
  const isSplit = isSample ? dropped.test(text) || isCut || isFolded : isCut;
  const named = /train|val|test|dev|hold/i.test(text);
  if (!isSplit || !named) return null;
  const generator = isSample || name?.startsWith('numpy') ? 'numpy' : name?.startsWith('torch') ? 'torch' : 'python';
  return { call, written, generator, entropy: false, argument: isSample ? 'random_state' : name === 'torch.randperm' ? 'generator' : null, confidence: 0.8 };
}

/** `data = data.shuffle(1000)` of tf.data, and then `data.take(n)` and `data.skip(n)`. */
function ofPipeline(call: NamedCall): Split | null {
  const { module } = call;
  if (!isOpenPipelineShuffle(call)) return null;
  const target = assignedTo(call);
  if (target?.type !== 'identifier') return null;
  const rows = module.textOf(target);
  const text = module.code.text.slice(call.node.to, call.within?.node.to ?? module.root.to);
  const cuts = ['take', 'skip'].every((one) => new RegExp(`\\b${rows}\\s*\\.${one}\\(`).test(text));
  if (!cuts || !/train|val|test|dev|hold/i.test(text)) return null;
  return { call, written: `${rows}.shuffle`, generator: 'tensorflow', entropy: false, argument: 'seed', confidence: 0.85 };
}

const assignmentTypes = new Set(['assignment']);

function assignedTo({ node }: NamedCall) {
  const assigned = ancestor(node, assignmentTypes);
  const right = assigned ? fieldOf(assigned, 'right') : null;
  if (!assigned || !right || !(right.from <= node.from && node.to <= right.to)) return null;
  return [...walk(fieldOf(assigned, 'left') ?? assigned)][0] ?? null;
}
