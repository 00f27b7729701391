// Gradients that are clipped without anybody seeing their norm.

import { duringOf } from '../facts/loops';
import { isGradientNorm } from '../facts/metrics';
import { comesFrom, type Records, recordsOf } from '../facts/records';
import { labelsOf } from '../facts/stored';
import type { TextEdit } from '../finding';
import type { NamedCall } from '../project/project';
import type { Syntax } from '../python/syntax';
import type { SetupRule } from '../rule';
import { editOf, metricLine, trackerOf } from '../write';

const clips = /^torch\.nn\.utils(\.clip_grad)?\.clip_grad_norm_?$|\.clip_grad_norm_?$|^(lightning|lightning_fabric|lightning\.fabric)\S*\.clip_gradients$/;

export const rule: SetupRule = {
  meta: {
    id: 'E-30',
    title: 'The norm of clipped gradients is stored',
    severity: 'note',
    why: 'Clipping returns the norm before it clips. Kept, it shows whether the threshold cuts once in a while or every step.',
    impliedBy: ['E-01'],
    source: 'PyTorch documentation, torch.nn.utils.clip_grad_norm_',
  },
  *check(context) {
    const { project } = context;
    const told = new Set<Syntax>();
    for (const records of yield* recordsOf.steps(context)) {
      yield;
      const { training, metrics, automatic } = records;
      if (training.kind !== 'loop' || automatic.metrics !== 'no' || metrics.length === 0) continue;
      const during = duringOf(training, project);
      const lost = during.callsIn(project).filter((call) => {
        const written = call.module.textOf(call.callee);
        if (told.has(call.node) || !(clips.test(call.name ?? '') || clips.test(written))) return false;
        told.add(call.node);
        return !metrics.some(
          (store) => /^unknown/.test(store.via) || labelsOf(store, project).some(isGradientNorm) || comesFrom(store, call.node, call.module, project),
        );
      });
      const [first] = lost;
      if (!first) continue;
      yield {
        kind: 'finding',
        confidence: 0.9,
        places: lost.map(({ module, node }) => ({ module, node })),
        summary: 'The norm that clipping returns is thrown away.',
        fix: {
          text: 'Keep what it returns and log it.',
          code: `grad_norm = ${first.module.textOf(first.callee)}(...)\n${metricLine(trackerOf(records), 'train/grad_norm', 'grad_norm.item()', 'step')}`,
          edits: lost.length === 1 ? editsOf(records, first) : [],
        },
      };
    }
  },
};

/** The result gets a name, and a dictionary logged later in the same loop one more key. */
function editsOf({ metrics }: Records, call: NamedCall): readonly TextEdit[] {
  if (call.node.parent?.type !== 'expression_statement' || /\bgrad_norm\b/.test(call.module.code.text)) return [];
  const [loop] = call.loops;
  const store = metrics.find(
    (one) => one.module === call.module && one.call?.loops[0] === loop && one.node.from > call.node.to && one.call?.args[0]?.type === 'dictionary',
  );
  const last = store?.call?.args[0]?.children.filter(({ type }) => type !== 'comment').at(-1);
  if (!store || !last || inBranch(call.node, loop)) return [];
  return [
    editOf(call.module, call.node.from, call.node.from, 'grad_norm = '),
    editOf(store.module, last.to, last.to, ', "train/grad_norm": grad_norm.item()'),
  ].filter((edit) => edit !== null);
}

/** Under a condition within the loop: the name would not always exist. */
function inBranch(node: Syntax, loop: Syntax | undefined): boolean {
  for (let at = node.parent; at && at !== loop; at = at.parent) if (at.type === 'if_statement' || at.type === 'try_statement') return true;
  return false;
}
