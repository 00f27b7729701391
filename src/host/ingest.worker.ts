// Reads sources in a thread of its own, packs whole runs into batches, and stands still while the page does not fetch them.
import { parentPort, workerData } from 'node:worker_threads';
import { ingest } from '../core/ingest/ingest';
import type { ReadRun } from '../core/model/run';
import { limitsWith } from '../core/source/reader';
import { packRuns } from '../core/store/pack';
import { asset } from './assets';
import { readCode } from './code-job';
import { nodeSha256 } from './sha256';
import { pathSource } from './sources/folder';
import { type FromWorker, mostWaiting, type ToWorker, type WorkerJob } from './worker-messages';

/** A batch is sent when it is this big or this old: big enough to be cheap, young enough that runs appear while reading goes on. */
const batchBytes = 4 * 1024 * 1024;
const batchMs = 300;
/** Files up to this size get a digest, which a report shows as proof of what it rests on. */
const digestBytes = 64 * 1024 * 1024;

const port = parentPort;
if (!port) throw new Error('This file is run as a worker.');
const job = workerData as WorkerJob;
const controller = new AbortController();
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
  while (free === 0 && !controller.signal.aborted) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  controller.signal.throwIfAborted();
  free--;
  tell({ kind: 'batch', bytes, runs }, [bytes.buffer]);
}

async function run(): Promise<void> {
  const began = Date.now();
  const sum = { runs: 0, points: 0, bytes: 0 };
  let waiting: ReadRun[] = [];
  let waitingBytes = 0;
  let waitingSince = began;
  const flush = async (): Promise<void> => {
    if (waiting.length > 0) await send(waiting);
    waiting = [];
    waitingBytes = 0;
  };
  const options = { signal: controller.signal, limits: limitsWith(job.limits), keepContents: job.keepContents, digestBytes, asset, sha256: nodeSha256 };
  for await (const event of ingest(job.paths.map(pathSource), options)) {
    if (event.kind === 'run') {
      if (waiting.length === 0) waitingSince = Date.now();
      waiting.push(event.read);
      waitingBytes += sizeOf(event.read);
      sum.runs++;
      sum.points += event.read.run.series.reduce((points, series) => points + series.count, 0);
    } else {
      if (event.kind === 'progress') sum.bytes = event.progress.bytes;
      tell({ kind: 'tell', event });
    }
    if (waitingBytes >= batchBytes || (waiting.length > 0 && Date.now() - waitingSince >= batchMs)) await flush();
  }
  await flush();
  tell({ kind: 'tell', event: { kind: 'done', ...sum, ms: Date.now() - began } });
}

function sizeOf({ points, contents }: ReadRun): number {
  const floats = points.reduce((sum, { steps, values, times }) => sum + values.length * (1 + (steps ? 1 : 0) + (times ? 1 : 0)), 0);
  return floats * 8 + contents.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

try {
  if (job.what === 'code')
    await readCode(job, { signal: controller.signal, send: (bytes) => sendBytes(bytes, 0), tell: (event) => tell({ kind: 'tell', event }) });
  else await run();
} catch (error) {
  if (controller.signal.aborted) tell({ kind: 'tell', event: { kind: 'cancelled' } });
  else {
    const message = error instanceof Error ? error.message : String(error);
    tell({ kind: 'tell', event: { kind: 'failed', message, tip: 'Runs already read are kept. If it happens again, report it with the kind of folder.' } });
  }
} finally {
  // The port would keep the thread alive.
  port.close();
}
