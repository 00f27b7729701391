// Brings runs home from a tracker: lists, leaves out what is known, reads the rest and gives each run when it is whole.

import { type Issue, issue } from '../base/issues';
import { paceOf } from '../base/pace';
import { pureSha256, type Sha256Factory } from '../base/sha256';
import type { RunEvent } from '../model/events';
import type { ReadRun } from '../model/run';
import { HttpError } from '../source/http';
import type { Claim, Read, ReadContext, ReadMemory } from '../source/reader';
import type { SourceDir, SourceTree } from '../source/source';
import type { Connection, ListedRun, RunQuery, Tracker } from '../source/tracker';
import type { ClaimMark, IngestEvent, IngestOptions, Progress } from './contract';
import { readClaim } from './read-claim';

export interface Download {
  readonly tracker: Pick<Tracker, 'meta' | 'parallel'>;
  readonly connection: Connection;
  readonly query: RunQuery;
  /** Index of the source in the import. */
  readonly source: number;
  /** Of earlier looks, where the tracker is followed. */
  readonly memory?: ReadMemory;
  /** Bytes that the server has answered so far, for progress. */
  received?(): number;
}

/** What became of a download, beside the runs that it gave. */
export interface Downloaded {
  readonly listed: number;
  /** As they were when they were read before. */
  readonly known: number;
  readonly read: number;
  readonly failed: number;
  /** Listed runs that the tracker does not call ended. */
  readonly open: number;
  /** The trouble that ended it before its time. */
  readonly stopped: HttpError | null;
}

/** Batches of many runs under way at once: one waits for the server while another is parsed. Single runs go as many as requests may. */
const batchesAtOnce = 2;

/**
 * Reads the runs that a query finds. A run that fails is told and spares the others; where the server itself fails, what was read stays
 * and the rest is left for the next time: `known` makes it go on where it ended.
 * @throws the signal's reason when aborted; HttpError when not even listing works
 */
export async function* download(
  { tracker, connection, query, source, memory, received }: Download,
  options: IngestOptions,
): AsyncGenerator<IngestEvent, Downloaded> {
  const sum = { listed: 0, known: 0, read: 0, failed: 0, open: 0, points: 0 };
  const sha256 = options.sha256 ?? pureSha256;
  const seen = new Set<string>();
  const progress = (current: string | null): IngestEvent => ({ kind: 'progress', progress: progressOf({ ...sum, bytes: received?.() ?? 0 }, source, current) });
  const most = connection.runsAtOnce > 1 ? batchesAtOnce : tracker.parallel;
  const under: Promise<BatchResult>[] = [];
  let stopped: HttpError | null = null;
  let failures = 0;

  const take = function* ({ runs, issues, marks, failed, stopped: by, trouble }: BatchResult): Generator<IngestEvent> {
    for (const read of runs) {
      sum.read++;
      sum.points += read.run.series.reduce((points, { count }) => points + count, 0);
      yield { kind: 'run', read };
    }
    sum.failed += failed;
    stopped ??= by;
    failures = runs.length > 0 ? 0 : failures + 1;
    if (failures >= mostFailures) stopped ??= trouble;
    for (const one of issues) yield { kind: 'issue', source, issue: one };
    if (marks.length > 0) yield { kind: 'claims', source, claims: marks };
    yield progress(null);
  };

  yield progress(null);
  try {
    listing: for await (const page of connection.runs(query, options.signal)) {
      const fresh = page.filter(({ nativeId }) => !seen.has(nativeId));
      for (const run of fresh) {
        seen.add(run.nativeId);
        sum.listed++;
        if (run.status === 'running') sum.open++;
      }
      const wanted = fresh.filter((run) => !isKnown(run, tracker, options.known, sha256));
      sum.known += fresh.length - wanted.length;
      for (let at = 0; at < wanted.length; at += connection.runsAtOnce) {
        const batch = wanted.slice(at, at + connection.runsAtOnce);
        yield progress(batch[0]?.name ?? batch[0]?.nativeId ?? null);
        if (under.length >= most) yield* take(await (under.shift() as Promise<BatchResult>));
        if (stopped) break listing;
        const reading = readBatch(batch, { tracker, connection, source, ...(memory && { memory }) }, options);
        reading.catch(() => {});
        under.push(reading);
      }
      if (query.newest) break;
    }
  } catch (error) {
    options.signal.throwIfAborted();
    if (!(error instanceof HttpError) || sum.listed === 0) throw error;
    stopped = error;
  }
  for (const reading of under) yield* take(await reading);
  if (stopped) yield { kind: 'issue', source, issue: stoppedIssue(stopped, sum) };
  return { listed: sum.listed, known: sum.known, read: sum.read, failed: sum.failed, open: sum.open, stopped };
}

/** A server that answers so many questions in a row badly is left alone. */
const mostFailures = 3;

interface BatchResult {
  readonly runs: readonly ReadRun[];
  readonly issues: readonly Issue[];
  readonly marks: readonly ClaimMark[];
  readonly failed: number;
  /** The server itself fails: nothing more is asked. */
  readonly stopped: HttpError | null;
  /** What made the batch fail. */
  readonly trouble: HttpError | null;
}

/** Reads some runs. Those that came before a failure are kept; one that was under way is not given: it would stand in the place of a whole one. */
async function readBatch(
  batch: readonly ListedRun[],
  { tracker, connection, source, memory }: Omit<Download, 'query'>,
  options: IngestOptions,
): Promise<BatchResult> {
  const runs: ReadRun[] = [];
  const issues: Issue[] = [];
  const pace = paceOf(options.signal);
  let stopped: HttpError | null = null;
  let trouble: HttpError | null = null;
  const read: Read = async function* (_, context: ReadContext): AsyncGenerator<RunEvent> {
    const begun = new Set<number>();
    try {
      for await (const event of connection.read(batch, context)) {
        if (event.kind === 'begin') begun.add(event.run);
        if (event.kind === 'end' || event.kind === 'discard') begun.delete(event.run);
        yield event;
      }
    } catch (error) {
      options.signal.throwIfAborted();
      if (error instanceof HttpError) trouble = error;
      if (error instanceof HttpError && error.isFinal) stopped = error;
      else yield { kind: 'issue', issue: issueOf(error, begun.size, tracker.meta.title) };
      for (const run of begun) yield { kind: 'discard', run };
    }
  };
  const claim: Claim = { root: emptyDir, confidence: 1, key: [], files: [] };
  const reader = { meta: tracker.meta, probe: async () => [], load: async () => ({ read }) };
  try {
    const tools = { options, pace, bytes: () => {}, points: () => {}, ...(memory && { memory }) };
    for await (const event of readClaim({ reader, claim, tree: emptyTree, source }, tools)) {
      if (event.kind === 'run') runs.push(event.read);
      else if (event.kind === 'issue') issues.push(event.issue);
    }
  } finally {
    pace.close();
  }
  const given = new Map(runs.map(({ run }) => [run.nativeId, run.id]));
  const marks = batch.flatMap((listed): ClaimMark[] => {
    const id = given.get(listed.nativeId);
    return id === undefined ? [] : [{ key: keyOf(listed, tracker, options.sha256 ?? pureSha256), mark: listed.mark, runs: [id] }];
  });
  return { runs, issues, marks, failed: batch.length - runs.length, stopped, trouble };
}

const emptyDir: SourceDir = { name: '', path: '.', parent: null, dirs: new Map(), files: new Map() };
const emptyTree: SourceTree = { root: emptyDir, named: null };

const keyDigits = 24;

/** A run's name among the claims of its source. */
function keyOf({ project, nativeId }: ListedRun, { meta }: Pick<Tracker, 'meta'>, sha256: Sha256Factory): string {
  const hash = sha256();
  hash.update(new TextEncoder().encode(`${meta.id}\0${project}\0${nativeId}`));
  return hash.hex().slice(0, keyDigits);
}

function isKnown(run: ListedRun, tracker: Pick<Tracker, 'meta'>, known: IngestOptions['known'], sha256: Sha256Factory): boolean {
  if (known === undefined || run.mark === '') return false;
  const key = keyOf(run, tracker, sha256);
  return Object.hasOwn(known, key) && known[key] === run.mark;
}

function progressOf(sum: { listed: number; read: number; bytes: number; points: number }, source: number, current: string | null): Progress {
  return { phase: 'read', source, files: sum.listed, bytes: sum.bytes, bytesTotal: null, runs: sum.read, points: sum.points, current };
}

function issueOf(error: unknown, lost: number, title: string): Issue {
  const left = lost === 1 ? 'One run was left out.' : `${lost} runs were left out.`;
  if (error instanceof HttpError) return issue(error.code, `${error.message} ${left}`, { file: error.file, ...(error.tip ? { tip: error.tip } : {}) });
  return issue('reader-error', `What the ${title} answered could not be read: ${error instanceof Error ? error.message : String(error)}. ${left}`);
}

function stoppedIssue(error: HttpError, { listed, known, read }: { listed: number; known: number; read: number }): Issue {
  const kept = `${read} of ${listed - known} ${listed - known === 1 ? 'run was' : 'runs were'} read and kept.`;
  return issue(error.code, `${error.message} ${kept}`, { file: error.file, severity: 'critical', ...(error.tip ? { tip: error.tip } : {}) });
}
