// What must hold before a model may propose anything, each with its reason.

import { levelText } from '../effects/param';
import type { Trial } from '../trials/trial';
import type { Experience } from './experience';
import type { Gate } from './suggestion';
import type { Surrogate } from './surrogate';

/** Fewer complete runs than this, and a model of them would be read from noise. */
export const fewestRuns = 10;
/** A model that explains less is not asked. */
export const leastExplained = 0.2;

/** The gates that need no model. */
export function gatesOf(experience: Experience, directionStated: boolean): readonly Gate[] {
  const { complete, table, space, noise } = experience;
  const aside = table.trials.length - complete.length;
  const data = differing(complete, /data/i);
  const length = differing(complete, /^last step$/);
  return [
    {
      code: 'complete-runs',
      passed: complete.length >= fewestRuns,
      message:
        `${complete.length} runs have a finite ${table.metric}${aside > 0 ? `, ${aside} ended without one` : ''}` +
        (complete.length >= fewestRuns ? '' : `; a model needs ${fewestRuns}`),
    },
    {
      code: 'comparable',
      passed: data.length < 2,
      message:
        data.length > 1
          ? `the runs saw ${data.length} different data sets: their ${table.metric} cannot be put in one model`
          : `nothing says that the runs saw different data${length.length > 1 ? `; they ended at ${length.length} different steps, so part of the differences may be length of training` : ''}`,
    },
    {
      code: 'varied',
      passed: space.axes.length > 0,
      message:
        space.axes.length > 0
          ? `${space.axes.length} param${space.axes.length === 1 ? ' was' : 's were'} varied`
          : 'no param was varied, so there is no space to search',
    },
    {
      code: 'direction',
      passed: true,
      message: `${table.metric} should be ${table.direction === 'min' ? 'low' : 'high'}, ${directionStated ? 'as stated' : 'by its name: state the direction if that is wrong'}`,
    },
    {
      code: 'noise',
      passed: true,
      message: noise
        ? `the same params again differ by ${short(noise.deviation)} (standard deviation, ${noise.freedom} degrees of freedom)`
        : 'no params were run twice: the noise is assumed to be what the model learns',
    },
  ];
}

export function modelGate(surrogate: Surrogate | null): Gate {
  const passed = surrogate !== null && surrogate.r2 >= leastExplained;
  const name = surrogate?.method === 'forest' ? 'a forest' : 'a Gaussian process';
  const message =
    surrogate === null || Number.isNaN(surrogate.r2)
      ? 'no model could be fitted'
      : `${name} explains ${percent(surrogate.r2)} of the variance of runs it has not seen, and its 80 % intervals hold ${percent(surrogate.held)} of them${surrogate.widening > 1.05 ? `, so they are widened by ${short(surrogate.widening)}` : ''}${passed ? '' : `; below ${percent(leastExplained)} it is not asked`}`;
  return { code: 'model', passed, message };
}

const differing = (trials: readonly Trial[], name: RegExp): readonly string[] => [
  ...new Set(
    trials.flatMap(({ circumstances }) =>
      Object.entries(circumstances)
        .filter(([key]) => name.test(key))
        .map(([key, value]) => `${key}=${levelText(value)}`),
    ),
  ),
];

/** Four digits are enough in a sentence. */
export const short = (value: number): string => String(Number(value.toPrecision(4)));
export const percent = (share: number): string => `${Math.max(0, Math.round(share * 100))} %`;
