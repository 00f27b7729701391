// Places where a trained model of PyTorch or Flax NNX scores held-out data by hand, and whether evaluation mode is on and gradients are off there.

import type { NamedCall, Project } from '../project/project';
import type { PyCall, PyFunction, PyModule } from '../python/module';
import { fieldOf, memberOf, type Syntax } from '../python/syntax';
import { onceOf } from '../steps';
import type { Evaluation } from './evaluation';
import { isWithin } from './flow';
import { isOfFlax, makesModel, modalLayersOf } from './layers';
import { functionsIn } from './loops';
import { anyMakerOf, calledOf, type Maker, makerOfCalled, waysOf } from './makers';
import { trainedIn } from './trained';
import type { Training } from './training';

export interface HeldOutScoring {
  readonly module: PyModule;
  /** The function, or the statement that scores. */
  readonly node: Syntax;
  readonly fn: PyFunction | null;
  /** The call of the model, or of a function that is handed the model and calls it. */
  readonly call: NamedCall;
  /** The model as that call writes it. */
  readonly model: string;
  readonly maker: Maker;
  readonly layers: 'present' | 'absent' | 'unknown';
  readonly evalMode: boolean;
  readonly noGrad: boolean;
}

const gradientsOff = /no_grad|inference_mode|set_grad_enabled/;
const deepest = 4;

/** `.eval()`, `.train(False)`, `.train(flag)`, `.set_attributes(deterministic=True)`; `.train()` puts back. */
export function modeOf({ callee, args, keywords }: Pick<NamedCall, 'callee' | 'args' | 'keywords'>): 'eval' | 'train' | null {
  const name = memberOf(callee)?.name;
  if (name === 'set_attributes') {
    const flag = keywords.get('deterministic') ?? keywords.get('use_running_average');
    return flag ? (flag.type === 'false' ? 'train' : 'eval') : null;
  }
  if (name === 'eval') return args.length === 0 ? 'eval' : null;
  if (name !== 'train') return null;
  const [first] = args;
  return !first || first.type === 'true' ? 'train' : 'eval';
}

/** A function or a statement that scores. */
interface ScoringRegion {
  readonly node: Syntax;
  readonly module: PyModule;
  readonly fn: PyFunction | null;
  /** For a function that also trains: the call with held-out data. */
  readonly entry: NamedCall | null;
}

export function heldOutScoringsOf(project: Project, trainings: readonly Training[], evaluations: readonly Evaluation[]): readonly HeldOutScoring[] {
  const backwards = trainings.filter(({ kind, framework }) => kind === 'loop' && /^(pytorch|accelerate|jax)$/.test(framework));
  if (backwards.length === 0) return [];
  const trained = trainedIn(backwards, project);
  if (trained.size === 0) return [];
  const regions = new Map<Syntax, ScoringRegion>();
  for (const one of evaluations) {
    if (isHeldOut(one, backwards, project))
      regions.set(one.node, { node: one.node, module: one.module, fn: one.kind === 'function' ? one.fn : null, entry: null });
    if (one.kind !== 'call' || one.splits.some((split) => split === null || split === 'train')) continue;
    // A function that trains, called with held-out data.
    for (const call of one.calls)
      for (const fn of project.targetsOf(call))
        if (backwards.some((training) => training.module === fn.module && isWithin(training.call.node, fn.node)) && !regions.has(fn.node))
          regions.set(fn.node, { node: fn.node, module: fn.module, fn, entry: call });
  }
  return [...regions.values()].flatMap((region) => {
    const { node, module, fn, entry } = region;
    const trains = backwards.some((training) => training.module === module && isWithin(training.call.node, node));
    if (!trains && module.calls.some((call) => isWithin(call.node, node) && /(^|\.)(backward|grad|value_and_grad)$/.test(module.textOf(call.callee))))
      return [];
    for (const call of project.callsIn(module)) {
      if (!isWithin(call.node, node) || (call.callee.type !== 'identifier' && call.callee.type !== 'attribute')) continue;
      const asked = modelAskedBy(call, trained, project);
      if (!asked || (asked.isHandedOver && project.targetsOf(call).some((target) => regions.has(target.node)))) continue;
      const { maker, model } = asked;
      const layers = modalLayersOf(maker, project);
      const noGrad = isOfFlax(maker, project) || isGradientOff(call, project, 0, entry);
      return [{ module, node, fn, call, model, maker, layers, evalMode: isEvalMode(call, region, project), noGrad }];
    }
    return [];
  });
}

interface Asked {
  readonly maker: Maker;
  readonly model: string;
  readonly isHandedOver: boolean;
}

/** The trained model that a call asks, by itself or, in Flax, through a function of the project that is handed the model: `loss_fn(model, batch)`. */
function modelAskedBy(call: NamedCall, trained: ReadonlySet<Syntax>, project: Project): Asked | null {
  const { callee, module } = call;
  const isTrained = (maker: Maker) => maker.call !== call.node && waysOf(maker).some((one) => trained.has(one.call)) && makesModel(maker, project);
  const called = makerOfCalled(callee, module, project);
  if (called) return isTrained(called) ? { maker: called, model: module.textOf(calledOf(callee, module)), isHandedOver: false } : null;
  const targets = project.targetsOf(call);
  if (targets.length === 0) return null;
  for (const given of [...call.args, ...call.keywords.values()]) {
    if (given.type !== 'identifier' && given.type !== 'attribute') continue;
    const maker = anyMakerOf(given, module, project);
    if (!maker || !isTrained(maker) || !isOfFlax(maker, project)) continue;
    const asks = targets.some((fn) =>
      project.callsIn(fn.module).some((inner) => {
        const made = inner.within === fn && inner.callee.type === 'identifier' ? makerOfCalled(inner.callee, fn.module, project) : null;
        return made !== null && isTrained(made);
      }),
    );
    if (asks) return { maker, model: module.textOf(given), isHandedOver: true };
  }
  return null;
}

const scoringName = /eval|valid|(^|_)(val|test|dev|score|metric|accuracy|acc)(_|$)|^(test|score)/i;

/** A function or block that scores, and no part of a step (targets of a loss), of a model, or of a framework's module. */
function isHeldOut({ kind, fn, node, module, calls, splits }: Evaluation, trainings: readonly Training[], project: Project): boolean {
  if (
    fn?.owner &&
    (makesModel({ call: node, module, name: fn.owner.dotted }, project) ||
      /Module\b/.test(fn.owner.bases.map((base) => fn.owner?.module.textOf(base)).join(' ')))
  )
    return false;
  if (kind === 'function') return calls.length > 0 && (scoringName.test(fn?.name ?? '') || splits.some((split) => split === 'validation' || split === 'test'));
  if (kind !== 'loop') return false;
  const inStep = trainings.some((training) => training.module === module && training.stepLoop && isWithin(node, training.stepLoop));
  return !inStep || splits.some((split) => split === 'validation' || split === 'test');
}

/** The last change of mode before a place, in its function, in what that calls, and in its callers. */
function isEvalMode(call: NamedCall, { node, module, fn, entry }: ScoringRegion, project: Project): boolean {
  const calledBelow = [...functionsIn({ module, node }, project)].some(switches);
  const own = module.calls.some((one) => isWithin(one.node, node) && modeOf(one) === 'eval');
  if (own || calledBelow || (fn !== null && isDecorated(fn, project))) return true;
  for (let at: Syntax | null = call.node.parent; at; at = at.parent)
    if (at.type === 'with_statement' && [...functionsIn({ module, node: headOf(at) }, project)].some(switches)) return true;
  return fn ? isEnteredInMode(fn, project, 0, entry) : isModeBefore({ node, module, within: module.functionAround(node) }, project, 0);
}

/** Whether a function switches to evaluation mode. */
const switches = onceOf(({ module, node }: PyFunction): boolean => module.calls.some((inner) => isWithin(inner.node, node) && modeOf(inner) === 'eval'));

/** Whether what ran before a place, in its function and in its callers, ends in evaluation mode. */
function isModeBefore({ node, module, within }: Pick<NamedCall, 'node' | 'module' | 'within'>, project: Project, depth: number): boolean {
  const earlier = module.calls.filter((one) => one.within === within && one.node.from < node.from);
  const last = earlier.findLast((one) => modeOf(one) !== null || (project.targetsOf(one).some(switches) && one.loops.length === 0));
  if (last) return modeOf(last) !== 'train';
  return within !== null && isEnteredInMode(within, project, depth);
}

/** Whether a function is called in evaluation mode: one way in is enough, the others are what the rule would have to prove. */
function isEnteredInMode(fn: PyFunction, project: Project, depth: number, entry: NamedCall | null = null): boolean {
  if (depth >= deepest) return false;
  const callers = entry ? [entry] : project.callersOf(fn).filter((one) => project.reaches(one));
  return callers.some((one) => isModeBefore(one, project, depth + 1));
}

function isDecorated(fn: PyFunction, project: Project): boolean {
  return fn.decorators.some(({ children: [written] }) => {
    const callee = written?.type === 'call' ? fieldOf(written, 'function') : written;
    const name = callee ? project.nameOf(callee, fn.module) : null;
    const decorator = name === null ? undefined : project.functionOf(name);
    return decorator !== undefined && switches(decorator);
  });
}

const headOf = (statement: Syntax): Syntax => statement.children.find(({ type }) => type === 'with_clause') ?? statement;

/** `torch.set_grad_enabled(…)`, `p.requires_grad_(False)`; `x.requires_grad_()` asks for them. */
const switchesGradients = ({ callee, args, keywords }: PyCall, module: PyModule): boolean => {
  const name = /\.(set_grad_enabled|requires_grad_)$/.exec(module.textOf(callee))?.[1];
  const given = args[0] ?? keywords.get('requires_grad');
  return name === 'set_grad_enabled' || (name === 'requires_grad_' && given !== undefined && given.type !== 'true');
};

function isGradientOff(call: Pick<NamedCall, 'node' | 'module' | 'within'>, project: Project, depth: number, entry: NamedCall | null): boolean {
  const { module, within } = call;
  for (let at = call.node.parent; at; at = at.parent) {
    if (at.type === 'with_statement') {
      const head = headOf(at);
      const text = module.textOf(head);
      // A context in a variable or from a helper: its making is looked for in the whole function.
      if (gradientsOff.test(text)) return true;
      const around = module.functionAround(at)?.node ?? module.root;
      if (/\b(ctx|context|grad|eval|mode)\w*\b/i.test(text) && gradientsOff.test(module.textOf(around))) return true;
      if ([...functionsIn({ module, node: head }, project)].some((fn) => gradientsOff.test(fn.module.textOf(fn.node)))) return true;
    }
    if (at.type === 'function_definition') break;
  }
  if (within?.decorators.some((one) => gradientsOff.test(module.textOf(one)) || /eval|grad/i.test(module.textOf(one)))) return true;
  const around = within?.node ?? module.root;
  if (module.calls.some((one) => one.within === within && isWithin(one.node, around) && switchesGradients(one, module))) return true;
  if (!within || depth >= deepest) return false;
  const callers = entry ? [entry] : project.callersOf(within).filter((one) => project.reaches(one));
  return callers.some((one) => isGradientOff(one, project, depth + 1, null));
}
