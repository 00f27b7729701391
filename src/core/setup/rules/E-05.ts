// Autologging that captures nothing of the training.

import { covers, isAutolog, isDisabled, runsBefore } from '../facts/automatic';
import { recordsOf } from '../facts/records';
import type { Training } from '../facts/training';
import type { NamedCall } from '../project/project';
import type { Found, SetupRule } from '../rule';

const library = (call: NamedCall): string => /^mlflow\.(\w+)\.autolog$/.exec(call.name ?? '')?.[1] ?? 'any library';

export const rule: SetupRule = {
  meta: {
    id: 'E-05',
    title: 'Autologging captures the training',
    severity: 'warn',
    why: 'Autologging patches the fit of certain libraries from its call on. Where it does not apply, the run stays empty without a word.',
    source: 'MLflow documentation, “Automatic Logging”',
  },
  *check(context) {
    const { project } = context;
    const records = yield* recordsOf.steps(context);
    for (const call of project.calls) {
      yield;
      if (!isAutolog(call) || isDisabled(call)) continue;
      const trainings = records.filter(({ program }) => program.has(call.module)).map(({ training }) => training);
      if (trainings.length === 0) continue;
      const covered = trainings.filter((one) => covers(call.name as string, one));
      if (covered.length > 0) {
        if (!covered.some((one) => runsBefore(call, one))) yield tooLate(call);
        continue;
      }
      // Another one covers what trains; this one is for what is prepared around it.
      const others = project.calls.filter((one) => one !== call && isAutolog(one) && !isDisabled(one));
      if (trainings.every((one) => others.some((other) => covers(other.name as string, one) && runsBefore(other, one)))) continue;
      if (project.calls.some((one) => isFitOfAny(one) && !trainings.some((training) => training.call.callee === one.callee))) {
        yield { kind: 'unknown', reason: 'A fit whose library cannot be told may be the one that autologging is for.' };
        continue;
      }
      // MLflow's PyTorch autologging also records what TensorBoard's writer is given.
      if (/pytorch/.test(call.name ?? '') && project.calls.some(({ name }) => name !== null && /SummaryWriter\.add_scalars?$/.test(name))) continue;
      yield forNothing(call, trainings);
    }
  },
};

/** A fit that cannot be resolved may be the one that autologging is for. */
const isFitOfAny = ({ name, callee, module }: NamedCall): boolean =>
  (name === null || !/^[a-z_]\w*\./.test(name)) && callee.type === 'attribute' && /\.(fit|train|fit_transform|cv)$/.test(module.textOf(callee));

const tooLate = ({ name, module, node }: NamedCall): Found => ({
  kind: 'finding',
  confidence: 0.95,
  places: [{ module, node }],
  summary: 'Autologging is switched on after the fit: nothing of it is captured.',
  fix: { text: 'Call it before the fit.', code: `${name}()\nmodel.fit(X_train, y_train)`, edits: [] },
});

/** Autologging that records none of the trainings. */
function forNothing(call: NamedCall, trainings: readonly Training[]): Found {
  const loops = trainings.every(({ kind }) => kind === 'loop');
  return {
    kind: 'finding',
    confidence: 0.9,
    places: [{ module: call.module, node: call.node }],
    summary: loops
      ? 'Autologging does not cover a training loop written by hand: nothing is captured.'
      : `Autologging is switched on for ${library(call)}, and what trains here is ${[...new Set(trainings.map(({ framework }) => framework))].join(', ')}.`,
    fix: loops
      ? {
          text: 'Log by hand in the loop.',
          code: 'mlflow.log_params(vars(args))\nfor epoch in range(epochs):\n    ...\n    mlflow.log_metric("train/loss", train_loss, step=epoch)',
          edits: [],
        }
      : { text: 'Switch it on for the library that trains.', code: `mlflow.${nameIn(trainings[0]?.framework)}.autolog()`, edits: [] },
  };
}

const nameIn = (framework: string | undefined): string =>
  framework === 'keras' ? 'tensorflow' : framework === 'lightning' ? 'pytorch' : framework === 'huggingface' ? 'transformers' : (framework ?? 'sklearn');
