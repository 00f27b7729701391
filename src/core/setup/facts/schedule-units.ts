// Whether a learning-rate schedule was set up in epochs: by what its arguments say.

import type { Project } from '../project/project';
import type { PyModule } from '../python/module';
import { constantOf } from '../python/resolve';
import { fieldOf, type Syntax } from '../python/syntax';
import { flowOf } from './flow';
import type { Maker } from './makers';

/** The argument that counts steps, by class: keyword and position after the optimizer. */
const counts: Readonly<Record<string, { readonly keyword: string; readonly at: number }>> = {
  StepLR: { keyword: 'step_size', at: 1 },
  MultiStepLR: { keyword: 'milestones', at: 1 },
  CosineAnnealingLR: { keyword: 'T_max', at: 1 },
};
/** Fewer batches than this are no horizon of a schedule: a loader gives more in an epoch or two. */
const fewBatches = 60;
/** After a thousand batches a rate has gone to less than e-10 of what it was. */
const fastDecay = 0.98;
const perBatch = /\blen\s*\(|steps|iters?\b|iterations|batches|updates/i;

/**
 * Whether a schedule is surely meant to be stepped per epoch.
 * @param kind the class: `StepLR`
 */
export function isPerEpoch(kind: string, maker: Maker, project: Project): boolean {
  if (kind === 'ExponentialLR') {
    const gamma = argumentAt(maker, 'gamma', 1);
    const value = gamma ? constantOf(gamma, maker.module) : null;
    return typeof value === 'number' && value <= fastDecay;
  }
  const place = counts[kind];
  const given = place ? argumentAt(maker, place.keyword, place.at) : null;
  if (!given) return false;
  if (wordsOf(given, maker.module, project, perBatch)) return false;
  const value = constantOf(given, maker.module);
  const largest =
    typeof value === 'number'
      ? value
      : Array.isArray(value)
        ? Math.max(...value.map((one) => (typeof one === 'number' ? one : Number.POSITIVE_INFINITY)))
        : null;
  if (wordsOf(given, maker.module, project, /epoch/i)) return true;
  return largest !== null && largest <= fewBatches;
}

/** Whether names in an expression, or in what they were made from, match. */
function wordsOf(node: Syntax, module: PyModule, project: Project, pattern: RegExp): boolean {
  if (pattern.test(module.textOf(node))) return true;
  for (const [one, within] of flowOf(project).of(node, module).nodes)
    if (one.type === 'identifier' || one.type === 'attribute' || one.type === 'call' || one.type === 'string')
      if (pattern.test(within.textOf(one))) return true;
  return false;
}

function argumentAt({ call, module }: Maker, keyword: string, at: number): Syntax | null {
  const list = fieldOf(call, 'arguments')?.children.filter(({ type }) => type !== 'comment') ?? [];
  const named = list.find((one) => one.type === 'keyword_argument' && module.textOf(fieldOf(one, 'name') ?? one) === keyword);
  if (named) return fieldOf(named, 'value');
  const given = list.slice(0, at + 1).some(({ type }) => type === 'keyword_argument') ? null : list[at];
  return given ?? null;
}
