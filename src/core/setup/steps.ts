// Work that stops often and is gone on with, so that a review of thousands of files lets others run and can be cancelled; and what is found once.

/** Yields wherever the work can be left; returns what it found. */
export type Steps<T> = Generator<undefined, T>;

/** What is found once of a project, or of something in it, and remembered as long as that is. */
export interface Fact<K extends object, A extends readonly unknown[], T> {
  /** Looked for at once where it is not known yet. */
  (of: K, ...more: A): T;
  /** The same, stopping often. */
  steps(of: K, ...more: A): Steps<T>;
}

export function factOf<K extends object, A extends readonly unknown[], T>(find: (of: K, ...more: A) => Steps<T>): Fact<K, A, T> {
  const known = new WeakMap<K, { readonly found: T }>();
  function* steps(of: K, ...more: A): Steps<T> {
    const made = known.get(of) ?? { found: yield* find(of, ...more) };
    known.set(of, made);
    return made.found;
  }
  return Object.assign((of: K, ...more: A) => atOnce(steps(of, ...more)), { steps });
}

/** What takes no steps and is found once of each, and remembered as long as that is: `more` must be the same wherever it is asked. */
export function onceOf<K extends object, A extends readonly unknown[], T>(find: (of: K, ...more: A) => T): (of: K, ...more: A) => T {
  const known = new WeakMap<K, { readonly found: T }>();
  return (of, ...more) => {
    const made = known.get(of) ?? { found: find(of, ...more) };
    known.set(of, made);
    return made.found;
  };
}

/** Goes through all steps. */
export function atOnce<T>(steps: Iterator<unknown, T>): T {
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

/** What each of many gives, in their order. */
export function* gathered<A, B>(all: Iterable<A>, from: (one: A) => readonly B[]): Steps<readonly B[]> {
  const found: B[] = [];
  for (const one of all) {
    yield;
    for (const part of from(one)) found.push(part);
  }
  return found;
}
