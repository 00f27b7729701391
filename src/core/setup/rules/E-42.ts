// Rows that are trained on and scored as held out.

import { flowOf } from '../facts/flow';
import { splitOf } from '../facts/splits';
import type { NamedCall, Project } from '../project/project';
import type { PyModule } from '../python/module';
import { fieldOf, type Syntax } from '../python/syntax';
import type { NodePlace, SetupRule } from '../rule';

const trainers = /^(transformers|trl)(\.\w+)*\.\w*Trainer$/;
const fits = /^((tensorflow\.)?keras|tf_keras)(\.\w+)*\.fit$/;
const splitters = /^sklearn\.model_selection\.train_test_split$/;

export const rule: SetupRule = {
  meta: {
    id: 'E-42',
    title: 'Validation rows are no training rows',
    severity: 'critical',
    why: 'Scored on rows that it has seen, an overfitted model looks perfect.',
    source: 'Kaufman et al., TKDD 6 (2012)',
  },
  *check({ project }) {
    for (const call of project.calls) {
      yield;
      const found = call.name === null ? null : trainers.test(call.name) ? ofTrainer(call, project) : fits.test(call.name) ? ofFit(call, project) : null;
      if (!found) continue;
      yield {
        kind: 'finding',
        confidence: 0.9,
        places: [found],
        summary: `\`${found.module.textOf(found.node)}\` is scored as held out and is part of the training data.`,
        fix: { text: 'Train on the training part only.', code: 'model.fit(X_train, y_train, validation_data=(X_val, y_val))', edits: [] },
      };
    }
    for (const module of project.modules) {
      yield;
      yield* overlaps(module, project);
    }
  },
};

function ofTrainer({ keywords, module }: NamedCall, project: Project): NodePlace | null {
  const [train, held] = [keywords.get('train_dataset'), keywords.get('eval_dataset')];
  return train && held && isSame(train, held, module, project) ? { module, node: held } : null;
}

function ofFit({ args, keywords, module }: NamedCall, project: Project): NodePlace | null {
  const held = keywords.get('validation_data');
  const train = keywords.get('x') ?? args[0];
  const first = held?.type === 'tuple' ? held.children[0] : held;
  if (!train || !held || !first) return null;
  return isSame(train, first, module, project) || isPartOf(first, train, module, project) ? { module, node: held } : null;
}

/** The same name, with the same value at both places. */
const isSame = (a: Syntax, b: Syntax, module: PyModule, project: Project): boolean =>
  a.type === 'identifier' &&
  b.type === 'identifier' &&
  module.textOf(a) === module.textOf(b) &&
  flowOf(project)
    .definitionsOf(a, module)
    .every(({ node }) =>
      flowOf(project)
        .definitionsOf(b, module)
        .some((other) => other.node === node),
    );

/** A part of `train_test_split(X)`, while the whole X is trained on. */
function isPartOf(part: Syntax, whole: Syntax, module: PyModule, project: Project): boolean {
  if (part.type !== 'identifier' || whole.type !== 'identifier') return false;
  const flow = flowOf(project);
  const found = flow.definitionsOf(part, module);
  const right = found.length === 1 && found[0] ? fieldOf(found[0].node, 'right') : null;
  const split = right ? project.callAt(right, module) : undefined;
  const [first] = split?.args ?? [];
  if (!split?.name || !splitters.test(split.name) || first?.type !== 'identifier' || module.textOf(first) !== module.textOf(whole)) return false;
  // The name was given the training part since.
  return !flow.definitionsOf(whole, module).some(({ node }) => node.from >= split.node.from || node === found[0]?.node);
}

/** `train = rows[:800]` and `val = rows[700:]`. */
function* overlaps(module: PyModule, project: Project) {
  const told = new Set<number>();
  const heads = new Map<string, number>();
  for (const scope of module.scopes.values()) {
    for (const [name, bindings] of scope.bindings) {
      const [only] = bindings;
      const value = bindings.length === 1 && only?.kind === 'assign' ? only.value : null;
      const border = value?.type === 'subscript' ? borderOf(value, module) : null;
      if (!only || !value || !border || !project.reaches({ node: only.node, within: module.functionAround(only.node), module })) continue;
      const key = `${scope.node.from}/${border.of}`;
      if (border.end !== null && splitOf(name) === 'train') heads.set(key, border.end);
    }
    for (const [name, bindings] of scope.bindings) {
      const [only] = bindings;
      const value = bindings.length === 1 && only?.kind === 'assign' ? only.value : null;
      const border = value?.type === 'subscript' ? borderOf(value, module) : null;
      const split = splitOf(name);
      const end = border ? heads.get(`${scope.node.from}/${border.of}`) : undefined;
      if (!value || !border || border.start === null || end === undefined || split === null || split === 'train' || border.start >= end || told.has(value.line))
        continue;
      told.add(value.line);
      yield {
        kind: 'finding' as const,
        confidence: 0.9,
        places: [{ module, node: value }],
        summary: `\`${name}\` begins at row ${border.start}, and the training rows end at ${end}.`,
        fix: { text: 'Begin the held-out rows where the training rows end.', code: `${name} = ${border.of}[${end}:]`, edits: [] },
      };
    }
  }
}

/** Of `rows[:800]` the end, of `rows[700:]` the start; both without a sign. */
function borderOf(node: Syntax, module: PyModule): { readonly of: string; readonly start: number | null; readonly end: number | null } | null {
  const [value, slice] = [fieldOf(node, 'value'), fieldOf(node, 'subscript')];
  const text = slice?.type === 'slice' ? module.textOf(slice).replaceAll(/[\s_]/g, '') : '';
  const [, start = '', end = ''] = /^(\d*):(\d*)$/.exec(text) ?? [];
  if (!value || (start === '') === (end === '')) return null;
  return { of: module.textOf(value), start: start === '' ? null : Number(start), end: end === '' ? null : Number(end) };
}
