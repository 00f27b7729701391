// What a person says of a run in Diptych: beside what the tracker logged, never in its place.

import type { Value, Values } from './values';

export interface OwnWords {
  /** Plain text; null where there is none. */
  readonly note: string | null;
  /** `good`, or `quality=good`. */
  readonly tags: readonly string[];
}

/** A tag of a person's own as trackers keep tags: `quality=good` is a name with a value, `good` is a name alone. */
export function tagPair(tag: string): readonly [string, Value] {
  const at = tag.indexOf('=');
  return at > 0 ? [tag.slice(0, at).trim(), tag.slice(at + 1).trim()] : [tag, true];
}

/** Tags of a run with those of the person; where both have a name, the tracker's stands. */
export function allTags(run: { readonly tags: Values; readonly own?: OwnWords }): Values {
  if (!run.own || run.own.tags.length === 0) return run.tags;
  return { ...Object.fromEntries(run.own.tags.map(tagPair)), ...run.tags };
}
