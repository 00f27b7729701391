// Which generators of random numbers a project seeds, with what, and whether that has an effect.

import type { NamedCall, Project } from '../project/project';
import type { PyCall, PyModule } from '../python/module';
import { argumentOf, constantOf } from '../python/resolve';
import { fieldOf, memberOf, type Syntax, walk } from '../python/syntax';
import { factOf, gathered, type Steps } from '../steps';
import { chosenNames, isOneOfMany } from './chosen';
import { optionName, optionsOf } from './options';

/** A generator with one state for the whole process; `jax` stands for keys, which are handed on. */
export type Generator = 'python' | 'numpy' | 'torch' | 'tensorflow' | 'jax';

/** `void`: it differs in every run (the clock, `hash` of a text, nothing). `unknown`: only with an option that is off by default. */
export type SeedEffect = 'seeded' | 'void' | 'unknown';

export interface Seeding {
  readonly call: NamedCall;
  readonly generators: readonly Generator[];
  readonly effect: SeedEffect;
  /** The expression of the seed; null where a library has a fixed default. */
  readonly value: Syntax | null;
}

const all: readonly Generator[] = ['python', 'numpy', 'torch', 'tensorflow'];
const torchy: readonly Generator[] = ['python', 'numpy', 'torch'];

interface SeedWord {
  readonly name: RegExp;
  readonly generators: readonly Generator[];
  /** Where the seed stands: keyword, or the first argument. `fixed`: a default that is the same in every run. `keyword`: only where it is given. */
  readonly form?: 'fixed' | 'keyword';
}

/** Looked through in order. */
const words: readonly SeedWord[] = [
  { name: /^random\.seed$/, generators: ['python'] },
  { name: /^(numpy|cupy)\.random\.seed$/, generators: ['numpy'] },
  { name: /^torch(\.random|\.cuda|\.cuda\.random|\.mps|\.xpu)?\.manual_seed(_all)?$/, generators: ['torch'] },
  { name: /^tensorflow(\.compat\.v[12])?\.(random\.set_seed|set_random_seed|random\.set_random_seed)$/, generators: ['tensorflow'] },
  { name: /^(tensorflow\.|tf_)?keras(\.\w+)*\.set_random_seed$/, generators: [...all, 'jax'] },
  { name: /^jax\.random\.(PRNGKey|key)$|^haiku\.PRNGSequence$|^flax\.nnx\.Rngs$/, generators: ['jax'] },
  { name: /(^|\.)seed_everything$/, generators: torchy },
  { name: /^(transformers|accelerate)(\.\w+)*\.(set_seed|enable_full_determinism)$/, generators: all },
  { name: /^fastai(\.\w+)*\.set_seed$/, generators: torchy },
  // Their trainers seed by themselves, with a fixed default.
  { name: /^(transformers|trl|setfit|sentence_transformers|unsloth|optimum|adapters|span_marker|gliner)(\.\w+)*\.\w*Trainer$/, generators: all, form: 'fixed' },
  { name: /\bLightningCLI$/, generators: torchy, form: 'fixed' },
  { name: /^sacred\.Experiment$/, generators: all, form: 'fixed' },
  { name: /^ultralytics(\.\w+)*\.train$/, generators: torchy, form: 'fixed' },
  { name: /^(stable_baselines3?|sb3_contrib)(\.\w+)*\.[A-Z]\w+$/, generators: torchy, form: 'keyword' },
  { name: /^tensorflow(\.compat\.v1)?\.estimator\.RunConfig$/, generators: ['tensorflow'], form: 'keyword' },
  { name: /^composer\.Trainer$/, generators: torchy, form: 'keyword' },
];

/** A helper from a package that is not in view, by its name: `set_seed`, `fix_random_seeds`, `seed_all`, `init_seeds`. */
const helper =
  /^(\w*(set|fix|init|setup|control|manual|make)\w*_?(seeds?|randomness|determinis\w*)\w*|seed_(all|everything|rng|torch)\w*|\w*seed_all\w*|setup_reproducib\w*|set_reproducib\w*|init_random\w*|make_reproducible\w*)$/i;
/** What is called so and seeds something else. */
const noHelper = /^(numpy|random|torch|tensorflow|jax)\.|(^|\.)(get_|add_|log_|worker_)?seed(_worker)?$|worker|initial_seed|get_\w*seed|make_\w*env|suggest/i;

/** Every call that seeds a generator and can be reached, in the order of files and lines. */
export const seedingsOf = factOf(function* (project: Project): Steps<readonly Seeding[]> {
  return yield* gathered(project.calls, (call) => seedNames(call, project).flatMap((name) => seedingOf(call, name, project).filter(() => !isOff(call))));
});

/** `random_seed = 0` … `if random_seed:`: under a condition on a constant that does not hold. */
function isOff({ node, module }: PyCall): boolean {
  for (let at = node; at.parent && at.parent.type !== 'function_definition'; at = at.parent) {
    if (at.parent.type !== 'if_statement' || at.field !== 'consequence') continue;
    const condition = fieldOf(at.parent, 'condition');
    const [left, right] = condition?.type === 'comparison_operator' ? condition.children.filter(({ field }) => field !== 'operators') : [condition];
    const [only, ...others] = left?.type === 'identifier' ? module.scopeOf(left).lookup(module.textOf(left)) : [];
    if (!condition || !left || only?.kind !== 'assign' || !only.value || others.length > 0 || only.node.type !== 'assignment') continue;
    const value = constantOf(left, module);
    const written = module.textOf(condition);
    if (!right && condition.type === 'identifier' && (value === 0 || value === null || value === false)) return true;
    if (value === null && right?.type === 'none' && /\bis\s+not\b|!=/.test(written)) return true;
  }
  return false;
}

/** The names that a call may stand for: also each of `for f in (random.seed, torch.manual_seed): f(seed)`. */
function seedNames(call: NamedCall, project: Project): readonly string[] {
  if (call.callee.type === 'identifier') {
    const bindings = call.module.scopeOf(call.callee).lookup(call.module.textOf(call.callee));
    const [only] = bindings;
    if (bindings.length === 1 && only?.kind === 'each' && /^(tuple|list|set)$/.test(only.value.type))
      return only.value.children.flatMap((one) => project.nameOf(one, call.module) ?? []);
  }
  // `ALGOS[args.algo]("MlpPolicy", env, seed=0)`: of a class that settings choose.
  const chosen = call.keywords.has('seed') && (call.name === null || isOneOfMany(call.name)) ? chosenNames(call.callee, call.module, project) : [];
  return chosen.length > 0 ? chosen.slice(0, 1) : [call.name ?? lastPart(call)];
}

const lastPart = ({ callee, module }: PyCall): string => memberOf(callee)?.name ?? module.textOf(callee);

function seedingOf(call: NamedCall, name: string, project: Project): readonly Seeding[] {
  const word = words.find((one) => one.name.test(name)) ?? subclassWord(name, project);
  const given = call.keywords.get('seed') ?? call.keywords.get('s') ?? call.keywords.get('random_seed') ?? call.keywords.get('tf_random_seed') ?? null;
  if (!word) {
    const last = name.split('.').at(-1) ?? '';
    if (!helper.test(last) || noHelper.test(name) || project.functionOf(name) || project.classOf(name)) return [];
    const value = given ?? call.args[0] ?? null;
    return [{ call, generators: [...all, 'jax'], value, effect: value ? effectOf(value, call, project) : 'seeded' }];
  }
  if (word.form === 'fixed') return [{ call, generators: word.generators, effect: 'seeded', value: call.keywords.get('seed') ?? null }];
  if (word.form === 'keyword') return given ? [{ call, generators: word.generators, effect: effectOf(given, call, project), value: given }] : [];
  const value = given ?? call.args[0] ?? null;
  if (!value) {
    // Lightning takes the environment's seed, or one of its own.
    const effect = call.splat || /seed_everything$|^flax/.test(name) ? 'unknown' : 'void';
    return [{ call, generators: word.generators, effect, value: null }];
  }
  return [{ call, generators: word.generators, effect: effectOf(value, call, project), value }];
}

/** A class of the project that is a trainer of a library. */
function subclassWord(name: string, project: Project): SeedWord | undefined {
  const own = project.classOf(name);
  const base = own?.bases[0];
  const above = own && base ? project.nameOf(base, own.module) : null;
  return above === null ? undefined : words.find((one) => one.form === 'fixed' && one.name.test(above));
}

const clock = /^(time\.(time|time_ns|perf_counter|monotonic)(_ns)?|datetime\.(datetime\.)?(now|utcnow|today)|os\.(getpid|urandom)|uuid\.uuid\d|secrets\.\w+)$/;

/** What seeding with an expression does: constants and settings seed, the clock does not, `None` seeds nothing. */
export function effectOf(value: Syntax, call: PyCall, project: Project, depth = 0): SeedEffect {
  const { module } = call;
  if (value.type === 'none') return depth === 0 ? 'void' : 'unknown';
  for (const node of walk(value)) {
    if (node.type !== 'call') continue;
    const callee = fieldOf(node, 'function');
    const name = callee ? project.nameOf(callee, module) : null;
    if (name !== null && clock.test(name)) return 'void';
    // Python salts the hash of texts anew in every process.
    const argument = fieldOf(node, 'arguments')?.children[0];
    if (
      name === 'hash' &&
      argument &&
      (argument.type === 'string' || typeof constantOf(argument, module) === 'string') &&
      !/PYTHONHASHSEED/.test(module.code.text)
    )
      return 'void';
  }
  if (depth > 3) return 'seeded';
  if (value.type === 'identifier') return effectOfName(value, call, project, depth);
  const option = optionName(value, module);
  if (option !== null) return optionEffect(option, call, project);
  return 'seeded';
}

/** A setting that is unset by default seeds only when somebody sets it, unless the code fills it in. */
function optionEffect(option: string, { module }: PyCall, project: Project): SeedEffect {
  const options = optionsOf(project).get(option) ?? [];
  if (options.length === 0 || !options.every(({ unset }) => unset)) return 'seeded';
  const filled = new RegExp(`\\.${option}\\s*=[^=]`).test(module.code.text);
  return filled ? 'seeded' : 'unknown';
}

function effectOfName(value: Syntax, call: PyCall, project: Project, depth: number): SeedEffect {
  const { module } = call;
  const name = module.textOf(value);
  const effects = module
    .scopeOf(value)
    .lookup(name)
    .flatMap((binding): readonly SeedEffect[] => {
      if (binding.kind === 'assign' && binding.value) {
        const effect = effectOf(binding.value, call, project, depth + 1);
        // A drawn seed that is kept somewhere can be set again.
        return [effect === 'void' && isUsedElsewhere(name, module) ? 'seeded' : effect];
      }
      if (binding.kind !== 'parameter' || !call.within) return [];
      const fn = module.functions.find(({ node }) => fieldOf(node, 'parameters') === binding.node.parent);
      const callers = fn ? project.callersOf(fn) : [];
      if (!fn || callers.length === 0) return binding.fallback ? [effectOf(binding.fallback, call, project, depth + 1)] : [];
      return callers.map((caller) => {
        const handed = argumentOf(caller, fn, name);
        if (handed) return effectOf(handed, caller, project, depth + 1);
        return binding.fallback ? effectOf(binding.fallback, call, project, depth + 1) : 'unknown';
      });
    });
  if (effects.length === 0 || effects.includes('seeded')) return 'seeded';
  return effects.includes('unknown') ? 'unknown' : 'void';
}

/** Whether a name is read anywhere but in the call that seeds: printed, logged, stored. */
const isUsedElsewhere = (name: string, { code }: PyModule): boolean =>
  [...code.text.matchAll(new RegExp(`\\b${name}\\b(?!\\s*=[^=])`, 'g'))].length > 1 &&
  new RegExp(`(log|print|config|write|dump|save|info)\\w*\\b[^\\n]*\\b${name}\\b`).test(code.text);
