// log_history: curves, the final entry's summary, and whether the training came to its end.

import { type Issue, issue } from '../../base/issues';
import { SeriesWriter } from '../../formats/event-series';
import { numberOf } from '../../formats/numbers';
import type { RunEvent, RunKey } from '../../model/events';
import type { RunStatus } from '../../model/run';
import type { Values } from '../../model/values';
import { numberIn, type TrainerState } from './state';

const batchPoints = 65_536;
/** Axes of every entry. */
const axes: ReadonlySet<string> = new Set(['step', 'epoch']);
/** Only the entry that `train()` writes when it returns has it. */
const isFinal = (entry: Values): boolean => Object.hasOwn(entry, 'train_runtime');

interface Curve {
  readonly steps: number[];
  readonly values: number[];
}

/** Series named as in the log, and `epoch` once per step as an axis. */
export function* historyEvents(run: RunKey, state: TrainerState): Generator<RunEvent> {
  const curves = new Map<string, Curve>();
  let unread = 0;
  let hugeSteps = 0;
  const add = (name: string, step: number, value: number): void => {
    const curve = curves.get(name);
    if (curve) {
      curve.steps.push(step);
      curve.values.push(value);
    } else curves.set(name, { steps: [step], values: [value] });
  };
  for (const entry of state.history) {
    if (isFinal(entry)) continue;
    const step = stepOf(entry);
    if (Number.isInteger(step) && !Number.isSafeInteger(step)) hugeSteps++;
    for (const [name, value] of Object.entries(entry)) {
      const number = numberOf(value);
      if (number === null) {
        // Schedulers without a rate log null, some trainers log text.
        if (value !== null && typeof value !== 'string') unread++;
      } else if (!axes.has(name)) add(name, step, number);
      else if (name === 'epoch' && curves.get('epoch')?.steps.at(-1) !== step) add(name, step, number);
    }
  }
  const writer = new SeriesWriter(run);
  for (const [name, { steps, values }] of curves) {
    const series = yield* writer.declare(name, {});
    const logged = steps.some((step) => !Number.isNaN(step));
    for (let at = 0; at < values.length; at += batchPoints) {
      const end = at + batchPoints;
      yield {
        kind: 'points',
        run,
        series,
        steps: logged ? Float64Array.from(steps.slice(at, end)) : null,
        values: Float64Array.from(values.slice(at, end)),
        times: null,
      };
    }
  }
  for (const one of troubleOf(state, unread, hugeSteps)) yield { kind: 'issue', run, issue: one };
}

function stepOf(entry: Values): number {
  const { step } = entry;
  return typeof step === 'number' || typeof step === 'bigint' ? Number(step) : Number.NaN;
}

function troubleOf({ file, history }: TrainerState, unread: number, hugeSteps: number): Issue[] {
  const place = { file: file.path, where: 'key log_history' };
  const found: Issue[] = [];
  if (history.length === 0) found.push(issue('empty', 'Nothing has been logged yet.', place));
  if (unread > 0) found.push(issue('bad-value', `Values that are no numbers were left out: ${unread}.`, place));
  if (hugeSteps > 0) found.push(issue('precision', `Steps beyond 2^53: ${hugeSteps}.`, place));
  return found;
}

/** The final entries' values, and what the state says of the best checkpoint. */
export function summaryOf({ history, values }: TrainerState): Values {
  const finals = history.filter(isFinal).flatMap((entry) => Object.entries(entry).filter(([name, value]) => !axes.has(name) && value !== null));
  const best = ['best_metric', 'best_model_checkpoint', 'best_global_step'].flatMap((name) => (values[name] == null ? [] : [[name, values[name]] as const]));
  return Object.fromEntries([...finals, ...best]);
}

/** Finished when the planned steps or epochs were reached, or `train()` returned; where it ended earlier nothing tells why. */
export function statusOf({ history, values, globalStep }: TrainerState): RunStatus {
  const maxSteps = numberIn(values, 'max_steps') ?? 0;
  const epochs = numberIn(values, 'num_train_epochs') ?? 0;
  const reached = (maxSteps > 0 && globalStep >= maxSteps) || (epochs > 0 && (numberIn(values, 'epoch') ?? 0) >= epochs);
  return reached || history.some(isFinal) ? 'finished' : 'unknown';
}
