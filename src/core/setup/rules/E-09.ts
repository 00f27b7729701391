// Schedules whose learning rate nobody sees.

import { setupCalls } from '../facts/automatic';
import { isWithin } from '../facts/flow';
import { duringOf, loopsOf } from '../facts/loops';
import { isLearningRate } from '../facts/metrics';
import { isStored, type Records, recordsOf } from '../facts/records';
import { type Schedule, schedulesOf } from '../facts/schedules';
import { isMetricStore, labelsOf, type Store, sourcesOf } from '../facts/stored';
import type { TextEdit } from '../finding';
import type { Project } from '../project/project';
import type { PyModule } from '../python/module';
import { fieldOf, memberOf, type Syntax } from '../python/syntax';
import type { NodePlace, SetupRule } from '../rule';
import { editOf, keywordAdded, metricLine, trackerOf } from '../write';

const reads = /get_last_lr|get_lr\b|param_groups|current_lr|learning_rate|\.lr\b|\blr\b/;

export const rule: SetupRule = {
  meta: {
    id: 'E-09',
    title: 'The rate of a schedule is stored',
    severity: 'warn',
    why: 'Kinks of the loss often come from the schedule: without its rate they look like the model’s own.',
    impliedBy: ['E-01'],
    source: 'own reading of published training code',
  },
  *check(context) {
    const { project } = context;
    const schedules = yield* schedulesOf.steps(project);
    if (schedules.length === 0) return;
    const told = new Set<PyModule | Syntax>();
    for (const records of yield* recordsOf.steps(context)) {
      yield;
      const { training, program, automatic, metrics } = records;
      if (told.has(training.module) || !isStored(records) || automatic.rate === 'yes' || training.kind === 'single') continue;
      if (!/^(pytorch|accelerate|lightning|jax|tensorflow|keras)$/.test(training.framework)) continue;
      const here = schedules.filter(({ module }) => program.has(module));
      const [first] = here;
      if (!first || (automatic.metrics === 'yes' && training.framework === 'keras' && !automatic.handed.some((name) => /CSVLogger$/.test(name)))) continue;
      if (metrics.some((store) => /^unknown/.test(store.via) || holdsRate(store, here, project))) continue;
      if (
        records.stores.some(
          (store) => isMetricStore(store) && store.via !== 'object' && labelsOf(store, project).some(isLearningRate) && store.kind === 'metrics',
        )
      )
        continue;
      const known = told.has(first.node);
      told.add(training.module).add(first.node);
      if (known) continue;
      yield {
        kind: 'finding',
        confidence: /^a schedule/i.test(first.name) ? 0.75 : 0.88,
        places: placesOf(records, here, project),
        summary:
          first.name === 'a schedule by hand'
            ? 'The learning rate is changed by hand and stored nowhere.'
            : `${first.name} changes the learning rate, which is stored nowhere.`,
        fix: fixFor(records, first, project),
      };
    }
  },
};

function holdsRate(store: Store, schedules: readonly Schedule[], project: Project): boolean {
  if (store.names.some(({ text }) => isLearningRate(text))) return true;
  return sourcesOf(store, project).some(({ nodes }) => {
    for (const [node, module] of nodes) {
      if (node.type === 'string_content' && isLearningRate(module.textOf(node)) && !store.complete && !isSetting(node)) return true;
      if (schedules.some((one) => one.node === node)) return isRead(nodes.keys(), schedules, module);
      if (node.type === 'subscript' && /param_groups.*\[["']lr["']\]/.test(module.textOf(node))) return true;
      if (node.type === 'call' && /\.(get_last_lr|get_lr)\(/.test(module.textOf(node))) return true;
      if (
        node.type === 'identifier' &&
        node.field !== 'name' &&
        /^(lr|cur_lr|current_lr|curr_lr|learning_rate|new_lr|last_lr)$/.test(module.textOf(node)) &&
        (isUsed(node.parent?.type) || store.values.includes(node))
      )
        return true;
    }
    return false;
  });
}

/** The key of a number as written, of an option, or the key by which a setting is read: no rate that was measured. */
function isSetting(content: Syntax): boolean {
  const holder = content.parent?.parent;
  if (holder?.type === 'pair') return /^(integer|float)$/.test(fieldOf(holder, 'value')?.type ?? '') || fieldOf(holder, 'value') === content.parent;
  return holder?.type === 'subscript' || (holder?.type === 'argument_list' && holder.children.length > 1);
}

/** A name that stands for itself among the values that are written. */
const isUsed = (type: string | undefined): boolean => type === 'argument_list' || type === 'list' || type === 'interpolation' || type === 'pair';

/** `sched(step)` is a rate where the schedule is a function; being part of the optimiser is not. */
function isRead(
  nodes: Iterable<{ readonly type: string; readonly from: number; readonly to: number; readonly children: readonly unknown[] }>,
  schedules: readonly Schedule[],
  module: PyModule,
): boolean {
  const names = schedules.flatMap(({ node, module: where }) => {
    const left = node.parent?.type === 'assignment' ? fieldOf(node.parent, 'left') : null;
    return left ? [where.textOf(left)] : [];
  });
  for (const node of nodes) {
    if (node.type !== 'call') continue;
    const text = module.code.text.slice(node.from, node.to);
    if (names.some((name) => text.startsWith(`${name}(`))) return true;
    if (reads.test(text) && /\.(get_last_lr|get_lr)\(/.test(text)) return true;
  }
  return false;
}

/** Where a person would add it: at the schedule's step in a loop, else where it is made. */
function placesOf(records: Records, schedules: readonly Schedule[], project: Project): readonly NodePlace[] {
  const { training, metrics } = records;
  const [first] = schedules as readonly [Schedule];
  const definition = { module: first.module, node: first.node };
  if (training.framework === 'lightning' || training.framework === 'keras') return schedules.map(({ module, node }) => ({ module, node }));
  const step = schedules.flatMap(({ steps }) => steps)[0];
  if (step) return [{ module: step.module, node: step.node }, definition];
  const during = duringOf(training, project);
  const store = first.name === 'a schedule by hand' ? undefined : metrics.find(({ node, module }) => during.has(node, module));
  return store ? [{ module: store.module, node: store.node }, definition] : [definition];
}

function fixFor(records: Records, schedule: Schedule, project: Project) {
  const { training } = records;
  if (training.framework === 'lightning')
    return {
      text: 'Add a LearningRateMonitor to the Trainer.',
      code: 'Trainer(..., callbacks=[LearningRateMonitor(logging_interval="step")])',
      edits: monitorEdits(records, project),
    };
  if (training.framework === 'keras')
    return {
      text: 'Let a callback log the rate.',
      code: 'class LogRate(keras.callbacks.Callback):\n    def on_epoch_end(self, epoch, logs=None):\n        logs["lr"] = float(keras.ops.convert_to_numpy(self.model.optimizer.learning_rate))',
      edits: [],
    };
  const rate = training.framework === 'jax' ? 'float(schedule(step))' : `${schedule.optimiser ?? 'optimizer'}.param_groups[0]["lr"]`;
  return {
    text: 'Store the rate beside the loss.',
    code: metricLine(trackerOf(records), 'train/lr', rate),
    edits: training.framework === 'pytorch' ? keyEdits(records, schedule, project) : [],
  };
}

/** One more key in the dictionary that is logged in the same function, after the optimiser is made. */
function keyEdits(records: Records, schedule: Schedule, project: Project): readonly TextEdit[] {
  const { training, metrics } = records;
  const { epoch } = loopsOf(training, project);
  if (!schedule.optimiser || !epoch) return [];
  const store = metrics.find(
    ({ call, module, kind }) =>
      kind === 'metrics' &&
      module === schedule.module &&
      call?.args[0]?.type === 'dictionary' &&
      module.functionAround(call.node) === module.functionAround(schedule.node) &&
      isWithin(call.node, epoch.node) &&
      call.node.from > schedule.node.from,
  );
  const last = store?.call?.args[0]?.children.filter(({ type }) => type !== 'comment').at(-1);
  if (!store || !last) return [];
  const edit = editOf(store.module, last.to, last.to, `, "train/lr": ${schedule.optimiser}.param_groups[0]["lr"]`);
  return edit ? [edit] : [];
}

/** The Trainer's callbacks, where they are written out or not given, and the package that it comes from has a name here. */
function monitorEdits({ training }: Records, project: Project): readonly TextEdit[] {
  const trainer = setupCalls(training, project).find(({ name }) => /(lightning|pl)\S*\.Trainer$/.test(name ?? ''));
  const object = memberOf(trainer?.callee)?.object;
  if (!trainer || object?.type !== 'identifier') return [];
  const alias = trainer.module.textOf(object);
  const monitor = `${alias}.${/^(pytorch_lightning|lightning\.pytorch)/.test(trainer.name ?? '') ? '' : 'pytorch.'}callbacks.LearningRateMonitor()`;
  const given = trainer.keywords.get('callbacks');
  if (!given) return trainer.splat ? [] : keywordAdded(trainer.module, trainer.node, `callbacks=[${monitor}]`);
  const last = given.type === 'list' ? given.children.filter(({ type }) => type !== 'comment').at(-1) : undefined;
  const edit = last ? editOf(trainer.module, last.to, last.to, `, ${monitor}`) : null;
  return edit ? [edit] : [];
}
