// Runs imports in worker threads: one thread each, its batches numbered for the page, its end certain.
import { Worker } from 'node:worker_threads';
import type { ImportEvent } from '../wire/imports';
import { notUnderstood, readerMessage } from '../wire/reading';
import type { Batches } from './batches';
import { builtFile } from './built-files';
import type { ToWorker, WorkerJob, WorkerTask } from './worker-messages';

/** A thread that is busy in one long step is ended after this time; what it gave is whole, because runs are given whole. */
const cancelGraceMs = 80;
/** Of an error's words; the wire bounds them. */
const longestText = 4000;

export interface RunningImport {
  /** Ends it within 100 ms. */
  cancel(): void;
}

export interface ImportOptions {
  readonly job: WorkerJob;
  readonly batches: Batches;
  tell(event: ImportEvent): void;
  /** The worker's file; found beside this bundle when left out. */
  readonly workerFile?: string;
}

/** Starts reading. `tell` gets events until one of `done`, `cancelled` or `failed`, and none after it. */
export function startImport({ job, batches, tell, workerFile }: ImportOptions): RunningImport {
  const file = workerFile ?? builtFile('ingest.worker.js');
  let ended = false;
  const end = (event: ImportEvent): void => {
    if (ended) return;
    ended = true;
    tell(event);
  };
  if (file === null) {
    end({ kind: 'failed', message: 'The part of Diptych that reads runs is missing.', tip: 'Build it with `npm run build`, or install Diptych again.' });
    return { cancel() {} };
  }
  const worker = new Worker(file, { workerData: { task: 'import', ...job } satisfies WorkerTask, name: 'ingest' });
  const send = (message: ToWorker): void => worker.postMessage(message);

  worker.on('message', (raw: unknown) => {
    if (ended) return;
    const message = readerMessage(raw);
    if (message === null) {
      end(notUnderstood);
      void worker.terminate();
    } else if (message.kind === 'batch') {
      const bytes = message.bytes.length;
      tell({ kind: 'batch', id: batches.add(message.bytes, () => send('taken')), bytes, runs: message.runs });
    } else if (message.event.kind === 'claims') for (const event of inParts(message.event)) tell(event);
    else if (isEnd(message.event)) end(message.event);
    else tell(message.event);
  });
  worker.on('error', (error) => {
    const tip = 'Runs already read are kept. A very large file may need more memory than there is; import it alone.';
    end({ kind: 'failed', message: `Reading stopped: ${error.message}`.slice(0, longestText), tip });
  });
  worker.on('exit', () => end({ kind: 'failed', message: 'Reading stopped without a reason.', tip: 'Runs already read are kept. Import again.' }));

  return {
    cancel() {
      if (ended) return;
      send('cancel');
      setTimeout(() => {
        end({ kind: 'cancelled' });
        void worker.terminate();
      }, cancelGraceMs);
    },
  };
}

/** Claims that go in one message. */
const claimsAtOnce = 500;

function* inParts(event: Extract<ImportEvent, { kind: 'claims' }>): Generator<ImportEvent> {
  for (let at = 0; at < event.claims.length; at += claimsAtOnce) yield { ...event, claims: event.claims.slice(at, at + claimsAtOnce) };
}

const isEnd = ({ kind }: ImportEvent): boolean => kind === 'done' || kind === 'cancelled' || kind === 'failed';
