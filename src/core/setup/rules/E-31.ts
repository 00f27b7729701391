// Names of metrics that break charts: a step in the name, one family in several styles, splits that cannot be told apart.

import { evaluationsOf } from '../facts/evaluation';
import { isWithin } from '../facts/flow';
import type { LoggedName } from '../facts/logging';
import { loopsOf } from '../facts/loops';
import { metricNameOf } from '../facts/metrics';
import { comesFrom, type Records, recordsOf } from '../facts/records';
import type { Store } from '../facts/stored';
import type { Project } from '../project/project';
import { fieldOf, type Syntax, walk } from '../python/syntax';
import type { Found, SetupContext, SetupRule } from '../rule';

const counters = /^(epochs?|ep|epoch_?(idx|num|i)?|steps?|global_?step|it|iter|iters|iteration|batch_?(idx|id|i|num)?|batches|i_?batch|chunk|n_?iter)$/i;
/** Loops over these make series of their own, not steps. */
const series = /fold|split|seed|trial|class|label|layer|head|task|client|agent|run|model|group|rank|level|lr|env|domain/i;

export const rule: SetupRule = {
  meta: {
    id: 'E-31',
    title: 'One metric, one name',
    severity: 'note',
    why: 'A step in the name makes a new chart of one point each time, and two styles or one name for two splits keep curves apart that belong together.',
    source: 'G-01',
  },
  *check(context) {
    const seen = new Set<Syntax>();
    for (const records of yield* recordsOf.steps(context)) {
      yield;
      const stores = records.metrics.filter(({ kind, via, call }) => kind === 'metrics' && via !== 'unknown' && call !== null);
      for (const found of [stepInName(records, stores, context.project), styles(stores), sameName(stores, context)]) {
        const place = found?.kind === 'finding' ? found.places[0]?.node : undefined;
        if (!found || !place || seen.has(place)) continue;
        seen.add(place);
        yield found;
      }
    }
  },
};

function stepInName(records: Records, stores: readonly Store[], project: Project): Found | null {
  const { training } = records;
  if (training.kind !== 'loop' && training.framework !== 'lightning') return null;
  const { step, epoch } = loopsOf(training, project);
  const bad = stores.flatMap((store) => store.names.filter((name) => fillsStep(name, store, [step?.node, epoch?.node])).map((name) => ({ store, name })));
  const [first] = bad;
  if (!first) return null;
  return {
    kind: 'finding',
    confidence: 0.93,
    places: bad.map(({ store: { module }, name: { node } }) => ({ module, node })),
    summary: `The name \`${first.name.text}\` changes with every step: each becomes a curve of its own.`,
    fix: {
      text: 'Keep the name fixed and hand the number over as the step.',
      code: `"${first.name.text.replace(/[_\-/ .]?(epoch|step|batch|chunk|iter)?[_\-/ .]?\{\}/g, '') || 'loss'}"  # step=epoch`,
      edits: [],
    },
  };
}

/** Whether a name is filled in with the number of the step, batch or epoch. */
function fillsStep({ node }: LoggedName, { module }: Store, loops: readonly (Syntax | undefined)[]): boolean {
  for (const part of walk(node)) {
    const inside = part.type === 'interpolation' || (part.type === 'call' && /^str\(/.test(module.textOf(part)));
    if (!inside) continue;
    for (const at of walk(part)) {
      if (at.type !== 'identifier' || at.field === 'function' || at.field === 'attribute') continue;
      const name = module.textOf(at);
      if (series.test(name)) continue;
      const bindings = module.scopeOf(at).lookup(name);
      const counted = bindings.some((one) => one.kind === 'each' && loops.includes(one.node) && counts(one.node, name, module.code.text));
      if (counted || (counters.test(name) && bindings.some(({ kind }) => kind === 'each' || kind === 'parameter' || kind === 'assign'))) return true;
    }
  }
  return false;
}

/** `for epoch in range(…)`, the first of `for i, batch in enumerate(…)`. */
function counts(loop: Syntax, name: string, text: string): boolean {
  const [left, right] = [fieldOf(loop, 'left'), fieldOf(loop, 'right')];
  if (!left || !right) return false;
  const [head, over] = [text.slice(left.from, left.to), text.slice(right.from, right.to)];
  return (/^(tqdm\(|trange\(|range\()/.test(over) && head === name) || (/enumerate\(/.test(over) && head.startsWith(name));
}

function styles(stores: readonly Store[]): Found | null {
  const names = stores.flatMap((store) => store.names.map(({ text, node }) => ({ name: metricNameOf(text), node, module: store.module })));
  const byFamily = new Map<string, (typeof names)[number][]>();
  for (const one of names) if (one.name?.split && one.name.family !== '') byFamily.set(one.name.family, [...(byFamily.get(one.name.family) ?? []), one]);
  for (const [family, all] of byFamily) {
    const first = all[0];
    const other = all.find(({ name, module }) => module === first?.module && name?.style !== first?.name?.style && name?.split !== first?.name?.split);
    if (!first?.name || !other?.name) continue;
    return {
      kind: 'finding',
      confidence: 0.85,
      places: [first, other].map(({ module, node }) => ({ module, node })),
      summary: `\`${first.name.text}\` and \`${other.name.text}\` are one metric (${family}) in two styles: no tool puts them on one chart.`,
      fix: { text: 'Name them by one scheme.', code: `"train/${family.replaceAll(' ', '_')}", "val/${family.replaceAll(' ', '_')}"`, edits: [] },
    };
  }
  return null;
}

/** One name that a training value and a held-out value share, in one run of the same tracker. */
function sameName(stores: readonly Store[], { project, trainings }: SetupContext): Found | null {
  const heldOut = evaluationsOf(trainings, project).filter(({ kind, fn }) => kind === 'function' || (kind === 'loop' && fn !== null));
  const loops = trainings.filter(({ kind, stepLoop }) => kind === 'loop' && stepLoop !== null);
  for (const store of stores) {
    for (const { text, node } of store.names) {
      const other = stores.find(
        (one) =>
          one !== store &&
          one.via === store.via &&
          text !== '' &&
          !text.includes('{}') &&
          one.names.some((name) => name.text === text) &&
          receiver(one) === receiver(store),
      );
      if (!other || metricNameOf(text)?.split) continue;
      const trains =
        loops.some((one) => isWithin(store.node, one.stepLoop as Syntax) && store.module === one.module) ||
        loops.some((one) => comesFrom(store, one.stepLoop as Syntax, one.module, project));
      const scores = heldOut.some((one) => one.module === other.module && isWithin(other.node, one.node));
      const trainsToo = loops.some((one) => isWithin(other.node, one.stepLoop as Syntax) && other.module === one.module);
      if (!trains || !scores || trainsToo || heldOut.some((one) => one.module === store.module && isWithin(store.node, one.node))) continue;
      return {
        kind: 'finding',
        confidence: 0.8,
        places: [
          { module: store.module, node },
          { module: other.module, node: other.node },
        ],
        summary: `\`${text}\` holds values of the training and of held-out data: one curve of both.`,
        fix: { text: 'Put the split into the name.', code: `"train/${text}", "val/${text}"`, edits: [] },
      };
    }
  }
  return null;
}

/** Two writers keep the same name apart. */
const receiver = ({ call, module }: Store): string => (call?.callee.type === 'attribute' ? module.textOf(fieldOf(call.callee, 'object') ?? call.callee) : '');
