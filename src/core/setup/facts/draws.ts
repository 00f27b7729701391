// Where the project's own code draws random numbers from a generator of the process, and which components of libraries do.

import type { NamedCall, Project } from '../project/project';
import type { PyModule } from '../python/module';
import { constantOf } from '../python/resolve';
import { ancestor, fieldOf, memberOf, type Syntax, walk } from '../python/syntax';
import { factOf, gathered, type Steps } from '../steps';
import { programOf } from './programs';
import type { Generator } from './seeds';

export interface Draw {
  readonly call: NamedCall;
  readonly generator: Generator;
  /** `own`: the project's code draws; `component`: an object of a library without `random_state`; `entropy`: a generator object without a seed. */
  readonly kind: 'own' | 'component' | 'entropy';
  /** As a person writes it: `np.random.randint`, `RandomForestClassifier`. */
  readonly written: string;
}

const numpyDraw =
  /^numpy\.random\.(rand|randn|randint|random|random_sample|ranf|sample|random_integers|choice|shuffle|permutation|permuted|bytes|normal|standard_normal|uniform|binomial|beta|gamma|poisson|exponential|multinomial|multivariate_normal|dirichlet|laplace|lognormal|logistic|geometric|gumbel|triangular|weibull|zipf|rayleigh|pareto|standard_\w+)$/;
const pythonDraw =
  /^random\.(random|randint|choice|choices|shuffle|sample|uniform|gauss|normalvariate|randrange|betavariate|triangular|expovariate|getrandbits)$/;
const torchDraw = /^torch\.(rand|randn|randint|randperm|rand_like|randn_like|randint_like|normal|bernoulli|multinomial|poisson)$/;
const tensorflowDraw =
  /^tensorflow\.(compat\.v1\.)?(random\.(normal|uniform|shuffle|categorical|truncated_normal|gamma|poisson|stateful_uniform)|random_(normal|uniform|shuffle))$/;
const entropy = /^(numpy\.random\.(default_rng|RandomState|Generator)|random\.Random|random\.SystemRandom)$/;

/** Estimators that draw, where `random_state` is left open. Splitters are E-15's. */
const estimators =
  /^(sklearn|imblearn|lightgbm|xgboost)(\.\w+)*\.(RandomForest\w+|ExtraTrees\w+|RandomTreesEmbedding|Bagging\w+|AdaBoost\w+|IsolationForest|DecisionTree\w+|ExtraTree\w+|MLP(Classifier|Regressor)|SGD\w+|Perceptron|PassiveAggressive\w+|KMeans|MiniBatchKMeans|BisectingKMeans|GaussianMixture|BayesianGaussianMixture|RandomizedSearchCV|HalvingRandomSearchCV|TruncatedSVD|TSNE|SpectralClustering|RANSACRegressor|BernoulliRBM|\w*SMOTE\w*|RandomOverSampler|RandomUnderSampler|ADASYN|BalancedRandomForestClassifier|EasyEnsembleClassifier|GaussianRandomProjection|SparseRandomProjection|LatentDirichletAllocation|MiniBatchDictionaryLearning)$/;
/** Estimators that draw only with some settings. */
const sometimes: readonly { readonly name: RegExp; readonly when: (call: NamedCall) => boolean }[] = [
  {
    name: /^sklearn(\.\w+)*\.GradientBoosting\w+$/,
    when: (call) => call.keywords.has('subsample') || call.keywords.has('max_features') || call.keywords.has('n_iter_no_change'),
  },
  { name: /^sklearn(\.\w+)*\.LogisticRegression(CV)?$/, when: (call) => /sag/.test(textOf(call, 'solver')) || isShuffledLiblinear(call) },
  { name: /^sklearn(\.\w+)*\.(ElasticNet|Lasso)(CV)?$/, when: (call) => /random/.test(textOf(call, 'selection')) },
  { name: /^sklearn(\.\w+)*\.SVC$/, when: (call) => textOf(call, 'probability') === 'True' },
  { name: /^sklearn(\.\w+)*\.PCA$/, when: (call) => /randomized/.test(textOf(call, 'svd_solver')) },
  { name: /^sklearn\.utils\.(shuffle|resample)$|^sklearn\.inspection\.permutation_importance$|^sklearn\.datasets\.make_\w+$/, when: () => true },
];

/** liblinear goes through rows or features in a drawn order in its dual and its L1 form only. */
const isShuffledLiblinear = (call: NamedCall): boolean =>
  /liblinear/.test(textOf(call, 'solver')) && (/l1/.test(textOf(call, 'penalty')) || call.keywords.has('l1_ratio') || textOf(call, 'dual') === 'True');

const textOf = ({ keywords, module }: NamedCall, name: string): string => {
  const value = keywords.get(name);
  return value ? module.textOf(value) : '';
};

/** Every draw that can be reached, in the order of files and lines. Draws that only name things (ports, run names, seeds) are left out. */
export const drawsOf = factOf(function* (project: Project): Steps<readonly Draw[]> {
  return yield* gathered(project.calls, (call): readonly Draw[] => {
    const { name } = call;
    const written = call.module.textOf(call.callee);
    if (isOpenPipelineShuffle(call)) return [{ call, generator: 'tensorflow', kind: 'own', written: written.length < 40 ? written : 'shuffle' }];
    if (name === null) return [];
    if (isShuffledLoader(call, name, project)) return [{ call, generator: 'torch', kind: 'own', written }];
    const own = ownGenerator(name, call);
    if (own) return onlyNames(call) ? [] : [{ call, generator: own, kind: 'own', written }];
    if (entropy.test(name) && !call.splat && isUnset(call.args[0] ?? call.keywords.get('seed') ?? call.keywords.get('x') ?? null, call)) {
      if (/\.Generator$/.test(name) || onlyNames(call)) return [];
      return [{ call, generator: name.startsWith('random') ? 'python' : 'numpy', kind: 'entropy', written }];
    }
    if (isShuffleOfRows(call, name)) return [{ call, generator: 'numpy', kind: 'own', written: written.length < 40 ? written : 'sample' }];
    if (isUnseededComponent(call, name)) return [{ call, generator: 'numpy', kind: 'component', written }];
    return [];
  });
});

function ownGenerator(name: string, call: NamedCall): Generator | null {
  if (numpyDraw.test(name)) return 'numpy';
  if (pythonDraw.test(name)) return 'python';
  if (torchDraw.test(name)) return call.keywords.has('generator') ? null : 'torch';
  if (tensorflowDraw.test(name)) return 'tensorflow';
  return null;
}

const loader = /^torch\.utils\.data(\.dataloader)?\.DataLoader$/;

/** A loader of PyTorch that feeds a training in JAX: its order comes from PyTorch's generator, which no key of JAX seeds. */
function isShuffledLoader({ keywords, module, splat }: NamedCall, name: string, project: Project): boolean {
  if (splat || keywords.has('generator') || keywords.get('shuffle')?.type !== 'true') return false;
  const program = [...programOf(module, project)];
  if (!program.some(({ imported }) => imported.some((one) => /^(jax|flax|haiku|equinox|optax)\b/.test(one)))) return false;
  // What trains with PyTorch is asked about its generator there.
  if (program.some(({ code }) => /\.backward\(/.test(code.text))) return false;
  const owner = project.classOf(name);
  return loader.test(name) || (owner?.bases.some((base) => loader.test(project.nameOf(base, owner.module) ?? '')) ?? false);
}

/** `data.shuffle(1000)` of a tf.data pipeline, without a seed of its own: by its name, or by its shape where only tf.data has it so. */
export function isOpenPipelineShuffle({ name, callee, args, keywords, module, node, splat }: NamedCall): boolean {
  if (memberOf(callee)?.name !== 'shuffle' || splat || args.length > 1 || keywords.has('seed')) return false;
  if (args.length + (keywords.has('buffer_size') ? 1 : 0) !== 1 || node.parent?.type === 'expression_statement') return false;
  if (name !== null) return /^(tensorflow\.data|tensorflow_datasets|tensorflow(\.keras)?(\.\w+)*\.\w+_dataset_from_directory)\b/.test(name);
  const { imported } = module;
  return imported.some((one) => /^tensorflow\b/.test(one)) && !imported.some((one) => /^(datasets|torch|webdataset|ray|dask)\b/.test(one));
}

/** `df = df.sample(frac=1)`: rows in a drawn order, or a drawn part of them, that take the place of the others. */
function isShuffleOfRows({ node, callee, keywords, module, splat }: NamedCall, name: string): boolean {
  if (!/\.sample$/.test(name) || !/^pandas\b/.test(name) || splat || !isUnset(keywords.get('random_state') ?? null, { module })) return false;
  const object = callee.type === 'attribute' ? fieldOf(callee, 'object') : null;
  const assigned = ancestor(node, assignments);
  const left = assigned ? fieldOf(assigned, 'left') : null;
  return object !== null && left !== null && module.textOf(left) === module.textOf(object);
}

/** A component of scikit-learn and its like whose `random_state` is left open: it draws from NumPy's global generator. */
export function isUnseededComponent(call: NamedCall, name: string): boolean {
  if (call.splat || !isUnset(call.keywords.get('random_state') ?? null, call)) return false;
  if (/\.RandomizedSearchCV$/.test(name) && call.keywords.size + call.args.length === 0) return false;
  return estimators.test(name) ? !/^(lightgbm|xgboost)/.test(name) : sometimes.some((one) => one.name.test(name) && one.when(call));
}

/** Nothing given, or None. */
export const isUnset = (value: Syntax | null, { module }: Pick<NamedCall, 'module'>): boolean =>
  value === null || (!isParameter(value, module) && constantOf(value, module) === null);

/** What a caller may give is no None, whatever stands for it when none does. */
const isParameter = (value: Syntax, module: PyModule): boolean =>
  value.type === 'identifier' &&
  module
    .scopeOf(value)
    .lookup(module.textOf(value))
    .some(({ kind }) => kind === 'parameter');

const assignments = new Set(['assignment', 'keyword_argument']);
const nameLike =
  /(^|_)(port|name|seed|seeds|id|uid|uuid|suffix|tag|title|color|colour|colors|backoff|delay|jitter_time|sleep|random_state|master_addr|addr|url)$/i;

/** A draw that decides on a port, a run's name or a seed changes nothing of what is trained. */
function onlyNames({ node, module }: NamedCall): boolean {
  for (let at = node.parent; at && !at.type.endsWith('_statement') && at.type !== 'block'; at = at.parent) {
    if (at.type === 'interpolation') return true;
    if (at.type === 'call' && /(^|\.)(print|sleep|seed|manual_seed|set_seed)$/.test(module.textOf(fieldOf(at, 'function') ?? at))) return true;
  }
  const assigned = ancestor(node, assignments);
  const left = assigned ? (fieldOf(assigned, 'left') ?? fieldOf(assigned, 'name')) : null;
  if (!left || !assigned) return false;
  const value = fieldOf(assigned, 'right') ?? fieldOf(assigned, 'value');
  const inside = value !== null && value.from <= node.from && node.to <= value.to;
  return inside && [...walk(left)].some((one) => one.type === 'identifier' && nameLike.test(module.textOf(one).replace(/([a-z])([A-Z])/g, '$1_$2')));
}
