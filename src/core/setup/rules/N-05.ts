// A cell that goes on training the model of another cell, and was perhaps run twice.

import { isWithin } from '../facts/flow';
import { calledOf, makerOf } from '../facts/makers';
import type { Training } from '../facts/training';
import type { Project } from '../project/project';
import { memberOf, type Syntax } from '../python/syntax';
import type { SetupRule } from '../rule';

export const rule: SetupRule = {
  meta: {
    id: 'N-05',
    title: 'A model is made in the cell that trains it',
    severity: 'note',
    why: 'Run again, the cell goes on from the weights that it left: the numbers below are of a longer training than the code says.',
    source: 'Pimentel et al., MSR 2019, “out-of-order cells”',
  },
  *check({ project, trainings }) {
    for (const training of trainings) {
      yield;
      const { module, call } = training;
      const notebook = project.notebooks.get(module.code.path);
      // One call of scikit-learn begins anew by itself.
      if (!notebook || training.kind === 'single' || call.within !== null) continue;
      const made = makerOfModel(training, project);
      const [trainedIn, madeIn] = [module.placeOf(call.node).cell, made === null ? null : module.placeOf(made).cell];
      const numberOf = (index: number | null) => notebook.cells.find(({ cell }) => cell === index)?.executed ?? null;
      const [trained, begun] = [numberOf(trainedIn), numberOf(madeIn)];
      if (madeIn === null || madeIn === trainedIn || trained === null || begun === null || trained < begun) continue;
      const between = notebook.cells.filter(({ executed, cell }) => executed !== null && executed > begun && executed < trained && cell !== trainedIn).length;
      // Numbers between that no cell holds any more were runs of a cell again: perhaps of this one.
      if (trained - begun - 1 <= between) continue;
      yield {
        kind: 'finding',
        confidence: 0.6,
        places: [{ module, node: call.node }],
        summary: 'This cell trains a model that another cell made, and cells were run again in between: it may have been trained more than once.',
        fix: {
          text: 'Make the model and the optimizer in the cell that trains, or in a function that it calls.',
          code: 'model = build_model()\nmodel.fit(…)',
          edits: [],
        },
      };
    }
  },
};

/** Where the trained model is made: what `fit` is called on, or what the loop calls. */
function makerOfModel({ call, module, stepLoop, kind }: Training, project: Project): Syntax | null {
  if (kind === 'fit') {
    const object = memberOf(call.callee)?.object;
    return (object && makerOf(object, module, project)?.call) ?? null;
  }
  if (!stepLoop) return null;
  for (const one of project.calls) {
    if (one.module !== module || !isWithin(one.node, stepLoop)) continue;
    // `model(x)` and `model.forward(x)`.
    const called = calledOf(one.callee, module);
    const maker = called.type === 'identifier' ? makerOf(called, module, project) : null;
    if (maker && maker.call !== one.node && maker.module === module && !/Loss$/.test(maker.name ?? '')) return maker.call;
  }
  return null;
}
