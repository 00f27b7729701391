// Settings are stored, and the seed is not among them.

import { seedOfEstimator, writtenTable } from '../facts/estimator-seed';
import { optionName, optionsOf } from '../facts/options';
import { normal, type Params, paramsOf, seedWord } from '../facts/params';
import { recordsOf } from '../facts/records';
import { type Seeding, seedingsOf } from '../facts/seeds';
import { type Store, sourcesOf } from '../facts/stored';
import { sweptNames } from '../facts/swept';
import type { Project } from '../project/project';
import type { PyModule } from '../python/module';
import { argumentOf } from '../python/resolve';
import { fieldOf, type Syntax } from '../python/syntax';
import type { SetupRule } from '../rule';

export const rule: SetupRule = {
  meta: {
    id: 'E-12',
    title: 'The seed is stored with the run',
    severity: 'warn',
    why: 'A seed that is not in the record cannot be set again, and runs that differ only in it cannot be told apart.',
    impliedBy: ['E-01', 'E-03', 'E-10'],
    source: 'own reading of published training code',
  },
  *check(context) {
    const { project } = context;
    for (const records of yield* recordsOf.steps(context)) {
      yield;
      if (records.training.outOfView === 'run') continue;
      const params = paramsOf(records, project);
      // What a framework stores by itself may well hold it.
      const swept = [...sweptNames(project.callsOf(records.program))];
      if (params.state !== 'present' || (params.stores.length === 0 && swept.length === 0) || (records.automatic.params !== 'no' && swept.length === 0))
        continue;
      const seeds = (yield* seedingsOf.steps(project)).filter(
        ({ call, effect, value }) => records.program.has(call.module) && effect === 'seeded' && value !== null,
      );
      const [first] = seeds;
      const searched = params.stores.filter(isSearched);
      const isNamed =
        searched.length === 0
          ? [...params.names].some((name) => seedWord.test(name))
          : params.stores.some((store) => namesOf(store, project).some((name) => seedWord.test(normal(name))));
      if (isNamed || mentionsSeed(params) || swept.some((name) => seedWord.test(normal(name)))) continue;
      if (!first) {
        const value = isComplete(params, project) ? seedOfEstimator(records, project) : null;
        if (!value) continue;
        yield {
          kind: 'finding',
          confidence: 0.75,
          places: [value],
          summary: `The seed \`${value.module.textOf(value.node)}\` is not among the settings that are stored with the run.`,
          fix: { text: 'Store the seed with the other settings.', code: fixOf(params), edits: [] },
        };
        return;
      }
      if ((!isComplete(params, project) || swept.length > 0) && seeds.some((seed) => mayBeStored(seed, params, project))) continue;
      yield {
        kind: 'finding',
        confidence: isComplete(params, project) ? 0.85 : 0.7,
        places: [{ module: first.call.module, node: first.call.node }],
        summary: `The seed${first.value && first.value.type === 'integer' ? ` ${first.call.module.textOf(first.value)}` : ''} is not among the settings that are stored with the run.`,
        fix: { text: 'Store the seed with the other settings.', code: fixOf(params), edits: [] },
      };
      return;
    }
  },
};

/** Every store of settings is written out, name by name, or holds what a search draws. */
const isComplete = ({ stores }: Params, project: Project): boolean =>
  stores.every(
    (store) =>
      isSearched(store) ||
      isDictionary(store) ||
      isHanded(store, project) ||
      // One name may hold a whole set: `add_text("args", …)`.
      (store.complete && (store.names.length > 1 || (store.names.length === 1 && /log_param$|log_parameter$/.test(store.call?.name ?? '')))),
  );

const wholeKey = /^(args?|opts?|options|configs?|cfg|hparams|hyper_?parameters|settings|params)$/i;

/** `params = {"alpha": alpha, …}` and `json.dump(params, f)`: written out, and nothing is added to it. */
function isDictionary({ kind, values: [value], module }: Store): boolean {
  if (kind !== 'file' || value?.type !== 'identifier') return false;
  const name = module.textOf(value);
  const [one, ...others] = module.scopeOf(value).lookup(name);
  if (one?.kind !== 'assign' || one.value?.type !== 'dictionary' || others.length > 0) return false;
  return (
    one.value.children.every((pair) => {
      const key = pair.type === 'pair' ? fieldOf(pair, 'key') : null;
      return key?.type === 'string' && !wholeKey.test(module.textOf(key).replace(/['"]/g, ''));
    }) && !new RegExp(`\\b${name}(\\[[^\\]]*\\]\\s*=[^=]|\\.(update|setdefault)\\()`).test(module.code.text)
  );
}

/** `log_params(params)` of a parameter: every caller hands over a dictionary that is written out. */
function isHanded({ values: [value, ...others], module }: Store, project: Project): boolean {
  const [only, ...more] = value?.type === 'identifier' && others.length === 0 ? module.scopeOf(value).lookup(module.textOf(value)) : [];
  const fn = only?.kind === 'parameter' && more.length === 0 ? module.functionAround(only.node) : null;
  const callers = fn ? project.callersOf(fn) : [];
  return (
    fn !== null &&
    value !== undefined &&
    callers.length > 0 &&
    callers.every((call) => {
      const given = argumentOf(call, fn, module.textOf(value));
      const table = given && writtenTable(given, call.module);
      return table?.children.every(({ type }) => type !== 'dictionary_splat') ?? false;
    })
  );
}

/** `log_params(trial.params)`, `log_params(search.best_params_)`: the settings that a search goes through, and no others. */
const isSearched = ({ values, module }: Store): boolean =>
  values.length > 0 &&
  values.every(
    (value) => value.type === 'attribute' && /(^|\.)(\w*trial\w*\.params|\w*(study|trial)\w*\.best_params|best_params_)$/.test(module.textOf(value)),
  );

/** Names that a store writes; of a search those of its space, not those that its estimator is made with. */
const namesOf = (store: Store, project: Project): readonly string[] => [
  ...store.names.map(({ text }) => text),
  ...sourcesOf(store, project).flatMap(({ nodes }) =>
    [...nodes].flatMap(([node, module]) =>
      node.type === 'string_content' || (node.type === 'keyword_argument' && !isSearched(store))
        ? [module.textOf(node.type === 'string_content' ? node : (node.children[0] ?? node))]
        : [],
    ),
  ),
];

const mentionsSeed = ({ stores }: Params): boolean => stores.some(({ module, node }) => seedWord.test(module.textOf(node).toLowerCase()));

/** A whole set of settings is stored, and the seed is one of its options, or comes from it, or from where cannot be told. */
function mayBeStored({ value, call }: Seeding, params: Params, project: Project): boolean {
  if (!value) return true;
  if ([...optionsOf(project).keys()].some((name) => seedWord.test(name.toLowerCase().replaceAll('_', '')))) return true;
  return mayComeFrom(value, call.module, params, project, 0);
}

const deepest = 5;
/** What only tells the processes of one run apart. */
const perProcess = /^(int\()?(os\.(environ|getenv)\b|(torch\.distributed|dist)\.get_rank\b)/;

/** Through names, parameters and arithmetic (`seed + rank`) to what a stored set may hold; a literal is in none. */
function mayComeFrom(value: Syntax, module: PyModule, params: Params, project: Project, depth: number): boolean {
  const below = (node: Syntax, where = module) => mayComeFrom(node, where, params, project, depth + 1);
  if (depth > deepest || params.has(value, module)) return true;
  if (perProcess.test(module.textOf(value))) return false;
  switch (value.type) {
    case 'integer':
    case 'float':
    case 'none':
      return false;
    case 'binary_operator':
    case 'parenthesized_expression':
    case 'unary_operator':
      return value.children.filter(({ field }) => field !== 'operator').some((one) => below(one));
    case 'identifier':
      return module
        .scopeOf(value)
        .lookup(module.textOf(value))
        .some((binding) => {
          if (binding.kind === 'assign') return binding.value !== null && below(binding.value);
          if (binding.kind !== 'parameter') return binding.kind === 'import';
          const fn = module.functions.find(({ node }) => fieldOf(node, 'parameters') === binding.node.parent);
          const callers = fn ? project.callersOf(fn).filter((one) => project.reaches(one)) : [];
          if (!fn || callers.length === 0) return true;
          return callers.some((one) => {
            const given = argumentOf(one, fn, module.textOf(value));
            return given ? below(given, one.module) : one.splat || (binding.fallback !== null && below(binding.fallback));
          });
        });
    case 'call': {
      const callee = fieldOf(value, 'function');
      const isPlain = callee !== null && /^(int|abs|str|hash|min|max)$/.test(module.textOf(callee));
      return !isPlain || (fieldOf(value, 'arguments')?.children ?? []).some((one) => below(one));
    }
    default: {
      const root = rootOf(value);
      return optionName(value, module) !== null || root?.type !== 'identifier' || params.has(root, module);
    }
  }
}

function rootOf(node: Syntax): Syntax | null {
  for (let at: Syntax | null = node; at; at = fieldOf(at, 'object') ?? fieldOf(at, 'value')) if (at.type === 'identifier') return at;
  return null;
}

const fixOf = ({ stores }: Params): string => {
  const via = stores[0]?.via;
  return via === 'mlflow'
    ? 'mlflow.log_param("seed", seed)'
    : via === 'wandb'
      ? 'wandb.config.update({"seed": seed})'
      : via === 'tensorboard'
        ? 'writer.add_text("seed", str(seed))'
        : 'config["seed"] = seed';
};
