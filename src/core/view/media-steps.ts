// Media over their steps: which steps there are, and what a run has at one of them or the nearest before.

import type { Media, MediaItem } from '../model/media';
import { contextText, type Run } from '../model/run';
import { countText } from './chart-numbers';
import { counted } from './format';

/** Steps that hold something, ascending, each once; items without a step have none. */
export function stepsOf(media: readonly Media[]): readonly number[] {
  const steps = new Set<number>();
  for (const { items } of media) for (const { step } of items ?? []) if (step !== null) steps.add(step);
  return [...steps].sort((a, b) => a - b);
}

/** Index of the last step at or before `step`; −1 where all are later. `null` is the last step. */
export function indexAt(steps: readonly number[], step: number | null): number {
  if (step === null) return steps.length - 1;
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] as number) <= step) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The step so many steps further, of those that exist; null where there is none. */
export function movedStep(steps: readonly number[], step: number | null, by: number): number | null {
  if (steps.length === 0) return null;
  const to = Math.max(0, Math.min(steps.length - 1, indexAt(steps, step) + by));
  return steps[to] as number;
}

/** What a media has at a step. */
export interface MediaAt {
  /** The step of `items`, at or before the one asked for; null where they have none. */
  readonly step: number | null;
  /** When the first of them was logged, ms since the epoch. */
  readonly timeMs: number | null;
  readonly items: readonly MediaItem[];
  /** Where nothing is there yet: the first step that holds something. */
  readonly later: number | null;
}

/** Items at the step or the nearest before; those without a step are always there. @param step null for the last */
export function mediaAt(media: Media, step: number | null): MediaAt {
  const items = media.items ?? [];
  const steps = stepsOf([media]);
  const bare = items.filter((item) => item.step === null);
  const found = steps[indexAt(steps, step)];
  const there = found === undefined ? bare : [...items.filter((item) => item.step === found), ...bare];
  return { step: found ?? null, timeMs: there[0]?.timeMs ?? null, items: there, later: there.length === 0 ? (steps[0] ?? null) : null };
}

/** One media of a run by its name, kind and context: unique within the run, and the same in every run. */
export const mediaKey = ({ name, context }: Pick<Media, 'name' | 'context'>): string => `${name}\0${contextText(context ?? {})}`;

/** `val/examples [subrun=a]`. */
export function mediaTitle({ name, context }: Pick<Media, 'name' | 'context'>): string {
  const more = contextText(context ?? {});
  return more === '' ? name : `${name} [${more}]`;
}

/** `12 items`, `12 of 4,000 kept`, `4,000 logged, none kept`. A tracker that counts lists as one each has more items than it counted. */
export function keptText({ count, items }: Media): string {
  const kept = items?.length ?? 0;
  if (kept === 0) return `${countText(count)} logged, none kept`;
  if (kept > count) return `${counted(kept, 'item')}, logged ${counted(count, 'time')}`;
  return kept === count ? counted(count, 'item') : `${countText(kept)} of ${countText(count)} kept`;
}

/** Media by name; those of which nothing is kept last, as there is nothing to see of them. */
export function orderedMedia(run: Pick<Run, 'media'>): readonly Media[] {
  const seen = ({ items }: Media): number => ((items?.length ?? 0) > 0 ? 0 : 1);
  return run.media.toSorted((a, b) => seen(a) - seen(b) || natural(mediaTitle(a), mediaTitle(b)));
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
export const natural = (a: string, b: string): number => collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);

/** Media whose name, kind or form holds all words. */
export function searchMedia<M extends Pick<Media, 'name' | 'kind' | 'context' | 'items'>>(media: readonly M[], search: string): readonly M[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return media.filter((one) => {
    const text = `${mediaTitle(one)} ${one.kind} ${one.items?.[0]?.form ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
