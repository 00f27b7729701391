// How a person looks at media: kept in the workspace, the same on the run page and side by side.

import { type MediaFilter, mediaFilters } from '../../core/view/media-rows';

export const mediaSizes = ['s', 'm', 'l'] as const;
export type MediaSize = (typeof mediaSizes)[number];

export interface MediaSlice {
  /** The step that all media are shown at; null for the last. */
  readonly step: number | null;
  readonly size: MediaSize;
  readonly search: string;
  /** Keys of media that are folded to their title. */
  readonly folded: readonly string[];
  readonly filter: MediaFilter;
  /** Histograms as one picture over all steps. */
  readonly overSteps: boolean;
}

const standard: MediaSlice = { step: null, size: 'm', search: '', folded: [], filter: 'all', overSteps: false };

/** Reads what was stored, which may be of another version or damaged. */
export function parseMediaSlice(stored: unknown): MediaSlice {
  if (typeof stored !== 'object' || stored === null) return standard;
  const { step, size, search, folded, filter, overSteps } = stored as Partial<MediaSlice>;
  const valid =
    (step === null || (typeof step === 'number' && Number.isFinite(step))) &&
    mediaSizes.some((known) => known === size) &&
    typeof search === 'string' &&
    Array.isArray(folded) &&
    folded.every((key) => typeof key === 'string') &&
    mediaFilters.some((known) => known === filter) &&
    typeof overSteps === 'boolean';
  return valid ? (stored as MediaSlice) : standard;
}

/** Folds or unfolds one media. */
export const toggleFolded = (slice: MediaSlice, key: string): MediaSlice => ({
  ...slice,
  folded: slice.folded.includes(key) ? slice.folded.filter((one) => one !== key) : [...slice.folded, key],
});
