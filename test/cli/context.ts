// A context for running the command line inside a test.

import { runCli } from '../../src/cli/run';
import type { CliContext } from '../../src/cli/verb';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A context that nothing comes out of. */
export const quietContext: CliContext = {
  signal: new AbortController().signal,
  cwd: process.cwd(),
  env: {},
  write: async () => {},
  tell: () => {},
  status: () => {},
};

/** Runs one command in this process. */
export async function cli(words: readonly string[], more: Partial<CliContext> = {}): Promise<Ran> {
  let out = '';
  let err = '';
  const context: CliContext = {
    ...quietContext,
    write: async (text) => {
      out += text;
    },
    tell: (text) => {
      err += text;
    },
    ...more,
  };
  const code = await runCli(words, context);
  return { code, out, err };
}

/** The JSON document that a command printed. */
export async function document(words: readonly string[]): Promise<Record<string, never>> {
  return JSON.parse((await cli([...words, '--json'])).out) as Record<string, never>;
}
