// What a follower knows between looks of a claim, or of claims that are read together: the runs that it gave, and where they stood.

import { toLosslessJson } from '../base/lossless';
import type { Sha256Factory } from '../base/sha256';
import type { RunId } from '../base/units';
import type { Run } from '../model/run';
import type { ClaimMemory } from './memory';

const isEnded = ({ status }: Run): boolean => status === 'finished' || status === 'failed' || status === 'killed';

export class FollowedClaim {
  restarted = false;
  keyPaths: readonly string[] = [];
  /** Its memory holds what readers kept. */
  holds = false;
  /** Number of its last reading. */
  readAt = 0;
  /** The id that a run has by its bytes → the id that it was given. */
  readonly given = new Map<RunId, RunId>();
  readonly #runs = new Map<RunId, { readonly digest: string; readonly ended: boolean; readonly points: number }>();
  #places = new Map<string, { readonly id: RunId; readonly nativeId: string | null; count: number }>();
  #placesBefore = this.#places;
  /** Ids of the reading under way. */
  readonly #given = new Set<RunId>();

  constructor(
    /** State of its files when they were read; '' before that. */
    public mark: string,
    readonly memory: ClaimMemory,
    private readonly sha256: Sha256Factory,
  ) {}

  get ids(): readonly RunId[] {
    return [...this.#runs.keys()];
  }

  /** Points that its memory holds, about. */
  get kept(): number {
    return this.holds ? [...this.#runs.values()].reduce((sum, { points }) => sum + points, 0) : 0;
  }

  get open(): number {
    return [...this.#runs.values()].filter(({ ended }) => !ended).length;
  }

  beginReading(): void {
    this.#placesBefore = this.#places;
    this.#places = new Map();
    this.#given.clear();
  }

  /** The reading came to nothing: what stood, stands. */
  abandonReading(): void {
    this.#places = this.#placesBefore;
  }

  /** Runs that were given, by their place. */
  get places(): readonly (readonly [string, RunId])[] {
    return [...this.#places].map(([path, { id }]) => [path, id] as const);
  }

  /**
   * The runs that stand no more: another was read in their place, or, of claims read together, they were joined to one. Runs that were left
   * out stand as they stood.
   */
  *endReading(grew: boolean, together: boolean): Generator<{ readonly run: RunId; readonly by: RunId | null }> {
    const [only] = this.#given.size === 1 ? this.#given : [];
    for (const [path, before] of this.#placesBefore) {
      const now = this.#places.get(path);
      const isReplaced = now !== undefined && (before.nativeId === null || (now.count === 1 && before.count === 1));
      if (grew && !this.#given.has(before.id) && (isReplaced || together)) {
        this.#runs.delete(before.id);
        yield { run: before.id, by: now?.count === 1 ? now.id : (only ?? null) };
      } else if (!now) this.#places.set(path, before);
    }
  }

  /** The id given to the run that stood at this place before, where there was one and this is it. */
  earlierIdOf(run: Run): RunId | undefined {
    const before = this.#placesBefore.get(run.path);
    return before?.count === 1 && before.nativeId === run.nativeId ? before.id : undefined;
  }

  /** Takes note of a run; false where it says what it said before. */
  isNews(run: Run): boolean {
    this.#given.add(run.id);
    const place = this.#places.get(run.path);
    if (place) place.count++;
    else this.#places.set(run.path, { id: run.id, nativeId: run.nativeId, count: 1 });
    const hash = this.sha256();
    hash.update(new TextEncoder().encode(toLosslessJson(run)));
    const digest = hash.hex();
    const same = this.#runs.get(run.id)?.digest === digest;
    this.#runs.set(run.id, { digest, ended: isEnded(run), points: run.series.reduce((sum, { count }) => sum + count, 0) });
    return !same;
  }
}
