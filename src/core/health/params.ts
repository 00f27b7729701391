// Reads what rules need of a run's params: planned length, classes, clipping, schedule. Names as the frameworks write them.

import { normalise, numeric } from '../compare/same-value';
import type { Values } from '../model/values';

/** The last part of a key in lower case, `-` as `_`: `trainer/max-steps` → `max_steps`. */
const lastPart = (key: string): string => (key.split(/[./]/).at(-1) ?? key).toLowerCase().replaceAll('-', '_');

/** Finite number of the first param (in order of key) whose last part matches; strings that spell a number count, lists do not. */
export function paramNumber(params: Values, pattern: RegExp): { readonly key: string; readonly value: number } | null {
  for (const key of Object.keys(params).sort()) {
    if (!pattern.test(lastPart(key))) continue;
    const value = numeric(params[key]);
    if (value !== null && Number.isFinite(value)) return { key, value };
  }
  return null;
}

/** Text of the first param whose last part matches. */
export function paramText(params: Values, pattern: RegExp): { readonly key: string; readonly value: string } | null {
  for (const key of Object.keys(params).sort()) {
    const value = params[key];
    if (typeof value === 'string' && value !== '' && pattern.test(lastPart(key))) return { key, value };
  }
  return null;
}

/** True where a param whose last part matches is set to something other than zero, false, null or "none". */
export function paramSet(params: Values, pattern: RegExp): boolean {
  return Object.keys(params).some((key) => {
    if (!pattern.test(lastPart(key))) return false;
    const value = normalise(params[key] ?? null);
    return value !== null && value !== false && value !== 0 && value !== '';
  });
}

const plannedSteps =
  /^(max_?steps|total_?steps|num_?steps|n_?steps|num_?train(ing)?_?steps|train_?steps|training_?steps|max_?iters?|max_?iterations|total_?iters?|num_?iters?|num_?iterations|n_?iters?|iterations|max_?updates?|num_?updates|total_?timesteps|max_?timesteps|n_?estimators|num_?boost_?rounds?|num_?rounds)$/;
const plannedEpochs = /^(epochs|num_?epochs|n_?epochs|max_?epochs?|num_?train_?epochs|total_?epochs|train_?epochs)$/;

/** Values below 1 say "no limit". */
const positive = (found: ReturnType<typeof paramNumber>) => (found && found.value >= 1 ? found.value : null);

export const plannedStepsOf = (params: Values): number | null => positive(paramNumber(params, plannedSteps));
export const plannedEpochsOf = (params: Values): number | null => positive(paramNumber(params, plannedEpochs));

/** Number of classes or size of the vocabulary, with the param that says so. */
export function classesOf(params: Values): { readonly key: string; readonly value: number } | null {
  const found =
    paramNumber(params, /^(num_?classes|n_?classes|nb_?classes|nc|num_?labels|n_?labels|classes|num_?class)$/) ??
    paramNumber(params, /^(vocab_?size|n_?vocab|num_?tokens_?vocab|padded_?vocab_?size)$/);
  return found && found.value >= 2 ? found : null;
}

/** Largest gradient norm let through, where clipping by norm is on. */
export function clipOf(params: Values): { readonly key: string; readonly value: number } | null {
  const found = paramNumber(
    params,
    /^(max_?grad_?norm|gradient_?clip_?val|grad(ient)?_?clip(ping|_?norm|_?value|_?val|_?max_?norm)?|clip_?grad(ient)?(_?norm|s)?|clip_?norm|clipnorm|clip)$/,
  );
  return found && found.value > 0 ? found : null;
}

/** The schedule of the learning rate in lower case, where params name one. */
export function scheduleOf(params: Values): string | null {
  const found = paramText(
    params,
    /^(lr_?schedul(e|er|er_?type|er_?name|er_?class)|schedul(e|er|er_?type|er_?name)|learning_?rate_?schedul(e|er)|sched|lr_?policy|lr_?decay_?style|decay_?type)$/,
  );
  return found ? found.value.toLowerCase() : null;
}

const constantSchedule = /^(const(ant)?|none|no|off|fixed|null|false|constant_?lr|constantlr)$/;
const cyclicSchedule = /cyclic|cosine.*restart|warm.?restart|sgdr|triangular|sawtooth/;

export const isConstantSchedule = (schedule: string): boolean => constantSchedule.test(schedule);
export const isCyclicSchedule = (schedule: string): boolean => cyclicSchedule.test(schedule);
