// Gradients that are never cleared; a schedule stepped before the optimizer, or per batch where it is meant per epoch.

import { isWithin } from '../facts/flow';
import { duringOf, loopsOf } from '../facts/loops';
import { makerOf } from '../facts/makers';
import { isPerEpoch } from '../facts/schedule-units';
import type { Training } from '../facts/training';
import type { NamedCall, Project } from '../project/project';
import { isPicked } from '../python/resolve';
import { ancestor, type Syntax } from '../python/syntax';
import type { Found, SetupRule } from '../rule';
import { allOf, bodyOf, childOf, lineBefore, moveAfter, statementOf } from '../statements';

const clears = /zero_?grad|zero_gradients|clear_?grad|\.grad\s*=|\.grad\.(zero_|data|detach_)|del\s+[\w.]+\.grad/i;
const steps = /(^|\.)step$/;
const schedules = /^(torch\.optim\.lr_scheduler\.\w+|transformers(\.\w+)*\.get_\w*sched\w*)$/;
const conditions = new Set(['if_statement', 'elif_clause', 'else_clause', 'try_statement']);

export const rule: SetupRule = {
  meta: {
    id: 'E-27',
    title: 'Gradients are cleared, and steps are taken in order',
    severity: 'critical',
    why: 'Without zero_grad every step adds to the gradients of all steps before: the training follows a sum that nobody meant. A schedule that is stepped too early or too often gives other learning rates than were chosen.',
    source: 'Zhang et al., CAIN 2022, “Gradients not cleared before backward propagation”; PyTorch, torch.optim, “How to adjust learning rate”',
  },
  *check({ project, trainings }) {
    for (const training of trainings) {
      yield;
      if (training.kind !== 'loop' || (training.framework !== 'pytorch' && training.framework !== 'accelerate')) continue;
      const found = [...notCleared(training, project)];
      yield* found;
      yield* ofSchedules(training, project);
    }
  },
};

function* notCleared(training: Training, project: Project): Iterable<Found> {
  const { module, stepLoop, call } = training;
  const { step } = loopsOf(training, project);
  if (!step) return;
  const during = duringOf(training, project);
  const inside = during.callsIn(project).filter((one) => one.callee.type === 'attribute');
  const optimisers = inside.filter((one) => steps.test(one.module.textOf(one.callee)) && isOptimiser(one, project));
  if (optimisers.length === 0) return;
  const regions = [during.calls.region, ...[...during.calls.functions].map(({ module: within, node }) => ({ module: within, node }))];
  const cleared = regions.some((one) => clears.test(one.module.textOf(one.node)));
  // Made anew in each round: nothing can pile up.
  const anew = optimisers.some((one) => {
    const object = one.callee.children[0];
    const maker = object ? makerOf(object, one.module, project) : null;
    return maker !== null && isWithin(maker.call, step.node) && maker.module === step.module;
  });
  if (cleared || anew) return;
  // What takes the optimizer or the model and cannot be seen into may clear.
  const hidden = inside.some(
    (one) => one.name === null && project.targetsOf(one).length === 0 && /optimi[sz]er|\bopt\b/.test(one.args.map((arg) => one.module.textOf(arg)).join(' ')),
  );
  if (hidden) return;
  const optimiser = optimisers[0]!.module === module ? module.textOf(optimisers[0]!.callee).replace(/\.step$/, '') : 'optimizer';
  const edit =
    stepLoop && /^[\w.]+$/.test(optimiser) && optimisers[0]!.within === call.within && optimisers[0]!.args.length === 0
      ? lineBefore(statementOf(call.node), `${optimiser}.zero_grad()`, module)
      : null;
  yield {
    kind: 'finding',
    confidence: 0.95,
    places: [{ module, node: call.node }],
    summary: 'Nothing clears the gradients between steps.',
    fix: {
      text: 'Clear the gradients before each backward pass.',
      code: `${optimiser}.zero_grad()\nloss.backward()\n${optimiser}.step()`,
      edits: allOf(edit ? [edit] : []),
    },
  };
}

/** `opt.step()` of torch's optimizers, or `scaler.step(opt)`; a schedule's step is none. */
function isOptimiser(call: NamedCall, project: Project): boolean {
  const object = call.callee.children[0];
  if (!object) return false;
  const made = makerOf(object, call.module, project)?.name ?? call.name?.replace(/\.step$/, '') ?? null;
  if (made !== null && /^torch\.(amp|cuda\.amp)\.(grad_scaler\.)?GradScaler$/.test(made)) return call.args.length === 1;
  if (made?.includes('.') && !project.classOf(made))
    return (
      /^(torch\.optim|torch_optimizer|apex\.optimizers|transformers(\.optimization)?|timm\.optim)\.(?!lr_scheduler)\w*/.test(made) && !schedules.test(made)
    );
  return call.args.length === 0 && /opt/i.test(call.module.textOf(object)) && !/sched/i.test(call.module.textOf(object));
}

function* ofSchedules(training: Training, project: Project): Iterable<Found> {
  const { step, epoch } = loopsOf(training, project);
  const during = duringOf(training, project);
  if (!step || !epoch) return;
  for (const call of during.callsIn(project)) {
    if (call.args.length > 0 || call.keywords.size > 0 || !steps.test(call.module.textOf(call.callee))) continue;
    const object = call.callee.children[0];
    const maker = object ? makerOf(object, call.module, project) : null;
    if (!maker?.name || !schedules.test(maker.name)) continue;
    const { module } = call;
    const kind = isPicked(maker.name) ? 'The schedule' : maker.name.split('.').at(-1)!;
    const guard = ancestor(call.node, conditions);
    const late = optimiserAfter(call, project);
    if (late && !guard) {
      yield {
        kind: 'finding',
        severity: 'warn',
        confidence: 0.9,
        places: [{ module, node: call.node }],
        summary: `${kind} is stepped before the optimizer: the first learning rate of the schedule is skipped.`,
        fix: {
          text: 'Step the schedule after the optimizer.',
          code: `optimizer.step()\n${module.textOf(call.node)}`,
          edits: moveAfter(statementOf(call.node), late, module),
        },
      };
      continue;
    }
    const inBatches = step.node !== epoch.node && module === step.module && isWithin(call.node, step.node);
    if (!inBatches || (guard && isWithin(guard, step.node)) || !isPerEpoch(kind, maker, project)) continue;
    const own = epoch.module === module && isWithin(step.node, epoch.node);
    yield {
      kind: 'finding',
      severity: 'warn',
      confidence: 0.85,
      places: [{ module, node: call.node }, ...(maker.module === module ? [] : [{ module: maker.module, node: maker.call }])],
      summary: `${kind} is set up in epochs and stepped for every batch.`,
      fix: {
        text: 'Step it once per epoch, after the loop over batches, or set it up in batches.',
        code: `for batch in loader:\n    …\n${module.textOf(call.node)}`,
        edits: own ? moveAfter(statementOf(call.node), step.node, module) : [],
      },
    };
  }
}

/** The statement of the same block, after a call, in which the optimizer steps; null where it stepped before. */
function optimiserAfter(call: NamedCall, project: Project): Syntax | null {
  const statement = statementOf(call.node);
  const block = statement.parent;
  if (block?.type !== 'block' || !/^(for|while)_statement$/.test(block.parent?.type ?? '')) return null;
  const stepsIn = project
    .callsIn(call.module)
    .filter((one) => isWithin(one.node, block) && steps.test(one.module.textOf(one.callee)) && isOptimiser(one, project));
  const helpers = project
    .callsIn(call.module)
    .filter(
      (one) =>
        isWithin(one.node, block) &&
        project
          .targetsOf(one)
          .some((fn) => fn.module.calls.some((inner) => isWithin(inner.node, fn.node) && /(^|\.)backward$/.test(fn.module.textOf(inner.callee)))),
    );
  const places = [...stepsIn, ...helpers].map((one) => childOf(block, one.node)).filter((one) => one !== null);
  if (places.length === 0 || places.some((one) => one.from < call.node.from)) return null;
  return bodyOf(block.parent!).find((one) => one === places[0]) ?? null;
}
