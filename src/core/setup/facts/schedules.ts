// Schedules of the learning rate: where one is made, where it steps, by which framework.

import type { NamedCall, Project } from '../project/project';
import type { PyModule } from '../python/module';
import { isPicked } from '../python/resolve';
import { ancestor, fieldOf, nodesOf, type Syntax, walk } from '../python/syntax';
import { factOf, gathered, type Steps } from '../steps';
import { programOf } from './programs';

export interface Schedule {
  readonly module: PyModule;
  /** The call that makes it, or the assignment that sets a rate by hand. */
  readonly node: Syntax;
  /** Its last name: `OneCycleLR`. */
  readonly name: string;
  /** Calls of its `step()`. */
  readonly steps: readonly NamedCall[];
  /** The optimiser as written, where it is handed over. */
  readonly optimiser: string | null;
}

const made =
  /^torch\.optim\.lr_scheduler\.[A-Z]\w*$|^transformers(\.\w+)*\.get_\w*schedul\w*$|^diffusers(\.\w+)*\.get_\w*schedul\w*$|^timm\.scheduler(\.\w+)*\.(\w+Scheduler|create_scheduler\w*)$|^optax(\.schedules)?\.(\w+_schedule|exponential_decay|polynomial_\w+|piecewise_\w+|linear_onecycle_schedule|cosine_onecycle_schedule|join_schedules|sgdr_schedule|warmup_\w+)$|^((tensorflow\.)?keras|tf_keras)\.optimizers\.schedules\.\w+$|^tensorflow(\.compat\.v1)?\.train\.((exponential|polynomial|inverse_time|(linear_|noisy_linear_)?cosine)_decay\w*|natural_exp_decay|piecewise_constant(_decay)?)$/;

/** A group of an optimiser that exists; of one that is about to be made it is the first rate. */
function isOfOptimiser(node: Syntax, left: Syntax, module: PyModule): boolean {
  if (/param_groups/.test(module.textOf(left))) return true;
  for (let at = node.parent; at && at.type !== 'function_definition'; at = at.parent)
    if (at.type === 'for_statement') {
      const over = fieldOf(at, 'right');
      if (over && /param_groups/.test(module.textOf(over))) return true;
    }
  return false;
}

const rateOfOptimiser = /optimi[sz]er\w*(\.\w+)?\.(lr|learning_rate)$/i;

/** The rate of Keras' optimiser, set anew in a loop: `model.optimizer.learning_rate = r`, `optimizer.lr.assign(r)`, `K.set_value(model.optimizer.lr, r)`. */
function* setInLoops(project: Project): Iterable<Schedule | null> {
  for (const module of project.modules) {
    yield null;
    if (!/\.(lr|learning_rate)\b/.test(module.code.text) || !/\b(keras|tensorflow)\b/.test(module.code.text)) continue;
    const found: Syntax[] = [...nodesOf(module.root, 'assignment')].filter((node) => rateOfOptimiser.test(module.textOf(fieldOf(node, 'left') ?? node)));
    for (const { node, callee, args } of module.calls) {
      const written = module.textOf(callee);
      const set = /(^|\.)set_value$/.test(written) ? args[0] : /\.assign$/.test(written) ? fieldOf(callee, 'object') : null;
      if (set && rateOfOptimiser.test(module.textOf(set))) found.push(node);
    }
    for (const node of found)
      if (ancestor(node, loopTypes) !== null && project.reaches({ node, within: module.functionAround(node), module }))
        yield { module, node, name: 'a schedule by hand', steps: [], optimiser: null };
  }
}

const loopTypes = new Set(['for_statement', 'while_statement']);

/** `instantiate(cfg.lr_scheduler, optimizer)`, `config.init_obj("lr_scheduler", torch.optim.lr_scheduler, optimizer)`, `getattr(torch.optim.lr_scheduler, name)(optimizer)`. */
function isMadeBySettings({ callee, args, keywords, module }: NamedCall, project: Project): boolean {
  const given = [...args, ...keywords.values()];
  if (!given.some((one) => /(^|\.)_?optim\w*$/.test(module.textOf(one)))) return false;
  const isLibrary = (one: Syntax) => /(^|\.)lr_scheduler$/.test(module.textOf(one)) && project.nameOf(one, module) === 'torch.optim.lr_scheduler';
  if (callee.type === 'call') {
    const [library] = fieldOf(callee, 'arguments')?.children ?? [];
    return module.textOf(fieldOf(callee, 'function') ?? callee) === 'getattr' && library !== undefined && isLibrary(library);
  }
  const written = module.textOf(callee);
  return given.some(isLibrary) || (/(^|\.)instantiate$/.test(written) && given.some((one) => /sched/i.test(module.textOf(one))));
}

/** Every schedule that can be reached, in the order of files and lines. */
export const schedulesOf = factOf(function* (project: Project): Steps<readonly Schedule[]> {
  const found: Schedule[] = [];
  const stepping = yield* gathered(project.calls, (call) =>
    call.callee.type === 'attribute' && /\.(step|step_update)$/.test(call.module.textOf(call.callee)) ? [call] : [],
  );
  for (const call of project.calls) {
    yield;
    const isMade = call.name !== null && made.test(call.name) && !/ConstantLR$|constant_schedule$/.test(call.name);
    const isChosen = isMadeBySettings(call, project) || (isMade && isPicked(call.name as string));
    if (!isChosen && !isMade) continue;
    const first = isChosen ? call.args.find((one) => /^optim\w*$/.test(call.module.textOf(one))) : (call.args[0] ?? call.keywords.get('optimizer'));
    const program = programOf(call.module, project);
    const steps = stepping.filter(({ name, callee, module }) => {
      // A schedule that is named alike in another script is another one.
      if (!program.has(module)) return false;
      if (name !== null && !isChosen) return name === `${call.name}.step` || name === `${call.name}.step_update`;
      return /sched|plateau|warm|cosine|lr_/i.test(module.textOf(callee));
    });
    found.push({
      module: call.module,
      node: call.node,
      name: isChosen ? 'A schedule of the settings' : (call.name?.split('.').at(-1) as string),
      steps,
      optimiser: first?.type === 'identifier' ? call.module.textOf(first) : null,
    });
  }
  for (const module of project.modules) {
    yield;
    if (!/\[["']lr["']\]\s*[*/]?=[^=]/.test(module.code.text)) continue;
    for (const node of walk(module.root)) {
      if (node.type !== 'assignment' && node.type !== 'augmented_assignment') continue;
      const left = fieldOf(node, 'left');
      if (left?.type !== 'subscript' || !/\[["']lr["']\]$/.test(module.textOf(left)) || !/group|\bg\b|\bpg\b/.test(module.textOf(left))) continue;
      if (isOfOptimiser(node, left, module) && project.reaches({ node, within: module.functionAround(node), module }))
        found.push({ module, node, name: 'a schedule by hand', steps: [], optimiser: null });
    }
  }
  for (const one of setInLoops(project))
    if (one) found.push(one);
    else yield;
  return found;
});
