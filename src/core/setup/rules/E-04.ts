// Settings that stand as literals in the code while others are kept with the run.

import { isAutolog } from '../facts/automatic';
import { declaredNames } from '../facts/declared-settings';
import { epochsOf, type LiteralSetting, literalsOf, type Setting } from '../facts/literal-settings';
import { isRepeated, loopsOf } from '../facts/loops';
import { type Params, paramsOf } from '../facts/params';
import { isStored, type Records, recordsOf } from '../facts/records';
import { spaceOf } from '../facts/spaces';
import type { NamedCall } from '../project/project';
import type { PyModule } from '../python/module';
import type { SetupRule } from '../rule';
import { paramLine, trackerOf } from '../write';

/** The names that each goes by. */
const aliases: Readonly<Record<Setting, readonly string[]>> = {
  'the learning rate': ['lr', 'learningrate', 'baselr', 'initlr', 'stepsize', 'lr0', 'maxlr', 'eta'],
  'the batch size': ['batchsize', 'bs', 'batch', 'trainbatchsize', 'perdevicetrainbatchsize', 'batchsz', 'bsz', 'b'],
  'the number of epochs': ['epochs', 'epoch', 'nepochs', 'numepochs', 'maxepochs', 'numtrainepochs', 'nepoch', 'e', 'rounds', 'iterations', 'steps'],
  'the number of rounds': [
    ...['rounds', 'numboostround', 'numboostrounds', 'numrounds', 'numround', 'nrounds', 'boostrounds', 'nestimators', 'numestimators', 'iterations'],
    ...['numiterations', 'niter', 'numtrees', 'ntrees', 'ntree', 'maxiter', 'bestiteration'],
  ],
  dropout: ['dropout', 'droprate', 'dropoutrate', 'drop', 'pdrop', 'dropoutp', 'headdropout', 'loradropout', 'p'],
  'the weight decay': ['weightdecay', 'wd', 'decay', 'l2', 'regularization'],
};
export const rule: SetupRule = {
  meta: {
    id: 'E-04',
    title: 'No setting stays behind in the code',
    severity: 'warn',
    why: 'A literal that is edited between two runs makes a difference that neither run shows.',
    impliedBy: ['E-01', 'E-03'],
    source: 'SonarSource RSPEC-6973; Zhang et al., CAIN 2022, “Hyperparameter not explicitly set”',
  },
  *check(context) {
    const { project } = context;
    const told = new Set<PyModule>();
    for (const records of yield* recordsOf.steps(context)) {
      yield;
      const { training, program } = records;
      if (told.has(training.module) || !isStored(records) || training.framework === 'huggingface') continue;
      const calls = project.callsOf(program);
      const space = spaceOf(calls, project);
      const onlyRounds = records.automatic.params === 'yes' && space === null && keepsButRounds(records, calls);
      if (records.automatic.params === 'yes' && space === null && !onlyRounds) continue;
      const params = paramsOf(records, project);
      if (params.state !== 'present' || (params.stores.length === 0 && space === null)) continue;
      const declared = declaredNames(project, program);
      const isNamed = (alias: string) => params.names.has(alias) || declared.has(alias) || (space?.has(alias) ?? false);
      const isKept = (setting: Setting) => (onlyRounds && setting !== 'the number of rounds') || aliases[setting].some(isNamed);
      const { epoch, all } = loopsOf(training, project);
      // Epochs within another loop are a detail of the method, as in reinforcement learning; folds and seeds train anew.
      const epochs = epoch && all.slice(all.indexOf(epoch) + 1).every(isRepeated) ? epoch : null;
      const found = [...calls.flatMap((call) => literalsOf(call, project)), ...(epochs ? epochsOf(epochs, project) : [])].filter(
        (one) => !isKept(one.setting) && !isAmong(params, one),
      );
      const unique = found
        .filter((one, at) => found.findIndex(({ node }) => node === one.node) === at)
        .sort((a, b) => (a.module === b.module ? a.node.from - b.node.from : 0));
      const [first] = unique;
      if (!first) continue;
      for (const module of program) told.add(module);
      const names = [...new Set(unique.map(({ setting }) => setting))];
      const line = unique.map(({ setting, node, module }) => `"${keys[setting]}": ${module.textOf(node)}`);
      yield {
        kind: 'finding',
        confidence: unique.some(({ setting }) => setting !== 'dropout' && setting !== 'the number of epochs') ? 0.85 : 0.7,
        places: unique.map(({ module, node }) => ({ module, node })),
        summary: `${sentence(names)} ${names.length === 1 ? 'is a literal' : 'are literals'} outside of the settings that the run keeps.`,
        fix: {
          text: 'Move them into the settings that are logged, or log them beside.',
          code: paramLine(trackerOf(records), `{${[...new Set(line)].join(', ')}}`),
          edits: [],
        },
      };
    }
  },
};

const keys: Readonly<Record<Setting, string>> = {
  'the learning rate': 'lr',
  'the batch size': 'batch_size',
  'the number of epochs': 'epochs',
  'the number of rounds': 'rounds',
  dropout: 'dropout',
  'the weight decay': 'weight_decay',
};

function sentence(names: readonly string[]): string {
  const text = names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The number, or the name that stands for it, is among what is kept. */
const isAmong = (params: Params, { node, module, use, holder }: LiteralSetting): boolean =>
  params.has(node, module) || params.has(use.node, use.module) || (holder !== null && params.keeps(holder));

/** W&B's callback for XGBoost hands over the booster's own settings, and the number of rounds is an argument of the training. */
const keepsButRounds = ({ training, automatic }: Records, calls: readonly NamedCall[]): boolean =>
  training.framework === 'xgboost' &&
  /^xgboost\.train$/.test(training.call.name ?? '') &&
  automatic.handed.some((name) => /^wandb\.\S*[wW]andb_?[cC]allback$/.test(name)) &&
  !calls.some((call) => isAutolog(call) || /^(comet_ml|clearml|neptune)\b/.test(call.name ?? ''));
