// What a verb of the command line is: plain data about it, and a function. One file in verbs/ is one verb.

import type { ExitCode } from './exit';

/** An option as `node:util` parses it, and what the help says of it. */
export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: boolean;
  readonly help: string;
}

export interface VerbMeta {
  /** The file's name: `diptych <id>`. */
  readonly id: string;
  /** One line for the list of verbs. */
  readonly summary: string;
  /** What follows the verb, e.g. `PATH... [--json]`. */
  readonly usage: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
}

export interface VerbArgs {
  readonly positionals: readonly string[];
  /** The value of an option, or undefined where it was not given. */
  text(name: string): string | undefined;
  texts(name: string): readonly string[];
  flag(name: string): boolean;
}

export interface CliContext {
  /** Aborted by Ctrl-C: throw its reason, leave nothing half-written. */
  readonly signal: AbortSignal;
  /** Where the user stands: relative paths start here. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether a file beside what was named may be read (a project file, ignore rules); all unless given. */
  mayRead?(path: string): boolean;
  /** Writes to standard output; waits when the reader is slow. */
  write(text: string): Promise<void>;
  /** A message on standard error. */
  tell(text: string): void;
  /** A line on standard error that the next one replaces; nothing where that is no terminal. */
  status(text: string): void;
}

export interface Verb {
  readonly meta: VerbMeta;
  /** @throws UsageError for wrong usage; any other throw is a bug of ours and exits 1 */
  run(args: VerbArgs, context: CliContext): Promise<ExitCode>;
}
