// Reads runs of a tracker for the page, once or again and again as they grow.

import { setTimeout as sleep } from 'node:timers/promises';
import type { IngestOptions } from '../core/ingest/contract';
import { type Downloaded, download } from '../core/ingest/download';
import type { Look } from '../core/ingest/follow';
import { ClaimMemory } from '../core/ingest/memory';
import { HttpError } from '../core/source/http';
import type { ReadMemory } from '../core/source/reader';
import type { RunQuery } from '../core/source/tracker';
import type { ImportEvent } from '../wire/imports';
import type { Batcher } from './batcher';
import { runQuery, trackerOf } from './trackers/asked';
import { type OpenConnection, openConnection } from './trackers/open';
import type { TrackerJob } from './worker-messages';

interface TrackerContext {
  readonly options: IngestOptions;
  readonly batcher: Batcher;
  tell(event: Exclude<ImportEvent, { kind: 'batch' }>): void;
  /** Waits until the page has fetched every batch. */
  allTaken(): Promise<void>;
}

/** A server of one's own is asked often, one that others share less. */
const localPollMs = 2000;
const sharedPollMs = 15_000;
/** Where every run has ended and nothing has changed for so long, nothing is followed any more. */
const endedQuietMs = 60_000;
/** Old runs that change are found as often as this: a look takes the newest page, one in so many takes all. */
const fullEvery = 10;
/** Looking takes at most a third of the time. */
const restPerCost = 2;

/** Reads what the query finds. @throws HttpError when nothing can be listed; the signal's reason when aborted */
export async function readTracker(job: TrackerJob, context: TrackerContext): Promise<void> {
  const open = await opened(job, context);
  try {
    await once(open, runQuery(job.query), job, context, context.options.known);
  } finally {
    await open.close();
  }
}

/** Looks again and again, until it is cancelled or nothing is left to be waited for. A server that is away is waited for. */
export async function followTracker(job: TrackerJob, context: TrackerContext): Promise<void> {
  const { signal } = context.options;
  const known: Record<string, string> = { ...context.options.known };
  const asked = runQuery(job.query);
  const memory = new ClaimMemory(signal, () => '');
  let open: OpenConnection | null = null;
  let changedAt = Date.now();
  let last: Look = { state: 'same', files: 0, bytes: 0, open: 0, runs: 0, restarted: [] };
  try {
    for (let look = 0; ; look++) {
      const first = look === 0;
      const all = look % fullEvery === 0;
      const began = Date.now();
      try {
        open ??= await opened(job, context);
        const query: RunQuery = all ? asked : { ...asked, newest: true };
        const sum = await once(open, query, job, context, known, memory);
        if (sum.read > 0) changedAt = Date.now();
        last = {
          ...last,
          state: sum.read > 0 ? 'changed' : 'same',
          files: all ? sum.listed : last.files,
          runs: Math.max(last.runs, sum.listed),
          open: all ? sum.open : Math.max(last.open, sum.open),
        };
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof HttpError) || first) throw error;
        await open?.close();
        open = null;
        last = { ...last, state: 'gone' };
      }
      context.tell({ kind: 'looked', look: last });
      if (last.state !== 'gone' && last.runs > 0 && last.open === 0 && Date.now() - changedAt > endedQuietMs) return;
      // A page that is slow to store gets the next state, not every one.
      await context.allTaken();
      await sleep(Math.max(pollMs(job), restPerCost * (Date.now() - began)), undefined, { signal });
    }
  } finally {
    await open?.close();
  }
}

async function once(
  { connection, received }: OpenConnection,
  query: RunQuery,
  job: TrackerJob,
  { options: settings, batcher, tell }: TrackerContext,
  known: IngestOptions['known'],
  memory?: ReadMemory,
): Promise<Downloaded> {
  const reading = download(
    { tracker: trackerOf(job), connection, query, source: 0, received, ...(memory && { memory }) },
    known ? { ...settings, known } : settings,
  );
  for (;;) {
    const next = await reading.next();
    if (next.done) {
      await batcher.flush();
      // While following, a server that is away is told as that, and asked again.
      if (next.value.stopped && query.newest) throw next.value.stopped;
      return next.value;
    }
    const event = next.value;
    if (event.kind === 'run') batcher.add(event.read);
    else {
      if (event.kind === 'progress') batcher.sum.bytes = event.progress.bytes;
      if (event.kind === 'claims') {
        // What was read is known only when the runs are there.
        await batcher.flush();
        if (known) for (const { key, mark } of event.claims) (known as Record<string, string>)[key] = mark;
      }
      tell(event);
    }
    if (batcher.isDue) await batcher.flush();
  }
}

function opened(job: TrackerJob, { options }: TrackerContext): Promise<OpenConnection> {
  const { settings, trusted, version } = job;
  return openConnection(trackerOf(job), { settings, env: process.env, version, signal: options.signal, ...(trusted === undefined ? {} : { trusted }) });
}

const pollMs = ({ settings }: TrackerJob): number =>
  Object.values(settings).some((value) => /^(?:[a-z]+:\/\/)?(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[::1\])/.test(value))
    ? localPollMs
    : sharedPollMs;
