// Changes that a person makes to a mapping by choosing instead of writing: what a column is, what a log looks like, which files.

import type { FoundGuess } from './guess';
import { type Mapping, plainMapping, plainRule, stepOf } from './mapping';

/** What a column can be said to be. */
export type ChosenRole = 'metric' | 'step' | 'time' | 'param' | 'run' | 'none';

/** The mapping with a column in another part; whatever it was before, it is that no more. */
export function withRole(mapping: Mapping, name: string, role: ChosenRole): Mapping {
  const { step, time, run } = mapping;
  const without = (names: readonly string[]): readonly string[] => names.filter((one) => one !== name);
  const steps = step?.kind === 'columns' ? without(step.columns) : [];
  const bare: Mapping = {
    ...mapping,
    step: step?.kind === 'columns' ? (steps.length > 0 ? stepOf(...steps) : null) : step,
    time: time?.column === name ? null : time,
    run: typeof run === 'object' && run.column === name ? 'file' : run,
    params: without(mapping.params),
    ignore: without(mapping.ignore),
    metrics: mapping.metrics === null ? null : without(mapping.metrics),
  };
  switch (role) {
    case 'step':
      return { ...bare, step: stepOf(name) };
    case 'time':
      return { ...bare, time: { column: name, unit: 'auto' } };
    case 'run':
      return { ...bare, run: { column: name } };
    case 'param':
      return { ...bare, params: [...bare.params, name] };
    case 'metric':
      // A name with an underscore before it, or one that counts, is a metric only where it is asked for.
      return bare.metrics === null ? bare : { ...bare, metrics: [...bare.metrics, name] };
    case 'none':
      return { ...bare, ignore: [...bare.ignore, name] };
  }
}

/** The mapping as a guess reads such logs; files, runs and names stay as they were said. */
export function asGuessed({ files, path, name, group, experiment, paramFiles, run }: Mapping, guess: Pick<FoundGuess, 'mapping'>): Mapping {
  return { ...guess.mapping, files, path, name, group, experiment, paramFiles, run };
}

/** A mapping to begin with where nothing fits: names and numbers on every line, and what steps are called most. */
export const blankMapping = (files: readonly string[]): Mapping => ({
  ...plainMapping,
  files,
  step: stepOf('step', 'iteration', 'iter', 'epoch'),
  lines: [{ ...plainRule, pairs: true }],
});

/** Globs out of one line: divided by commas, those in braces left alone. */
export function globsOf(text: string): readonly string[] {
  const globs: string[] = [];
  let depth = 0;
  let glob = '';
  for (const letter of text) {
    if (letter === '{') depth++;
    if (letter === '}') depth--;
    if (letter === ',' && depth <= 0) {
      globs.push(glob);
      glob = '';
    } else glob += letter;
  }
  return [...globs, glob].map((one) => one.trim()).filter((one) => one !== '');
}
