// evaluations.npz of EvalCallback: a row of episodes for every evaluation.

import { type Issue, issue } from '../../base/issues';
import type { NpyArray } from '../../formats/npy';
import { readNpz } from '../../formats/npz';
import type { ReadContext } from '../../source/reader';
import type { SourceFile } from '../../source/source';
import type { HistoryWriter, RowKind } from '../_history/writer';

/** Array → the name under which EvalCallback logs its mean. */
const meanNames = { results: 'eval/mean_reward', ep_lengths: 'eval/mean_ep_length', successes: 'eval/success_rate' } as const;
type ArrayName = keyof typeof meanNames;

export interface Evaluations {
  /** Timesteps, one per evaluation. */
  readonly steps: Float64Array;
  /** Evaluations × episodes. */
  readonly arrays: ReadonlyMap<ArrayName, NpyArray>;
  readonly file: SourceFile;
  /** The first evaluation: the file is written anew with every other. */
  readonly fingerprint: Uint8Array;
  readonly issues: readonly Issue[];
}

/** Reads the file; trouble is among its issues. */
export async function readEvaluations(file: SourceFile, context: ReadContext): Promise<Evaluations> {
  const names = Object.keys(meanNames) as ArrayName[];
  const npz = await readNpz(file, ['timesteps', ...names], context);
  const issues = [...npz.issues];
  const steps = npz.arrays.get('timesteps')?.values ?? new Float64Array(0);
  const arrays = new Map<ArrayName, NpyArray>();
  for (const name of names) {
    const array = npz.arrays.get(name);
    if (array?.shape.length === 2 && array.shape[0] === steps.length) arrays.set(name, array);
    else if (array) issues.push(issue('bad-record', `“${name}” of ${file.name} has not one row per timestep.`, { file: file.path, where: `array ${name}` }));
  }
  const first = [steps[0] ?? '', ...[...arrays].map(([name, { values, shape }]) => `${name} ${values.subarray(0, shape[1]).join(' ')}`)];
  return { steps, arrays, file, fingerprint: new TextEncoder().encode(first.join('\n')), issues };
}

/**
 * Adds the means as EvalCallback logs them, and every episode under the array's own name (several points at one step, told apart by the file).
 * Where the logger has the means already, nothing is added: they are the same numbers.
 */
export function addEvaluations({ steps, arrays, file, issues }: Evaluations, writer: HistoryWriter, isLogged: (name: string) => boolean): void {
  for (const one of issues) writer.issue(one);
  const kind: RowKind = { key: 'file', value: file.name, always: true };
  for (const [name, { values, shape }] of arrays) {
    if (isLogged(meanNames[name])) continue;
    const episodes = shape[1] ?? 0;
    const means = writer.column('', meanNames[name]);
    const each = writer.column('', name, kind);
    for (const [at, step] of steps.entries()) {
      const row = values.subarray(at * episodes, (at + 1) * episodes);
      if (episodes > 0) means.add(step, Number.NaN, pairwiseSum(row) / episodes);
      for (const value of row) each.add(step, Number.NaN, value);
    }
  }
}

/** The sum as `numpy.mean` forms it, so that the last digit is the logger's too (numpy/core/src/umath/loops_utils.h.src). */
function pairwiseSum(values: Float64Array): number {
  const n = values.length;
  const at = (index: number): number => values[index] as number;
  if (n < 8) return values.reduce((sum, value) => sum + value, 0);
  if (n > 128) {
    const half = (n >> 1) - ((n >> 1) % 8);
    return pairwiseSum(values.subarray(0, half)) + pairwiseSum(values.subarray(half));
  }
  const sums = values.slice(0, 8);
  const whole = n - (n % 8);
  for (let index = 8; index < whole; index++) sums[index % 8] = (sums[index % 8] as number) + at(index);
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = sums;
  let sum = a + b + (c + d) + (e + f + (g + h));
  for (let index = whole; index < n; index++) sum += at(index);
  return sum;
}
