// A step that is the same at every call.

import { logCallsOf } from '../facts/logging';
import type { NamedCall } from '../project/project';
import type { Syntax } from '../python/syntax';
import type { SetupRule } from '../rule';

export const rule: SetupRule = {
  meta: {
    id: 'E-39',
    title: 'The step of a metric advances',
    severity: 'warn',
    why: 'All values are stored at one step: the curve is a single point, and most trackers keep the last value only.',
    source: 'own reading of published training code',
  },
  *check({ project }) {
    const told = new Set<string>();
    for (const { kind, call, step } of yield* logCallsOf.steps(project)) {
      yield;
      if (kind !== 'metrics' || !step || call.loops.length === 0 || !isFixed(step, call)) continue;
      const name = `${call.module.code.path}/${call.module.textOf(step)}`;
      if (told.has(name)) continue;
      told.add(name);
      yield {
        kind: 'finding',
        confidence: 0.9,
        places: [{ module: call.module, node: call.node }],
        summary: `The step \`${call.module.textOf(step)}\` never changes in the loop that stores metrics by it.`,
        fix: { text: 'Count the step up in the loop.', code: `${call.module.textOf(step)} += 1`, edits: [] },
      };
    }
  },
};

/** A name that is set once, to a number, outside of the loop; nothing else in the file sets it, counts it, or hands it on. */
function isFixed(step: Syntax, { module, loops }: NamedCall): boolean {
  if (step.type !== 'identifier') return false;
  const name = module.textOf(step);
  const bindings = module.scopeOf(step).lookup(name);
  const [only] = bindings;
  if (bindings.length !== 1 || only?.kind !== 'assign' || only.value?.type !== 'integer') return false;
  const outside = loops.every((loop) => !(loop.from <= only.node.from && only.node.to <= loop.to));
  const written =
    module.code.text.match(
      new RegExp(`\\b${name}\\b\\s*(\\+|-|\\*)?=(?!=)|\\b(global|nonlocal)\\b[^\\n]*\\b${name}\\b|\\bfor\\b[^\\n]*\\b${name}\\b[^\\n]*\\bin\\b`, 'g'),
    ) ?? [];
  // A keyword of the same name is written the same way: `step=step`.
  const keywords = module.code.text.match(new RegExp(`[(,]\\s*${name}\\s*=\\s*${name}\\b`, 'g')) ?? [];
  return outside && written.length - keywords.length === 1;
}
