// Media, histograms and whole tensors that are logged on every batch.

import { isWithin } from '../facts/flow';
import { duringOf, headOf, loopsOf } from '../facts/loops';
import { type Records, recordsOf } from '../facts/records';
import type { Store } from '../facts/stored';
import type { Project } from '../project/project';
import { constantOf } from '../python/resolve';
import { fieldOf, type Syntax, walk } from '../python/syntax';
import type { SetupRule } from '../rule';

const media = /^(wandb|swanlab|trackio)(\.\w+)*\.(Image|Video|Audio|Histogram|Table|Object3D|Html|Plotly|Molecule)$/;
/** Conditions that let every batch through. */
const always = /rank|is_main|main_process|master|use_wandb|wandb_log|log_wandb|args\.log|cfg\.log|writer|is not None|self\.training|training$/;

export const rule: SetupRule = {
  meta: {
    id: 'E-33',
    title: 'Logging does not slow the training',
    severity: 'note',
    why: 'Pictures and histograms of every batch cost upload and storage many times over, and nobody looks at them all.',
    source: 'own reading of published training code',
  },
  *check(context) {
    const { project } = context;
    const seen = new Set<Syntax>();
    for (const records of yield* recordsOf.steps(context)) {
      yield;
      for (const { store, node, summary } of costsOf(records, project)) {
        if (seen.has(node)) continue;
        seen.add(node);
        yield {
          kind: 'finding',
          confidence: 0.88,
          places: [{ module: store.module, node }],
          summary,
          fix:
            store.kind === 'watch'
              ? { text: 'Watch every few hundred steps.', code: 'wandb.watch(model, log_freq=500)', edits: [] }
              : { text: 'Log a few of them once per epoch.', code: 'if step % 500 == 0:\n    ...', edits: [] },
        };
        break;
      }
    }
  },
};

function* costsOf({ training, stores }: Records, project: Project): Generator<{ readonly store: Store; readonly node: Syntax; readonly summary: string }> {
  for (const store of stores) {
    const often = store.kind === 'watch' ? store.call?.keywords.get('log_freq') : undefined;
    if (often && constantOf(often, store.module) === 1)
      yield { store, node: store.node, summary: 'Histograms of weights and gradients are logged on every step (log_freq=1).' };
  }
  if (training.kind !== 'loop') return;
  const { step, epoch } = loopsOf(training, project);
  // A loop that is the epochs' own runs once per epoch.
  if (!step || (step.node === epoch?.node && /epoch|\brange\(/.test(headOf(step)))) return;
  const during = duringOf(training, project);
  for (const store of stores) {
    const { call, module } = store;
    if (!call || !during.has(store.node, module) || module !== step.module || !isWithin(store.node, step.node)) continue;
    // Another loop around it is its own affair only where each batch runs it.
    if (isGuarded(store.node, step.node, module.code.text)) continue;
    if (store.kind === 'media' || store.kind === 'histogram')
      yield { store, node: store.node, summary: `${store.kind === 'media' ? 'Media' : 'Histograms'} are logged on every batch.` };
    else if (store.kind === 'metrics') {
      const inside = [...walk(store.node)].find((node) => {
        const callee = node.type === 'call' ? fieldOf(node, 'function') : null;
        return callee !== null && media.test(project.nameOf(callee, module) ?? '');
      });
      if (inside) yield { store, node: inside, summary: `${module.textOf(inside).split('(')[0]} is logged on every batch.` };
    }
  }
}

/** Under a condition that holds now and then, within the loop. */
function isGuarded(node: Syntax, loop: Syntax, text: string): boolean {
  for (let at: Syntax | null = node; at && at !== loop; at = at.parent) {
    const condition: Syntax | null = at.type === 'if_statement' || at.type === 'elif_clause' ? fieldOf(at, 'condition') : null;
    if (
      condition &&
      (!always.test(text.slice(condition.from, condition.to)) || /%|==/.test(text.slice(condition.from, condition.to).replace(/rank\w*\s*==\s*0/, '')))
    )
      return true;
    if (at.type === 'conditional_expression' || at.type === 'else_clause') return true;
  }
  // `if i % 50: continue` above it.
  return /%\s*[\w.]+[^\n]*:\s*\n?\s*continue/.test(text.slice(loop.from, node.from));
}
