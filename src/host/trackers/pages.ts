// A list that is turned page by page, and knows whether there is another one.

/** A tracker that says at once that it has no more is believed; one that has to be asked may have more. */
const patienceMs = 50;

export class Pages<T> {
  readonly #pages: AsyncIterator<readonly T[]>;
  #ahead: Promise<IteratorResult<readonly T[]>> | null = null;

  constructor(pages: AsyncIterable<readonly T[]>) {
    this.#pages = pages[Symbol.asyncIterator]();
  }

  /** The next page. @throws what the list throws */
  async next(): Promise<{ readonly items: readonly T[]; readonly more: boolean }> {
    const { value, done } = await (this.#ahead ?? this.#pages.next());
    this.#ahead = null;
    if (done) return { items: [], more: false };
    const ahead = this.#pages.next();
    ahead.catch(() => {});
    this.#ahead = ahead;
    const late = new Promise<null>((resolve) => setTimeout(resolve, patienceMs, null));
    const following = await Promise.race([ahead.catch(() => null), late]);
    return { items: value, more: following === null || !following.done };
  }
}
