// Points of many series: cached, read in one go, and only the latest wish is answered.

import { useEffect, useState } from 'react';
import type { RunId } from '../../core/base/units';
import { useApp, useLibrary } from '../state/app';
import type { AppStore, Overview } from '../storage/contract';
import { type Detail, PointCache, type PointRequest, requestKey } from './point-cache';

export type PointMap = ReadonlyMap<string, Overview>;

/** Answers under `pointsKey`. While new points load, the old answer stays. */
export type PointsState =
  | { readonly kind: 'loading'; readonly points: PointMap }
  | { readonly kind: 'ready'; readonly points: PointMap }
  | { readonly kind: 'failed'; readonly points: PointMap; readonly message: string };

const caches = new WeakMap<AppStore, PointCache>();
const budget = 256 * 1024 * 1024;

/** The cache of a store; whoever replaces a run drops it there. */
export function pointCacheOf(storage: AppStore): PointCache {
  const found = caches.get(storage) ?? new PointCache(budget);
  caches.set(storage, found);
  return found;
}

/** Points of all requests, reading what the cache lacks, one read per run. @throws what the store throws, or the signal's reason */
export async function readPoints(storage: AppStore, requests: readonly PointRequest[], detail: Detail, signal: AbortSignal): Promise<PointMap> {
  const cache = pointCacheOf(storage);
  const answer = new Map<string, Overview>();
  const missing = new Map<RunId, number[]>();
  for (const request of requests) {
    const key = requestKey(request, detail);
    const known = cache.get(key);
    if (known) answer.set(key, known);
    else missing.set(request.run, [...(missing.get(request.run) ?? []), request.series]);
  }
  for (const [run, series] of missing) {
    signal.throwIfAborted();
    const read =
      detail === 'overview' ? await storage.overviews(run, series) : (await storage.points(run, series)).map((points) => ({ points, thinned: false }));
    read.forEach((overview, at) => {
      const key = requestKey({ run, series: series[at] as number }, detail);
      cache.set(key, overview);
      answer.set(key, overview);
    });
  }
  return answer;
}

/** Points of some series as state: see PointsState. */
export function usePoints(requests: readonly PointRequest[], detail: Detail = 'overview'): PointsState {
  const { storage, idle } = useApp();
  const runs = useLibrary((state) => state.runs);
  const [state, setState] = useState<PointsState>({ kind: 'loading', points: new Map() });
  // A run that was read again, because it grew, is a new wish too: hence the digests.
  const stamp = requests.map((request) => `${requestKey(request, detail)}/${runs.get(request.run)?.series[request.series]?.valuesDigest ?? ''}`).join('\n');

  // biome-ignore lint/correctness/useExhaustiveDependencies: `stamp` says all of `requests` that matters, whatever array it comes in
  useEffect(() => {
    const abort = new AbortController();
    setState((before) => ({ kind: 'loading', points: before.points }));
    idle
      .track('points', readPoints(storage, requests, detail, abort.signal))
      .then((points) => {
        if (!abort.signal.aborted) setState({ kind: 'ready', points });
      })
      .catch((error: unknown) => {
        if (abort.signal.aborted) return;
        setState((before) => ({ kind: 'failed', points: before.points, message: error instanceof Error ? error.message : String(error) }));
      });
    return () => abort.abort();
  }, [storage, idle, stamp, detail]);
  return state;
}

/** The key under which `usePoints` answers for a series. */
export const pointsKey = (run: RunId, series: number, detail: Detail = 'overview'): string => requestKey({ run, series }, detail);
