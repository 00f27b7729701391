// Works ahead: several answers are waited for at once and given in order, so that a slow server costs one wait and not one per question.

/**
 * `work` of every item, in the order of the items, with at most `most` under way.
 * @throws the first error, in order; what is under way then is left to end by itself
 */
export async function* ahead<T, R>(items: Iterable<T>, most: number, work: (item: T) => Promise<R>): AsyncGenerator<R> {
  const waiting: Promise<R>[] = [];
  const begin = (item: T) => {
    const begun = work(item);
    // A failure behind the one that is thrown is nobody's to handle.
    begun.catch(() => {});
    waiting.push(begun);
  };
  for (const item of items) {
    if (waiting.length >= most) yield await (waiting.shift() as Promise<R>);
    begin(item);
  }
  for (const begun of waiting) yield await begun;
}
