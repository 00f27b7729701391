// The loops of a training across functions: the one over batches, the one over epochs, and what runs inside of them.

import type { NamedCall, Project } from '../project/project';
import type { PyCall, PyFunction, PyModule } from '../python/module';
import { fieldOf, type Syntax } from '../python/syntax';
import { onceOf } from '../steps';
import { type Engine, engineOf } from './engines';
import { flowOf, isWithin } from './flow';
import type { Training } from './training';

/** Part of a module's text. */
export interface Region {
  readonly module: PyModule;
  readonly node: Syntax;
}

export interface TrainingLoops {
  /** Around each step; null for a fit. */
  readonly step: Region | null;
  /** Around each epoch; the same as `step` where there is one loop only. */
  readonly epoch: Region | null;
  /** All of them, the innermost first, through the callers. */
  readonly all: readonly Region[];
}

const deepest = 4;
const epochWords = /epoch|\bep\b|\bpass(es)?\b|\brounds?\b/i;
/** Loops that train again from the start: folds, seeds, settings. */
const repeatWords = /fold|seed|split|trial|repeat|config|\bruns?\b|\bcv\b|model|grid|param|experiment|\blrs?\b|candidate/i;

/** Whether a loop trains again from the start: folds, seeds, settings. */
export const isRepeated = (region: Region): boolean => repeatWords.test(headOf(region));

/** The loops around a training, followed through the project's own calls. */
export const loopsOf = onceOf((training: Training, project: Project): TrainingLoops => {
  const all = training.kind === 'loop' ? chainOf(training.call, project, 0) : [];
  const step = all[0] ?? null;
  const rest = all.slice(1);
  const first = step && epochWords.test(headOf(step)) ? step : null;
  const epoch = first ?? rest.find((one) => epochWords.test(headOf(one))) ?? rest.find((one) => !repeatWords.test(headOf(one))) ?? step;
  return { step, epoch, all };
});

function chainOf(call: PyCall, project: Project, depth: number): readonly Region[] {
  const own = call.loops.filter(({ type }) => type === 'for_statement' || type === 'while_statement').map((node) => ({ module: call.module, node }));
  const fn = call.within;
  if (!fn || depth >= deepest) return own;
  // One way in: with several, the first that stands in a loop.
  const callers = project.callersOf(fn).filter((one) => one.within !== fn && project.reaches(one));
  const above = callers.map((one) => chainOf(one, project, depth + 1)).find((chain) => chain.length > 0) ?? [];
  return [...own, ...above];
}

/** The line that heads a loop: `epoch in range(args.epochs)`. */
export function headOf({ module, node }: Region): string {
  if (node.type === 'for_statement') {
    const [left, right] = [fieldOf(node, 'left'), fieldOf(node, 'right')];
    // What a progress bar is called says nothing of what is gone through.
    return left && right ? `${module.textOf(left)} in ${module.textOf(right).replace(/\b(desc|description|total|postfix)\s*=\s*\w*(["']).*?\2/g, '')}` : '';
  }
  const condition = fieldOf(node, 'condition');
  return condition ? module.textOf(condition) : '';
}

/** Functions of the project that calls in a region run, and those that they run. */
export function functionsIn(region: Region, project: Project): ReadonlySet<PyFunction> {
  const reached = new Set<PyFunction>();
  const open = project
    .callsIn(region.module)
    .filter((call) => isWithin(call.node, region.node))
    .flatMap((call) => project.targetsOf(call));
  for (let fn = open.pop(); fn; fn = open.pop()) {
    if (reached.has(fn)) continue;
    reached.add(fn);
    const current = fn;
    for (const call of current.module.calls) if (isWithin(call.node, current.node)) open.push(...project.targetsOf(call));
  }
  return reached;
}

/** Hooks that run once, before or after everything else. */
const outside = /^(on_)?(train|fit|predict|test)_(begin|start|end)$|^(before|after)_(training|fit|train)$|^setup$|^teardown$|^__init__$/;

/** The project's own callbacks that a fit is given: functions, and methods of classes that are made or named there. */
function* handedIn({ keywords, module }: NamedCall, project: Project): Iterable<PyFunction> {
  for (const [keyword, value] of keywords) {
    if (!/callback/.test(keyword)) continue;
    for (const [node, where] of flowOf(project).of(value, module).nodes) {
      if (node.type !== 'identifier' && node.type !== 'call') continue;
      const name = project.nameOf(node.type === 'call' ? (fieldOf(node, 'function') ?? node) : node, where);
      const fn = name === null ? undefined : project.functionOf(name);
      const made = name === null ? undefined : project.classOf(name);
      if (fn) yield fn;
      if (made) for (const method of made.module.functions) if (method.owner === made && !outside.test(method.name)) yield method;
    }
  }
}

/** The step that an engine was handed, its handlers, and what they call. */
const handledBy = ({ handlers }: Engine, { within, call }: Training, project: Project): readonly PyFunction[] =>
  [...handlers, ...(within && backwards.test(within.module.textOf(call.callee)) ? [within] : [])].flatMap((fn) => [
    fn,
    ...functionsIn({ module: fn.module, node: fn.node }, project),
  ]);

const backwards = /backward$/;

/** What runs while a training runs: its epochs' loop and all functions called there. Of a fit, the call and the callbacks that it is given. */
export class During {
  readonly #region: Region;
  readonly #functions: ReadonlySet<PyFunction>;
  readonly #byModule = new Map<PyModule, PyFunction[]>();
  #calls: readonly NamedCall[] | null = null;

  constructor(training: Training, project: Project) {
    const { epoch } = loopsOf(training, project);
    const engine = epoch ? null : engineOf(training, project);
    this.#region = epoch ?? { module: training.module, node: training.call.node };
    const reached = functionsIn(this.#region, project);
    const others = training.kind === 'fit' ? [...handedIn(training.call, project)] : engine ? handledBy(engine, training, project) : [];
    this.#functions = others.length > 0 ? new Set([...reached, ...others]) : reached;
    for (const fn of this.#functions) {
      const others = this.#byModule.get(fn.module);
      if (others) others.push(fn);
      else this.#byModule.set(fn.module, [fn]);
    }
  }

  has(node: Syntax, module: PyModule): boolean {
    if (module === this.#region.module && isWithin(node, this.#region.node)) return true;
    return this.#byModule.get(module)?.some((fn) => isWithin(node, fn.node)) ?? false;
  }

  /** The calls that run then, in the order of files and lines. */
  callsIn(project: Project): readonly NamedCall[] {
    this.#calls ??= project.callsOf(new Set([this.#region.module, ...this.#byModule.keys()])).filter(({ node, module }) => this.has(node, module));
    return this.#calls;
  }

  get calls(): { readonly region: Region; readonly functions: ReadonlySet<PyFunction> } {
    return { region: this.#region, functions: this.#functions };
  }
}

export const duringOf = onceOf((training: Training, project: Project): During => new During(training, project));
