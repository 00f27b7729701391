// Engines of Ignite: the call that runs one, and the handlers that it calls at its events while it trains.

import type { NamedCall, Project } from '../project/project';
import type { PyFunction, PyModule } from '../python/module';
import { fieldOf, type Syntax } from '../python/syntax';
import { importedWith } from './programs';
import type { Training } from './training';

export interface Engine {
  /** `trainer.run(loader, max_epochs=20)`; what makes the engine where nothing in view runs it. */
  readonly run: NamedCall;
  /** Functions of the project that run at its events, again and again. */
  readonly handlers: readonly PyFunction[];
}

const trainers = /^ignite(\.\w+)*\.create_supervised_trainer$/;
const engines = /^ignite(\.\w+)*\.(\w*Engine)$/;
/** Of the engine that trains, what comes once. */
const once = /\bEvents\.(STARTED|COMPLETED|EXCEPTION_RAISED|TERMINATE\w*|INTERRUPT)\b/;

const known = new WeakMap<Training, Engine | null>();

/** The engine that a training's step was handed to; null where there is none. */
export function engineOf(training: Training, project: Project): Engine | null {
  const made = known.get(training);
  if (made !== undefined) return made;
  const found = findEngine(training, project);
  known.set(training, found);
  return found;
}

function findEngine({ call, within, module, kind }: Training, project: Project): Engine | null {
  if (kind !== 'loop' || call.loops.length > 0) return null;
  const program = importedWith(module, project);
  const calls = [...program].filter(importsIgnite).flatMap((one) => project.callsIn(one));
  const making = trainers.test(call.name ?? '')
    ? call
    : within && calls.find(({ name, args: [step], module: where }) => step && engines.test(name ?? '') && project.nameOf(step, where) === within.dotted);
  if (!making) return null;
  const run = calls.find((one) => {
    const [object, attribute] = partsOf(one.callee);
    return attribute !== null && object !== null && one.module.textOf(attribute) === 'run' && isTrainer(object, one.module, making, project);
  });
  const handlers = [...program].filter(importsIgnite).flatMap((one) => [...decoratedIn(one, making, project), ...attachedIn(one, making, project)]);
  return { run: run ?? making, handlers };
}

const importsIgnite = ({ imported }: PyModule): boolean => imported.some((dotted) => dotted.startsWith('ignite.') || dotted === 'ignite');

const partsOf = (callee: Syntax): readonly [Syntax | null, Syntax | null] =>
  callee.type === 'attribute' ? [fieldOf(callee, 'object'), fieldOf(callee, 'attribute')] : [null, null];

/** The engine that trains, and not the one that scores, which is an engine too. */
const isTrainer = (object: Syntax, module: PyModule, making: NamedCall, project: Project): boolean => {
  const text = module.textOf(object);
  return project.nameOf(object, module) === making.name && !/eval|valid|test|infer/i.test(text);
};

/** Whether an event of an object comes again and again while the trainer runs: those of an engine that scores do, at each of its runs. */
const isRepeated = (object: Syntax, event: Syntax, module: PyModule, making: NamedCall, project: Project): boolean =>
  /\bEvents\b/.test(module.textOf(event)) && !(once.test(module.textOf(event)) && isTrainer(object, module, making, project));

/** `@trainer.on(Events.EPOCH_COMPLETED)` */
const decoratedIn = (module: PyModule, making: NamedCall, project: Project): readonly PyFunction[] =>
  module.functions.filter(({ decorators }) =>
    decorators.some(({ children: [written] }) => {
      const [object, attribute] = written?.type === 'call' ? partsOf(fieldOf(written, 'function') ?? written) : [null, null];
      const event = written ? fieldOf(written, 'arguments')?.children[0] : undefined;
      return object !== null && attribute !== null && event && module.textOf(attribute) === 'on' && isRepeated(object, event, module, making, project);
    }),
  );

/** `trainer.add_event_handler(Events.EPOCH_COMPLETED, log_results)` */
const attachedIn = (module: PyModule, making: NamedCall, project: Project): readonly PyFunction[] =>
  project.callsIn(module).flatMap(({ callee, args: [event, handler] }) => {
    const [object, attribute] = partsOf(callee);
    if (!object || !attribute || !event || !handler || module.textOf(attribute) !== 'add_event_handler') return [];
    const name = isRepeated(object, event, module, making, project) ? project.nameOf(handler, module) : null;
    return (name === null ? undefined : project.functionOf(name)) ?? [];
  });
