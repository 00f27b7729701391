// Exit codes of the command line, and the one error that stands for wrong usage.

/** 0 done · 1 a gate was not met · 2 wrong usage · 3 nothing readable · 4 some could not be read · 130 stopped by Ctrl-C. */
export const exitCodes = { done: 0, gate: 1, usage: 2, nothing: 3, some: 4, stopped: 130 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The command was put wrongly: `message` says how, `nearest` how it was probably meant. */
export class UsageError extends Error {
  constructor(
    message: string,
    readonly nearest?: string,
  ) {
    super(message);
    this.name = 'UsageError';
  }
}
