// Models that are fitted on all rows and scored on a part of them, which was split off for it.

import type { NamedCall, Project } from '../project/project';
import type { PyFunction, PyModule } from '../python/module';
import { argumentOf } from '../python/resolve';
import { fieldOf, type Syntax } from '../python/syntax';
import { flowOf, isWithin } from './flow';
import type { Leak } from './leaks';
import { splitOf } from './splits';

/** `model.fit(X, y)` on all rows after they were split, then a score on the part split off. */
export function* refitsOf(project: Project): Iterable<Leak | undefined> {
  const flow = flowOf(project);
  for (const split of project.calls) {
    yield;
    if (split.name !== 'sklearn.model_selection.train_test_split' || split.args[0]?.type !== 'identifier') continue;
    const { module, within } = split;
    const whole = flow.variableOf(split.args[0], module);
    const name = module.textOf(split.args[0]);
    const isSame = (one: Syntax) => module.textOf(one) === name && (whole.length === 0 || flow.variableOf(one, module) === whole);
    const assignment = split.node.parent?.type === 'assignment' ? split.node.parent : null;
    const held = assignment ? fieldOf(assignment, 'left')?.children.filter((one) => splitOf(module.textOf(one)) === 'test') : undefined;
    if (!held || held.length === 0) continue;
    const isHeld = (one: Syntax) => one.type === 'identifier' && held.some((name) => module.textOf(name) === module.textOf(one));
    const here = project.callsIn(module);
    const early = fittedBefore(split, here, isSame, isHeld, project);
    if (early) yield early;
    for (const fit of here) {
      if (fit.within !== within || fit.node.from < split.node.from || !/^(sklearn|xgboost|lightgbm|catboost)(\.\w+)*\.fit$/.test(fit.name ?? '')) continue;
      const [first] = fit.args;
      if (first?.type !== 'identifier' || !isSame(first) || fit.callee.type !== 'attribute') continue;
      // The name now holds something else: `X = X_train`.
      if (flow.definitionsOf(first, module).some(({ node }) => node.from > split.node.from && node.from < fit.node.from)) continue;
      const model = module.textOf(fit.callee.children[0] as Syntax);
      const scored = here.find(
        (one) =>
          one.node.from > fit.node.from &&
          one.callee.type === 'attribute' &&
          module.textOf(one.callee.children[0] as Syntax) === model &&
          /\.(predict|predict_proba|score|decision_function)$/.test(module.textOf(one.callee)) &&
          one.args.some(isHeld),
      );
      const scoredBefore = here.some(
        (one) =>
          one.node.from < fit.node.from &&
          one.node.from > split.node.from &&
          /\.(predict|predict_proba|score)$/.test(module.textOf(one.callee)) &&
          one.args.some(isHeld) &&
          module.textOf(one.callee).startsWith(`${model}.`),
      );
      if (scored && !scoredBefore && !isWithin(scored.node, fit.node))
        yield { module, node: fit.node, others: [{ module, node: scored.node }], kind: 'refit', what: model, confidence: 0.9 };
    }
  }
}

const supervised = /^(sklearn\.(?!cluster|mixture|decomposition|manifold|preprocessing|compose|feature_)|xgboost|lightgbm|catboost)(\.?\w+)*\.fit$/;
const scores = /^sklearn\.metrics\b|(^|[._])(score|scores|metrics?|evaluate|evaluation|report|accuracy|rmse|mae|mse|r2)(_\w+)?$/i;

/** `model = train(X, y)`, then `train_test_split(X, y)`, then a score of that model on the part split off: the function fitted on those rows too. */
function fittedBefore(
  split: NamedCall,
  here: readonly NamedCall[],
  isSame: (one: Syntax) => boolean,
  isHeld: (one: Syntax) => boolean,
  project: Project,
): Leak | null {
  const { module, within } = split;
  const isMeasured = here.some(
    (one) => one.within === within && one.node.from > split.node.to && scores.test(one.name ?? module.textOf(one.callee)) && one.args.some(isHeld),
  );
  if (!isMeasured) return null;
  for (const fit of here) {
    if (fit.within !== within || fit.node.to > split.node.from || !fit.args.some((one) => one.type === 'identifier' && isSame(one))) continue;
    for (const model of fittedBy(fit, isSame, project)) {
      const used = here.find(
        (one) =>
          one.within === within &&
          one.node.from > split.node.to &&
          one.args.some(isHeld) &&
          uses(one, model, module) &&
          isStill(one, fit, model, here, project),
      );
      if (used) return { module, node: fit.node, others: [{ module, node: used.node }], kind: 'refit', what: model, confidence: 0.85 };
    }
  }
  return null;
}

/** The names of what a call fits on the rows: of `model.fit(X, y)` the model, of `model = train(X, y)` what the function gives back. */
function fittedBy(fit: NamedCall, isSame: (one: Syntax) => boolean, project: Project): readonly string[] {
  const { callee, module, node, args } = fit;
  if (supervised.test(fit.name ?? '')) return args.length > 1 && args[0] && isSame(args[0]) && callee.children[0] ? [module.textOf(callee.children[0])] : [];
  const left = node.parent?.type === 'assignment' ? fieldOf(node.parent, 'left') : null;
  const names = left?.type === 'identifier' ? [left] : left?.type === 'pattern_list' ? left.children.filter(({ type }) => type === 'identifier') : [];
  const fits = project.targetsOf(fit).some((fn) => args.some((one) => isSame(one) && fitsOn(one, fit, fn, project)));
  return fits ? names.map((one) => module.textOf(one)) : [];
}

/** Whether a function fits an estimator on the rows that it is handed, and splits none off itself. */
function fitsOn(given: Syntax, call: NamedCall, fn: PyFunction, project: Project): boolean {
  const inside = project.callsIn(fn.module).filter(({ within }) => within === fn);
  if (inside.some(({ name }) => /^sklearn\.model_selection\.\w*([sS]plit|Fold)(\.split)?$/.test(name ?? ''))) return false;
  const flow = flowOf(project);
  return inside.some(({ name, args: [rows] }) => {
    if (!rows || !supervised.test(name ?? '')) return false;
    return [...flow.of(rows, fn.module).nodes].some(
      ([one, where]) => one.type === 'identifier' && where === fn.module && isWithin(one, fn.node) && argumentOf(call, fn, where.textOf(one)) === given,
    );
  });
}

const uses = ({ callee, args }: NamedCall, model: string, module: PyModule): boolean =>
  (callee.type === 'attribute' && callee.children[0] !== undefined && module.textOf(callee.children[0]) === model) ||
  args.some((one) => module.textOf(one) === model);

/** Nothing gave the name another model since, and nothing fitted it again. */
function isStill(use: NamedCall, fit: NamedCall, model: string, here: readonly NamedCall[], project: Project): boolean {
  const { module } = use;
  const isAgain = here.some(
    (one) =>
      one.node.from > fit.node.to &&
      one.node.to < use.node.from &&
      /\.(fit|partial_fit)$/.test(module.textOf(one.callee)) &&
      module.textOf(one.callee).startsWith(`${model}.`),
  );
  const names = use.callee.type === 'attribute' && use.callee.children[0] ? [use.callee.children[0], ...use.args] : use.args;
  const name = names.find((one) => one.type === 'identifier' && module.textOf(one) === model);
  return (
    !isAgain &&
    !/\.(fit|partial_fit)$/.test(module.textOf(use.callee)) &&
    (!name ||
      flowOf(project)
        .definitionsOf(name, module)
        .every(({ node }) => node.from <= fit.node.to))
  );
}
