// Checkpoints that overwrite each other, or hold too little to go on from.

import { type Save, savesOf, savesOptimizer } from '../facts/checkpoints';
import { loopsOf } from '../facts/loops';
import { programOf } from '../facts/programs';
import type { NamedCall, Project } from '../project/project';
import type { PyModule } from '../python/module';
import { constantOf } from '../python/resolve';
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
    for (const { save, summary, text, code } of [
      ...over.map((save) => ({ save, ...overwriting, code: wholeState })),
      ...overwrittenByKeras(context).map((save) => ({ save, ...overwriting, code: bestOfKeras })),
      ...bare.map((save) => ({
        save,
        summary: 'The script offers to resume, but its checkpoints hold no state of the optimiser.',
        text: 'Save and restore the optimiser, the schedule and the step with the weights.',
        code: wholeState,
      })),
    ].slice(0, 3))
      yield {
        kind: 'finding',
        confidence: 0.8,
        places: [{ module: save.call.module, node: save.call.node }],
        summary,
        fix: { text, code, edits: [] },
      };
  },
};

const overwriting = {
  summary: 'One file is overwritten in every epoch, and no best copy is kept.',
  text: 'Keep a second copy when the value on held-out data improves, or put the epoch into the name.',
};
const wholeState =
  'torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "scheduler": scheduler.state_dict(), "epoch": epoch}, f"{out}/epoch_{epoch:03d}.pt")';
const bestOfKeras = 'keras.callbacks.ModelCheckpoint("best.keras", monitor="val_loss", save_best_only=True)';

/** Keras' callback under one name, told to keep every epoch and not the best, where nothing else of the program saves. */
function overwrittenByKeras({ project, trainings }: SetupContext): readonly Save[] {
  const programs = new Set(trainings.filter(({ kind, framework }) => kind === 'fit' && framework === 'keras').map(({ module }) => programOf(module, project)));
  return [...programs].flatMap((program) => {
    const saves = savesOf(project).filter(({ call }) => program.has(call.module));
    const [only] = saves;
    return only && saves.length === 1 && isOneFileOfKeras(only.call) ? [only] : [];
  });
}

function isOneFileOfKeras({ name, args, keywords, splat, module }: NamedCall): boolean {
  const path = args[0] ?? keywords.get('filepath');
  const best = keywords.get('save_best_only');
  if (!/\bkeras(\.\w+)*\.ModelCheckpoint$/.test(name ?? '') || splat || args.length > 3 || !path || (best && best.type !== 'false')) return false;
  const written = constantOf(path, module);
  return typeof written === 'string' && !written.includes('{');
}

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

/** Names for a path that are followed, one to the next. */
const mostNames = 4;

/** Whether every name in a path is bound outside of the loop, and nothing in it is drawn or counted. */
function isConstantIn(path: Syntax, loop: Syntax, module: PyModule, depth = 0): boolean {
  for (const node of walk(path)) {
    if (node.type === 'call' && !/^(os\.path\.join|str|Path|pathlib\.Path|join)$/.test(module.textOf(fieldOf(node, 'function') ?? node))) return false;
    if (node.type !== 'identifier' || (node.field === 'attribute' && node.parent?.type === 'attribute')) continue;
    const bindings = module.scopeOf(node).lookup(module.textOf(node));
    const [only] = bindings;
    // Put together in the loop, of what does not change in it.
    const built = bindings.length === 1 && only?.kind === 'assign' && inside(only.node, loop) ? only.value : null;
    if (built && depth < mostNames && isConstantIn(built, loop, module, depth + 1)) continue;
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
