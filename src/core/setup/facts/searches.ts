// The winner of a search and of runs that were compared: by which split it is chosen.

import type { Project } from '../project/project';
import type { PyModule } from '../python/module';
import { constantOf } from '../python/resolve';
import { fieldOf, type Syntax, walk } from '../python/syntax';
import { scoreIn, splitOfLogged, splitOfScore } from './score-split';
import type { Selection } from './selection';

/** The winner of a search: Ray Tune's metric, the value that an objective of Optuna, Hyperopt or Hyperas returns. */
export function* ofSearches(project: Project): Iterable<Selection | undefined> {
  for (const call of project.calls) {
    yield;
    if (
      call.name !== null &&
      /^ray\.(tune|train)\.(TuneConfig|run)$|^ray\.tune\.\w+\.fit\.get_best_result$|^ray\.tune\.(schedulers|search|suggest)(\.\w+)*\.[A-Z]\w+$/.test(call.name)
    ) {
      const metric = call.keywords.get('metric');
      const name = metric ? constantOf(metric, call.module) : null;
      if (typeof name === 'string' && splitOfLogged(name, project) === 'test')
        yield { module: call.module, node: metric!, split: 'test', by: name, what: 'the winner of the search', confidence: 0.9 };
    }
    if (call.name === null || !/^optuna(\.\w+)*\.optimize$|^hyperopt(\.\w+)*\.fmin$|^hyperas\.optim\.minimize$/.test(call.name)) continue;
    const objective = call.args[0] ?? call.keywords.get('fn') ?? call.keywords.get('model');
    const fn = objective ? project.functionOf(project.nameOf(objective, call.module) ?? '') : undefined;
    if (!fn) continue;
    for (const node of walk(fn.node)) {
      if (node.type !== 'return_statement' || !node.children[0] || fn.module.functionAround(node) !== fn) continue;
      const value = scoreIn(node.children[0], fn.module);
      const split = splitOfScore(value, fn.module, project);
      if (split === 'test') yield { module: fn.module, node, split, by: fn.module.textOf(value), what: 'the winner of the search', confidence: 0.85 };
    }
  }
}

/** What is done with the run that won: its model is registered, copied, put to use. */
const putsToUse =
  /\b(register_model|create_model_version|transition_model_version_stage|set_registered_model_alias|load_model|copy(file|tree|2)?|download_artifacts)\(/;
const compared = /(^|\.)search_runs$/;

/** `client.search_runs(…, order_by=["metrics.f1 DESC"])`: the best of runs that hold a score, where its model is put to use. */
export function* ofRuns(project: Project): Iterable<Selection | undefined> {
  for (const call of project.calls) {
    const { module, node, keywords, args } = call;
    if (!compared.test(module.textOf(call.callee))) continue;
    yield;
    const around = call.within?.node ?? module.root;
    if (!putsToUse.test(module.textOf(around))) continue;
    const metric = metricIn([...keywords.values(), ...args], module) ?? metricIn(picksIn(around, module), module);
    if (metric === null || splitOfLogged(metric, project) !== 'test') continue;
    yield { module, node, split: 'test', by: metric, what: 'the kept model', confidence: 0.8 };
  }
}

/** `runs.sort_values("metrics.f1")`, `runs["metrics.f1"].idxmax()`. */
const picksIn = (around: Syntax, module: PyModule): readonly Syntax[] =>
  [...walk(around)].filter(
    (one) => one.type === 'call' && /\.(sort_values|idxmax|idxmin|nlargest|nsmallest)$/.test(module.textOf(fieldOf(one, 'function') ?? one)),
  );

function metricIn(values: readonly Syntax[], module: PyModule): string | null {
  for (const value of values)
    for (const one of walk(value)) {
      const name = one.type === 'string_content' ? /^\s*metrics\.[`"']?([\w/.-]+)/.exec(module.textOf(one))?.[1] : undefined;
      if (name) return name;
    }
  return null;
}
