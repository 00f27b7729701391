// A metric whose name says another formula than its value.

import { flowOf } from '../facts/flow';
import { logCallsOf } from '../facts/logging';
import { strippedOf } from '../facts/losses';
import { wordsOf } from '../facts/splits';
import type { NamedCall, Project } from '../project/project';
import { fieldOf, type Syntax } from '../python/syntax';
import type { SetupRule } from '../rule';

const names = ['mse', 'rmse', 'mae', 'mape', 'r2', 'accuracy', 'precision', 'recall', 'f1', 'auc'] as const;
type Formula = (typeof names)[number];

const formulas: readonly (readonly [RegExp, Formula])[] = [
  [/^sklearn\.metrics\.root_mean_squared_error$/, 'rmse'],
  [/^sklearn\.metrics\.mean_squared_error$|^torch\.nn\.functional\.mse_loss$/, 'mse'],
  [/^sklearn\.metrics\.mean_absolute_error$|^torch\.nn\.functional\.l1_loss$/, 'mae'],
  [/^sklearn\.metrics\.mean_absolute_percentage_error$/, 'mape'],
  [/^sklearn\.metrics\.r2_score$/, 'r2'],
  [/^sklearn\.metrics\.(balanced_)?accuracy_score$/, 'accuracy'],
  [/^sklearn\.metrics\.precision_score$/, 'precision'],
  [/^sklearn\.metrics\.recall_score$/, 'recall'],
  [/^sklearn\.metrics\.f1_score$/, 'f1'],
  [/^sklearn\.metrics\.roc_auc_score$/, 'auc'],
];
const roots = /^(math|numpy|torch)\.sqrt$/;

export const rule: SetupRule = {
  meta: {
    id: 'E-40',
    title: 'A metric is what its name says',
    severity: 'warn',
    why: 'Who reads the chart compares it with other values of that name, and they are of another formula.',
    source: 'own reading of published training code',
  },
  *check({ project }) {
    for (const { kind, call, names: logged } of yield* logCallsOf.steps(project)) {
      yield;
      if (kind !== 'metrics') continue;
      for (const { text, value } of logged) {
        const said = formulaOfName(text);
        const is = value ? formulaOf(value, call, project, 0) : null;
        if (!said || !is || said === is) continue;
        yield {
          kind: 'finding',
          confidence: 0.9,
          places: [{ module: call.module, node: call.node }],
          summary: `\`${text}\` holds ${is.toUpperCase()}, not ${said.toUpperCase()}.`,
          fix: {
            text: 'Name the metric by its formula, or compute what the name says.',
            code: said === 'rmse' && is === 'mse' ? 'rmse = mean_squared_error(y, pred) ** 0.5' : null,
            edits: [],
          },
        };
      }
    }
  },
};

/** The one formula that a name speaks of; `f1_vs_accuracy` speaks of two. */
function formulaOfName(text: string): Formula | null {
  const words = wordsOf(
    text
      .replace(/\b(r2|f1)\b/gi, (word) => (word.toLowerCase() === 'r2' ? 'rsquared' : 'fone'))
      .replace(/r2|f1/gi, (word) => (/r/i.test(word) ? ' rsquared ' : ' fone ')),
  );
  const found = new Set(
    words.flatMap((word): readonly Formula[] =>
      word === 'rsquared' ? ['r2'] : word === 'fone' ? ['f1'] : word === 'acc' ? ['accuracy'] : names.includes(word as Formula) ? [word as Formula] : [],
    ),
  );
  const [only] = found;
  return found.size === 1 && !/loss|log|best|delta|diff|std|balanced|pr_?auc|average/i.test(text) ? (only ?? null) : null;
}

function formulaOf(value: Syntax, call: NamedCall, project: Project, depth: number): Formula | null {
  const { module } = call;
  const at = strippedOf(value, module);
  if (depth > 3) return null;
  if (at.type === 'identifier') {
    const found = flowOf(project).definitionsOf(at, module);
    const [only] = found;
    return found.length === 1 && only?.binding?.kind === 'assign' && only.binding.value && only.node.type === 'assignment'
      ? formulaOf(only.binding.value, call, project, depth + 1)
      : null;
  }
  if (at.type === 'binary_operator') {
    const [left, operator, right] = [fieldOf(at, 'left'), fieldOf(at, 'operator'), fieldOf(at, 'right')];
    const isRoot = operator && right && module.textOf(operator) === '**' && /^\(?\s*(0?\.5|1\s*\/\s*2)\s*\)?$/.test(module.textOf(right));
    return isRoot && left && formulaOf(left, call, project, depth + 1) === 'mse' ? 'rmse' : null;
  }
  const callee = at.type === 'call' ? fieldOf(at, 'function') : null;
  const name = callee ? project.nameOf(callee, module) : null;
  if (name === null) return null;
  const [first] = fieldOf(at, 'arguments')?.children ?? [];
  if (roots.test(name) && first) return formulaOf(first, call, project, depth + 1) === 'mse' ? 'rmse' : null;
  const formula = formulas.find(([pattern]) => pattern.test(name))?.[1] ?? null;
  if (formula === 'mse' && /squared\s*=/.test(module.textOf(at)))
    return /squared\s*=\s*False/.test(module.textOf(at)) ? 'rmse' : /squared\s*=\s*True/.test(module.textOf(at)) ? 'mse' : null;
  return formula;
}
