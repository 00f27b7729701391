// Held-out data scored in training mode, or with gradients recorded.

import { evaluationsOf } from '../facts/evaluation';
import { type HeldOutScoring, heldOutScoringsOf, modeOf } from '../facts/held-out';
import { makesModel, modalLayersOf } from '../facts/layers';
import { duringOf, functionsIn, loopsOf, type Region } from '../facts/loops';
import { anyMakerOf, calledOf, type Maker, makerOfCalled, mayBeSame, waysOf } from '../facts/makers';
import { trainedIn } from '../facts/trained';
import type { Training } from '../facts/training';
import type { SetupFix, TextEdit } from '../finding';
import type { NamedCall, Project } from '../project/project';
import type { Found, SetupRule } from '../rule';
import { allOf, bodyOf, lineBefore, statementOf, wrapIn } from '../statements';
import { linesAfter } from '../write';

export const rule: SetupRule = {
  meta: {
    id: 'E-26',
    title: 'Held-out data is scored in evaluation mode, without gradients',
    severity: 'critical',
    why: 'In training mode dropout and batch norm change the outputs (and batch norm learns from the held-out data); with gradients on, scoring costs memory for nothing.',
    source: 'Zhang et al., CAIN 2022, “Training / evaluation mode improper toggling”; SonarPython S6982',
  },
  *check({ project, trainings }) {
    const scorings = heldOutScoringsOf(project, trainings, yield* evaluationsOf.steps(trainings, project));
    for (const one of scorings) {
      yield;
      const { layers, evalMode, noGrad } = one;
      const wrongMode = !evalMode && layers === 'present';
      if (!evalMode && layers === 'unknown') yield { kind: 'unknown', reason: 'the definition of the model could not be seen' };
      if (!wrongMode && noGrad) continue;
      yield findingOf(one, wrongMode, trainings, project);
    }
    yield* staysInEvaluation(project, trainings);
  },
};

function findingOf(one: HeldOutScoring, wrongMode: boolean, trainings: readonly Training[], project: Project): Found {
  const { module, node, fn, model, noGrad } = one;
  const missing = [...(wrongMode ? [`${model}.eval()`] : []), ...(noGrad ? [] : ['torch.no_grad()'])];
  return {
    kind: 'finding',
    severity: wrongMode ? 'critical' : 'warn',
    confidence: 0.9,
    places: [{ module, node: fn || node.type !== 'with_statement' ? nameOrHead(one) : node }],
    summary: wrongMode
      ? `\`${model}\` has dropout or batch norm and scores held-out data in training mode${noGrad ? '' : ', with gradients recorded'}.`
      : `\`${model}\` scores held-out data with gradients recorded.`,
    fix: {
      text: `Score with ${missing.join(' and ')}, and go back with ${model}.train() before training goes on.`,
      code: noGrad ? `${model}.eval()\n…  # score\n${model}.train()` : `${model}.eval()\nwith torch.no_grad():\n    …  # score\n${model}.train()`,
      edits: editsOf(one, wrongMode, trainings, project),
    },
  };
}

/** The call of the model is where a reader looks; the loop around it where one stands there. */
const nameOrHead = ({ call, node, fn }: HeldOutScoring) => (fn ? call.node : node);

function editsOf(one: HeldOutScoring, wrongMode: boolean, trainings: readonly Training[], project: Project): SetupFix['edits'] {
  const { module, node, fn, call, model, noGrad } = one;
  const trainingHere = trainings.find((training) => training.module === module && training.kind === 'loop');
  if (!trainingHere || !/^[\w.]+$/.test(model) || !/^(import torch|import torch as torch)\b/m.test(module.code.text)) return [];
  if (fn && trainings.some((training) => training.module === module && training.within === fn)) return [];
  const edits: (TextEdit | null)[] = [];
  if (fn) {
    const body = bodyOf(fn.node);
    const first = body.find((statement) => !(statement.type === 'expression_statement' && statement.children[0]?.type === 'string'));
    if (!first || first.line === fn.node.line || fn.owner) return [];
    if (wrongMode) edits.push(lineBefore(first, `${model}.eval()`, module));
    if (!noGrad) edits.push(lineBefore(fn.decorators[0] ?? fn.node, '@torch.no_grad()', module));
  } else {
    const statement = statementOf(node);
    if (statement !== node) return [];
    const wrapped = noGrad ? null : wrapIn(statement, 'with torch.no_grad():', module);
    if (!noGrad && !wrapped) return [];
    const put = wrongMode ? lineBefore(statement, `${model}.eval()`, module) : null;
    // Both begin at the same line: one edit.
    if (wrapped) edits.push(put ? { ...wrapped, text: put.text + wrapped.text } : wrapped);
    else edits.push(put);
  }
  if (wrongMode && !isRestored(trainingHere, project)) {
    const { stepLoop, outerLoop } = trainingHere;
    const same = trainingHere.within === (fn ? null : call.within) || project.callersOf(fn as never).some((caller) => caller.within === trainingHere.within);
    if (!stepLoop || !same) return [];
    const epochs = stepLoop === outerLoop ? bodyOf(stepLoop)[0] : stepLoop;
    edits.push(epochs ? lineBefore(epochs, `${model}.train()`, module) : null);
  }
  return allOf(edits);
}

/** Whether the loop over epochs sets training mode itself. */
function isRestored(training: Training, project: Project): boolean {
  const during = duringOf(training, project);
  return during.callsIn(project).some((call) => modeOf(call) !== null && /train/.test(call.module.textOf(call.callee)));
}

/**
 * Evaluation mode is set inside of the loop over epochs, or over batches, for the model that trains, and nothing in that loop sets training mode again.
 */
function* staysInEvaluation(project: Project, trainings: readonly Training[]): Iterable<Found> {
  for (const training of trainings) {
    if (training.kind !== 'loop' || !(training.framework === 'jax' || (training.stepLoop && /^(pytorch|accelerate)$/.test(training.framework)))) continue;
    const { epoch, step } = loopsOf(training, project);
    if (!epoch) continue;
    const between = step && step.node !== epoch.node ? step : null;
    const region = isRestored(training, project) ? between : epoch;
    const found = region ? evalIn(region, training, project) : null;
    if (!region || !found) continue;
    const { call, entry, maker, model } = found;
    const name = trainedName(training, maker, project);
    const where = region === epoch ? bodyOf(epoch.node)[0] : null;
    const here = where && name && epoch.module === training.module && training.module.functionAround(epoch.node) === training.within;
    const after = region !== epoch && name && entry.module === training.module && entry.within === training.within ? statementOf(entry.node) : null;
    yield {
      kind: 'finding',
      confidence: 0.9,
      places:
        region === epoch
          ? [{ module: call.module, node: call.node }]
          : [entry, ...(entry === call ? [] : [call])].map(({ module, node }) => ({ module, node })),
      summary:
        region === epoch
          ? `\`${model}\` goes into evaluation mode in each epoch and never back: from the second epoch on it trains without dropout and with frozen batch norm.`
          : `\`${model}\` goes into evaluation mode between two batches and not back: the rest of the epoch trains without dropout and with frozen batch norm.`,
      fix: {
        text: region === epoch ? 'Set training mode at the top of each epoch.' : 'Set training mode again after scoring.',
        code: `${name ?? model}.train()`,
        edits:
          where && here ? allOf([lineBefore(where, `${name}.train()`, epoch.module)]) : after ? linesAfter(training.module, after, [`${name}.train()`]) : [],
      },
    };
    return;
  }
}

/** The first switch to evaluation mode of a training's own model in a loop that never switches back, and the call in the loop that leads there. */
function evalIn(region: Region, training: Training, project: Project): { call: NamedCall; entry: NamedCall; maker: Maker; model: string } | null {
  const own = project.callsIn(region.module).filter(({ node }) => inside(node, region.node));
  const below = functionsIn(region, project);
  const runs = duringOf(training, project)
    .callsIn(project)
    .filter(
      ({ node, module }) => (module === region.module && inside(node, region.node)) || [...below].some((fn) => fn.module === module && inside(node, fn.node)),
    );
  if (runs.some((call) => modeOf(call) !== null && /train/.test(call.module.textOf(call.callee)))) return null;
  const trained = trainedIn([training], project);
  for (const call of runs) {
    if (modeOf(call) !== 'eval' || call.callee.type !== 'attribute' || !/eval$/.test(call.module.textOf(call.callee))) continue;
    const [object] = call.callee.children;
    const maker = object ? anyMakerOf(object, call.module, project) : null;
    if (!object || !maker || !waysOf(maker).some((one) => trained.has(one.call)) || !makesModel(maker, project) || modalLayersOf(maker, project) !== 'present')
      continue;
    const leads = (one: NamedCall) =>
      one.node === call.node ||
      project.targetsOf(one).some((fn) => fn === call.within || functionsIn({ module: fn.module, node: fn.node }, project).has(call.within!));
    return { call, entry: own.find(leads) ?? call, maker, model: call.module.textOf(object) };
  }
  return null;
}

/** How the steps of a training call the model that a maker made. */
function trainedName({ module, stepLoop, within }: Training, maker: Maker, project: Project): string | null {
  const called = module.calls.find(
    (call) => stepLoop && call.within === within && inside(call.node, stepLoop) && isOf(makerOfCalled(call.callee, module, project), maker),
  );
  const name = called ? module.textOf(calledOf(called.callee, module)) : '';
  return /^\w+(\.\w+)*$/.test(name) ? name : null;
}

const isOf = (one: Maker | null, maker: Maker): boolean => one !== null && mayBeSame(one, maker);

const inside = (node: { readonly from: number; readonly to: number }, outer: { readonly from: number; readonly to: number }) =>
  outer.from <= node.from && node.to <= outer.to;
