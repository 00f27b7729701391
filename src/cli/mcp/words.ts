// A tool's input in the words of a verb, so that both go the same way.

import type { VerbArgs } from '../verb';

/** Arguments as they would be parsed from a command line; what is undefined was not given. */
export function wordsOf(positionals: readonly string[], options: Readonly<Record<string, string | readonly string[] | undefined>> = {}): VerbArgs {
  const texts = (name: string): readonly string[] => [options[name] ?? []].flat();
  return { positionals, texts, text: (name) => texts(name).at(-1), flag: () => false };
}
