// What was read of runs that go on, kept while their tracker is followed: the next look asks only for what was added.

/** About 24 bytes each. Beyond it the runs that were read longest ago are forgotten, and read whole when they change. */
const mostPoints = 8_000_000;

/** By the tracker's own id of the run. */
export class KeptRuns<T> {
  readonly #runs = new Map<string, { readonly kept: T; readonly points: number }>();
  #points = 0;

  constructor(private readonly most = mostPoints) {}

  of(run: string): T | undefined {
    return this.#runs.get(run)?.kept;
  }

  /** Keeps what was read last, in place of what was kept of the run before. @param points that it holds */
  keep(run: string, kept: T, points: number): void {
    this.forget(run);
    this.#runs.set(run, { kept, points });
    this.#points += points;
    for (const oldest of this.#runs.keys()) {
      if (this.#points <= this.most) return;
      this.forget(oldest);
    }
  }

  forget(run: string): void {
    this.#points -= this.#runs.get(run)?.points ?? 0;
    this.#runs.delete(run);
  }
}
