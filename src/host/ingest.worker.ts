// Reads sources in a thread of its own, packs whole runs into batches, and stands still while the page does not fetch them.
import { parentPort, workerData } from 'node:worker_threads';
import { issueCatalogue } from '../core/base/issues';
import { Follow, type Look } from '../core/ingest/follow';
import { ingest } from '../core/ingest/ingest';
import { answerSurvey } from '../core/ingest/survey';
import type { ReadRun } from '../core/model/run';
import { HttpError } from '../core/source/http';
import { defaultLimits, limitsWith } from '../core/source/reader';
import { packRuns } from '../core/store/pack';
import type { ImportEvent } from '../wire/imports';
import { asset } from './assets';
import { Batcher } from './batcher';
import { isNear } from './buckets/settings';
import { readCode } from './code-job';
import { nodeSha256 } from './sha256';
import { type SourceJob, sourceAt } from './sources/source-at';
import { followTracker, readTracker } from './tracker-job';
import { pollFarAway, watchPath } from './watch';
import { type FromWorker, mostWaiting, type SurveyJob, type ToWorker, type TrackerJob, type WorkerJob, type WorkerTask } from './worker-messages';

/** Files up to this size get a digest, which a report shows as proof of what it rests on. */
const digestBytes = 64 * 1024 * 1024;
/** Where every run has ended and nothing has changed for so long, nothing is followed any more. */
const endedQuietMs = 30_000;

const port = parentPort;
if (!port) throw new Error('This file is run as a worker.');
const task = workerData as WorkerTask;
const controller = new AbortController();
const { signal } = controller;
const optionsOf = ({ limits, keepContents, known, mapping }: WorkerJob) => ({
  signal,
  limits: limitsWith(limits),
  keepContents,
  asset,
  sha256: nodeSha256,
  ...(known && { known }),
  ...(mapping === undefined ? {} : { mapping }),
});
let free = mostWaiting;
let wake: (() => void) | null = null;

port.on('message', (message: ToWorker) => {
  if (message === 'cancel') controller.abort(new Error('cancelled'));
  else free++;
  wake?.();
});

const tell = (message: FromWorker, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);

const send = (runs: readonly ReadRun[]): Promise<void> => sendBytes(packRuns(runs), runs.length);

async function sendBytes(bytes: Uint8Array<ArrayBuffer>, runs: number): Promise<void> {
  while (free === 0 && !signal.aborted) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  signal.throwIfAborted();
  free--;
  tell({ kind: 'batch', bytes, runs }, [bytes.buffer]);
}

/** Waits until the page has fetched every batch. */
async function allTaken(): Promise<void> {
  while (free < mostWaiting && !signal.aborted) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
}

async function read(job: WorkerJob): Promise<void> {
  const began = Date.now();
  const batcher = new Batcher(send);
  const { sum } = batcher;
  for await (const event of ingest(job.paths.map(sourceAt), { ...optionsOf(job), digestBytes })) {
    if (event.kind === 'run') batcher.add(event.read);
    else {
      if (event.kind === 'progress') sum.bytes = event.progress.bytes;
      // What was read is known only when the runs are there.
      if (event.kind === 'claims') await batcher.flush();
      tell({ kind: 'tell', event });
    }
    if (batcher.isDue) await batcher.flush();
  }
  await batcher.flush();
  tell({ kind: 'tell', event: { kind: 'done', ...sum, ms: Date.now() - began } });
}

/** Looks at the place again and again, until it is cancelled or nothing is left to be waited for. */
async function follow(place: SourceJob, job: WorkerJob): Promise<void> {
  const began = Date.now();
  const batcher = new Batcher(send);
  const following = new Follow(sourceAt(place), optionsOf(job));
  const watch = typeof place === 'string' ? watchPath(place) : pollFarAway(isNear(place.access));
  let changedAt = began;
  try {
    for (;;) {
      const lookedAt = Date.now();
      const look = await lookOnce(following, batcher);
      if (look.state === 'changed') changedAt = Date.now();
      const quietMs = Date.now() - changedAt;
      if (look.runs > 0 && look.open === 0 && quietMs > endedQuietMs) break;
      // A page that is slow to store gets the next state, not every one.
      await allTaken();
      await watch.wait({ tookMs: Date.now() - lookedAt, files: look.files, quietMs, changed: look.state === 'changed' }, signal);
      signal.throwIfAborted();
    }
    tell({ kind: 'tell', event: { kind: 'done', ...batcher.sum, ms: Date.now() - began } });
  } finally {
    watch.close();
    following.close();
  }
}

async function lookOnce(following: Follow, batcher: Batcher): Promise<Look> {
  for await (const event of following.look()) {
    if (event.kind === 'run') {
      batcher.add(event.read);
      if (batcher.isDue) await batcher.flush();
      continue;
    }
    if (event.kind === 'withdrawn' || event.kind === 'looked' || event.kind === 'claims') await batcher.flush();
    tell({ kind: 'tell', event });
    if (event.kind !== 'looked') continue;
    batcher.sum.bytes = event.look.bytes;
    return event.look;
  }
  throw new Error('a look did not end');
}

async function fromTracker(job: WorkerJob, tracker: TrackerJob): Promise<void> {
  const began = Date.now();
  const batcher = new Batcher(send);
  const context = { options: optionsOf(job), batcher, allTaken, tell: (event: Exclude<ImportEvent, { kind: 'batch' }>) => tell({ kind: 'tell', event }) };
  try {
    await (job.follow ? followTracker : readTracker)(tracker, context);
    tell({ kind: 'tell', event: { kind: 'done', ...batcher.sum, ms: Date.now() - began } });
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    await batcher.flush();
    tell({ kind: 'tell', event: { kind: 'failed', message: error.message, tip: error.tip ?? issueCatalogue[error.code].tip } });
  }
}

/** One answer; whoever asked ends the thread when they ask for something else. */
async function survey({ place, mapping }: SurveyJob): Promise<void> {
  const options = { signal: controller.signal, limits: defaultLimits };
  const source = sourceAt(place);
  try {
    const tree = await source.scan({ ...options, issue: () => {}, progress: () => {} });
    tell({ kind: 'survey', answer: await answerSurvey(tree, mapping, options) });
  } catch (error) {
    tell({ kind: 'refused', message: error instanceof Error ? error.message : String(error) });
  } finally {
    await source.close?.();
  }
}

try {
  if (task.task === 'survey') await survey(task);
  else if (task.what === 'code') await readCode(task, { signal, send: (bytes) => sendBytes(bytes, 0), tell: (event) => tell({ kind: 'tell', event }) });
  else if (task.tracker) await fromTracker(task, task.tracker);
  else {
    const [only] = task.paths;
    if (task.follow && only !== undefined) await follow(only, task);
    else await read(task);
  }
} catch (error) {
  if (signal.aborted) tell({ kind: 'tell', event: { kind: 'cancelled' } });
  else {
    const message = error instanceof Error ? error.message : String(error);
    tell({ kind: 'tell', event: { kind: 'failed', message, tip: 'Runs already read are kept. If it happens again, report it with the kind of folder.' } });
  }
} finally {
  // The port would keep the thread alive.
  port.close();
}
