// What a rule tells a person to do.

export interface Advice {
  /** One or two sentences, as one engineer says it to another. */
  readonly text: string;
  /** A few lines in the run's own framework, where that is known. */
  readonly code?: string;
}
