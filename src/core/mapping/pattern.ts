// Regular expressions that came with a folder: run by an engine whose time grows with the line and never explodes.

import { RE2JS, RE2JSException } from 're2js';

/** Longer ones are no pattern that a person wrote. */
export const longestPattern = 2000;
/** Steps of the compiled program: what a line may cost is this times its length. */
const largestProgram = 4000;

export interface LinePattern {
  /** Names of the groups, in their order. */
  readonly groups: readonly string[];
  /** Name → text of the groups that took part, or null where the line is another. */
  exec(line: string): ReadonlyMap<string, string> | null;
}

/** @returns a sentence on what is wrong where it cannot be used */
export function compilePattern(source: string): LinePattern | string {
  if (source.length > longestPattern) return `the pattern is longer than ${longestPattern} characters`;
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(source);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return `the pattern cannot be read: ${error.message.replace(/^error parsing regexp: /, '')}`;
  }
  if (compiled.programSize() > largestProgram) return 'the pattern is too large: it repeats too much';
  const numbers = Object.entries(compiled.namedGroups()).sort(([, a], [, b]) => a - b);
  return {
    groups: numbers.map(([name]) => name),
    exec(line) {
      // Telling that a line is another is many times faster than finding the groups.
      if (!compiled.test(line)) return null;
      const matcher = compiled.matcher(line);
      if (!matcher.find()) return null;
      const found = new Map<string, string>();
      for (const [name, number] of numbers) {
        const text = matcher.group(number);
        if (text !== null) found.set(name, text);
      }
      return found;
    },
  };
}
