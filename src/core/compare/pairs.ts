// Proposes runs that are one training recorded by two trackers, with the evidence. It never merges them (docs/decisions/0266).

import type { RunId } from '../base/units';
import { displayName, type Run } from '../model/run';
import { compareCurves, curveSignature, isSameCurve, isTelling } from './pair-curves';

export type PairEvidence =
  /** One was read as a source of the other. */
  | { readonly kind: 'source' }
  /** `in` names the other by its tracker's id: in the param or tag `key`. */
  | { readonly kind: 'id'; readonly in: RunId; readonly what: 'params' | 'tags'; readonly key: string; readonly value: string }
  /** `equal` of `of` curves have the same points, `exact` of them to the last bit; up to three by their names in both runs. */
  | { readonly kind: 'curves'; readonly equal: number; readonly exact: number; readonly of: number; readonly names: readonly (readonly [string, string])[] }
  /** Curves of other lengths that end on the same value. */
  | { readonly kind: 'endings'; readonly equal: number }
  | { readonly kind: 'name'; readonly name: string }
  /** Starts so many milliseconds apart. */
  | { readonly kind: 'start'; readonly ms: number };

export interface RunPair {
  /** In the order of their ids. */
  readonly runs: readonly [RunId, RunId];
  /** 0 to 1: how sure it is that both are one training. */
  readonly confidence: number;
  /** The most telling first. */
  readonly evidence: readonly PairEvidence[];
}

/** A curve that more runs share tells none of them. */
const mostSharing = 8;
const nearMs = 5 * 60_000;
const farMs = 60 * 60_000;
const leastConfidence = 0.6;
/** Shorter ids are numbers or words that stand in any param. */
const shortestId = 6;
const longestText = 300;
const namesShown = 3;

type IdEvidence = PairEvidence & { readonly kind: 'source' | 'id' };

interface Candidate {
  readonly a: Run;
  readonly b: Run;
  readonly said: IdEvidence[];
}

/**
 * Pairs of runs of different trackers (or of two loggers of one, or of one's folder and its server) that are likely one training, in the order of their ids. In time
 * that grows with the runs and their series, not with the pairs; the order of the runs does not matter.
 */
export function findPairs(runs: readonly Run[]): readonly RunPair[] {
  const steps = pairSteps(runs);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in steps of a few milliseconds, for whoever must breathe between them. */
export function* pairSteps(runs: readonly Run[]): Generator<void, readonly RunPair[]> {
  const candidates = new Map<string, Candidate>();
  const propose = (x: Run, y: Run, said?: IdEvidence): void => {
    if (x.id === y.id) return;
    const [a, b] = x.id < y.id ? [x, y] : [y, x];
    const key = `${a.id} ${b.id}`;
    const known = candidates.get(key) ?? { a, b, said: [] };
    if (said && known.said.length === 0) known.said.push(said);
    candidates.set(key, known);
  };
  const sorted = [...runs].sort((a, b) => compare(a.id, b.id));
  bySource(sorted, propose);
  yield* byNativeId(sorted, propose);
  yield* byCurve(sorted, propose);
  byName(sorted, propose);
  const pairs: RunPair[] = [];
  for (const one of inSteps([...candidates.values()])) {
    if (one === null) yield;
    else pairs.push(...[judge(one)].filter((pair) => pair !== null));
  }
  return pairs.sort((a, b) => compare(a.runs.join(), b.runs.join()));
}

const perStep = 50;

/** The items, and null now and then. */
function* inSteps<T>(items: readonly T[]): Generator<T | null> {
  for (const [at, item] of items.entries()) {
    if (at % perStep === perStep - 1) yield null;
    yield item;
  }
}

type Propose = (a: Run, b: Run, said?: IdEvidence) => void;

function bySource(runs: readonly Run[], propose: Propose): void {
  const owners = new Map<string, Run>(runs.map((run) => [run.id, run]));
  for (const run of runs) {
    for (const { runId } of run.sources) {
      const other = runId === undefined ? undefined : owners.get(runId);
      if (other) propose(run, other, { kind: 'source' });
    }
  }
}

function* byNativeId(runs: readonly Run[], propose: Propose): Generator<void> {
  const known = new Map<string, Run[]>();
  for (const run of runs) if (run.nativeId !== null && run.nativeId.length >= shortestId) push(known, run.nativeId, run);
  if (known.size === 0) return;
  for (const run of inSteps(runs)) {
    if (run === null) {
      yield;
      continue;
    }
    for (const what of ['tags', 'params'] as const) {
      for (const [key, value] of Object.entries(run[what])) {
        if (typeof value !== 'string' || value.length < shortestId || value.length > longestText) continue;
        for (const word of new Set([value, ...value.split(/[^\w-]+/)])) {
          const named = known.get(word) ?? [];
          if (named.length > mostSharing) continue;
          for (const other of named) if (trackerOf(other) !== trackerOf(run)) propose(run, other, { kind: 'id', in: run.id, what, key, value: word });
        }
      }
    }
  }
}

/** Runs that alone of their tracker have a curve, and another tracker's have it too. */
function* byCurve(runs: readonly Run[], propose: Propose): Generator<void> {
  const sharing = new Map<string, Map<Run, number>>();
  for (const run of inSteps(runs)) {
    if (run === null) {
      yield;
      continue;
    }
    for (const [at, series] of run.series.entries()) {
      if (!isTelling(series)) continue;
      const key = curveSignature(series);
      const known = sharing.get(key);
      if (known) known.set(run, known.get(run) ?? at);
      else sharing.set(key, new Map([[run, at]]));
    }
  }
  for (const found of sharing.values()) {
    if (found.size < 2 || found.size > mostSharing) continue;
    const all = [...found];
    const counts = new Map<string, number>();
    for (const [run] of all) counts.set(trackerOf(run), (counts.get(trackerOf(run)) ?? 0) + 1);
    for (const [i, [a, at]] of all.entries()) {
      for (const [b, other] of all.slice(i + 1)) {
        const otherTracker = trackerOf(a) !== trackerOf(b) && counts.get(trackerOf(a)) === 1 && counts.get(trackerOf(b)) === 1;
        // Two loggers of one framework, one of which keeps single precision.
        const otherLogger = all.length === 2 && isSameCurve(a.series[at]!, b.series[other]!) === 'rounded';
        if (otherTracker || otherLogger) propose(a, b);
      }
    }
  }
}

/** Runs of one name that began within minutes of each other. */
function byName(runs: readonly Run[], propose: Propose): void {
  const named = new Map<string, Run[]>();
  for (const run of runs) if (run.startedMs !== null) push(named, nameOf(run), run);
  for (const all of named.values()) {
    const inTime = all.sort((a, b) => (a.startedMs ?? 0) - (b.startedMs ?? 0) || compare(a.id, b.id));
    for (const [i, a] of inTime.entries()) {
      for (const b of inTime.slice(i + 1, i + 1 + mostSharing)) if (trackerOf(a) !== trackerOf(b) && startGap(a, b)! <= nearMs) propose(a, b);
    }
  }
}

function judge({ a, b, said }: Candidate): RunPair | null {
  const curves = compareCurves(a, b);
  const [named] = said;
  const agreeing = curves.equal.length;
  // Runs that are told to belong together may still be a run and its parent, or its continuation.
  if (curves.contrary > 0 && curves.contrary * 9 > agreeing && named?.kind !== 'source') return null;
  const gap = startGap(a, b);
  const sameName = nameOf(a) === nameOf(b);
  const near = gap !== null && gap <= nearMs;
  const share = curves.of === 0 ? 0 : agreeing / curves.of;
  let confidence = 0;
  // An id alone may name what a run was started from.
  if (named) confidence = named.kind === 'source' ? 1 : agreeing > 0 ? 0.99 : gap === null || near ? 0.85 : 0.5;
  // A repeat with the same seed has the same curves, later; one short curve of accuracies may be alike by accident.
  else if ((gap !== null && gap > farMs) || endedBefore(a, b) || endedBefore(b, a) || (agreeing === 1 && !near && !sameName)) confidence = 0.5;
  else if (agreeing > 0) confidence = (curves.exact > 0 ? 0.97 : 0.95) * (share >= 0.5 ? 1 : 0.6);
  else if (near && sameName && curves.endings > 0) confidence = 0.75;
  if (confidence < leastConfidence) return null;
  const names = curves.equal.slice(0, namesShown);
  const evidence: PairEvidence[] = [...said];
  if (agreeing > 0) evidence.push({ kind: 'curves', equal: agreeing, exact: curves.exact, of: curves.of, names });
  else if (curves.endings > 0) evidence.push({ kind: 'endings', equal: curves.endings });
  if (sameName) evidence.push({ kind: 'name', name: nameOf(a) });
  if (near) evidence.push({ kind: 'start', ms: gap });
  return { runs: [a.id, b.id], confidence: Math.round(confidence * 100) / 100, evidence };
}

const endedBefore = (a: Run, b: Run): boolean => a.endedMs !== null && b.startedMs !== null && a.endedMs < b.startedMs;
const startGap = (a: Run, b: Run): number | null => (a.startedMs === null || b.startedMs === null ? null : Math.abs(a.startedMs - b.startedMs));
/** Formats of one tracker are named after it: `mlflow-file`, `mlflow-sqlite`. */
const trackerOf = (run: Run): string => `${run.format.replace(/-.*$/, '')}${isServed(run) ? ' served' : ''}`;

/** A running TensorBoard gave it: no file is its source. Having no ids there, it is another run than that of the log folder (decision 0385). */
export const isServed = ({ format, sources }: Run): boolean =>
  format === 'tensorboard' && sources.length > 0 && sources.every(({ files }) => files.length === 0);
/** Without the folders that a log may be named by. */
const nameOf = (run: Run): string => (displayName(run).split(/[\\/]/).at(-1) ?? '').toLowerCase();
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
