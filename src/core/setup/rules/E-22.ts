// Checkpoints that overwrite each other, or hold too little to go on from.

import { type Save, savesOf, savesOptimizer } from '../facts/checkpoints';
import { loopsOf } from '../facts/loops';
import { programOf } from '../facts/programs';
import type { NamedCall, Project } from '../project/project';
import type { PyModule } from '../python/module';
import { fieldOf, type Syntax, walk } from '../python/syntax';
import type { SetupContext, SetupRule } from '../rule';
import { factOf, gathered, type Steps } from '../steps';

export const rule: SetupRule = {
  meta: {
    id: 'E-22',
    title: 'Checkpoints can be compared and resumed',
    severity: 'note',
    why: 'One file that every epoch overwrites holds the last state and never the best; weights alone restart the optimiser from nothing when a run is resumed.',
    source: 'PyTorch, “Saving and loading a general checkpoint”',
  },
  *check(context) {
    const over = overwritten(context);
    yield* resumeOptionsOf.steps(context.project);
    const bare = weightsOnly(context);
    for (const { save, summary, text } of [
      ...over.map((save) => ({
        save,
        summary: 'One file is overwritten in every epoch, and no best copy is kept.',
        text: 'Keep a second copy when the value on held-out data improves, or put the epoch into the name.',
      })),
      ...bare.map((save) => ({
        save,
        summary: 'The script offers to resume, but its checkpoints hold no state of the optimiser.',
        text: 'Save and restore the optimiser, the schedule and the step with the weights.',
      })),
    ].slice(0, 3))
      yield {
        kind: 'finding',
        confidence: 0.8,
        places: [{ module: save.call.module, node: save.call.node }],
        summary,
        fix: {
          text,
          code: 'torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "scheduler": scheduler.state_dict(), "epoch": epoch}, f"{out}/epoch_{epoch:03d}.pt")',
          edits: [],
        },
      };
  },
};

/** Saves in the loop over epochs, of a path that nothing in the loop changes, under no condition, with no other save of the program under one. */
function overwritten({ project, trainings }: SetupContext): readonly Save[] {
  return trainings.flatMap((training) => {
    const loop = training.kind === 'loop' ? loopsOf(training, project).epoch : null;
    if (!loop) return [];
    const program = programOf(training.module, project);
    const saves = savesOf(project).filter(({ call }) => program.has(call.module));
    const inLoop = saves.filter(({ call, path }) => path && call.module === loop.module && inside(call.node, loop.node));
    const always = inLoop.filter(({ call, path }) => !isConditional(call.node, loop.node) && isConstantIn(path as Syntax, loop.node, call.module));
    const others = saves.filter((save) => !always.includes(save));
    return others.length > 0 ? [] : always.slice(0, 1);
  });
}

const inside = (node: Syntax, outer: Syntax): boolean => outer.from <= node.from && node.to <= outer.to;

function isConditional(node: Syntax, loop: Syntax): boolean {
  for (let at = node.parent; at && at !== loop; at = at.parent)
    if (/^(if_statement|elif_clause|else_clause|conditional_expression|match_statement)$/.test(at.type)) return true;
  return false;
}

/** Whether every name in a path is bound outside of the loop, and nothing in it is drawn or counted. */
function isConstantIn(path: Syntax, loop: Syntax, module: PyModule): boolean {
  for (const node of walk(path)) {
    if (node.type === 'call' && !/^(os\.path\.join|str|Path|pathlib\.Path|join)$/.test(module.textOf(fieldOf(node, 'function') ?? node))) return false;
    if (node.type !== 'identifier' || (node.field === 'attribute' && node.parent?.type === 'attribute')) continue;
    const bindings = module.scopeOf(node).lookup(module.textOf(node));
    if (bindings.some((one) => inside(one.node, loop) || one.node === loop)) return false;
    if (bindings.some((one) => one.kind === 'parameter' || one.kind === 'with')) return false;
  }
  return !/self\./.test(module.textOf(path));
}

/** Saves without the optimiser where the program starts again from a saved epoch. */
function weightsOnly({ project, trainings }: SetupContext): readonly Save[] {
  const module = trainings.find(({ kind }) => kind === 'loop')?.module;
  if (!module) return [];
  const program = programOf(module, project);
  const loads = project.callsOf(program).filter(({ name }) => name === 'torch.load');
  if (loads.length === 0 || !(loads.some((call) => isResume(call.module)) || resumeOptionsOf(project).length > 0)) return [];
  const saves = savesOf(project).filter(({ call, value }) => program.has(call.module) && value !== null && call.name === 'torch.save');
  const states = saves.map((save) => savesOptimizer(save, project));
  return saves.length > 0 && states.every((state) => state === false) ? saves.slice(0, 1) : [];
}

/** An epoch or a step is taken from what was loaded, or an option to resume is read. */
const isResume = ({ code }: PyModule): boolean =>
  /(start\w*|epoch\w*|step)\s*=\s*\w+\[\s*["'](epoch|step|iter\w*|global_step)["']\s*\]/.test(code.text) || /\b(args|cfg|opt|config)\.resume\b/.test(code.text);

const resumeOptionsOf = factOf(function* (project: Project): Steps<readonly NamedCall[]> {
  return yield* gathered(project.calls, (call) => {
    const { name, callee, args, module } = call;
    return name !== null && /add_argument$/.test(module.textOf(callee)) && args.some((one) => /resume/.test(module.textOf(one))) ? [call] : [];
  });
});
