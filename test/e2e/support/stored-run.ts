// A run as the page's database holds it: the parts that specs look at.
import type { Page } from '@playwright/test';
import { storedRows } from './store';

export interface StoredRun {
  readonly id: string;
  readonly path: string;
  readonly name: string | null;
  readonly nativeId: string | null;
  readonly format: string;
  readonly deleted: boolean;
  readonly params: Readonly<Record<string, unknown>>;
  readonly series: readonly { readonly name: string; readonly count: number; readonly system: boolean }[];
  readonly issues: readonly { readonly code: string; readonly message: string; readonly file?: string }[];
}

/** All runs of the store, those in the bin left out, by id. */
export async function storedRuns(page: Page): Promise<readonly StoredRun[]> {
  const rows = await storedRows<{ readonly run: StoredRun; readonly binnedMs: number }>(page, 'runs');
  return rows.filter(({ binnedMs }) => binnedMs === 0).map(({ run }) => run);
}

/** All points of the runs, by run: `train/loss` of 60 and `val/loss` of 6 are 66. */
export const pointsOf = (run: StoredRun): number => run.series.reduce((sum, { count }) => sum + count, 0);
