// Runs imports in worker threads: one thread each, its batches numbered for the page, its end certain.
import { Worker } from 'node:worker_threads';
import type { ImportEvent } from '../wire/imports';
import type { Batches } from './batches';
import { builtFile } from './built-files';
import type { FromWorker, ToWorker, WorkerJob, WorkerTask } from './worker-messages';

/** A thread that is busy in one long step is ended after this time; what it gave is whole, because runs are given whole. */
const cancelGraceMs = 80;
/** Progress and issues carry text from files; the wire bounds it. */
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

  worker.on('message', (message: FromWorker) => {
    if (ended || message.kind === 'survey' || message.kind === 'refused') return;
    if (message.kind === 'batch') {
      const bytes = message.bytes.length;
      tell({ kind: 'batch', id: batches.add(message.bytes, () => send('taken')), bytes, runs: message.runs });
    } else if (message.event.kind === 'progress') tell(clipProgress(message.event));
    else if (message.event.kind === 'issue') tell(clipIssue(message.event));
    else if (message.event.kind === 'claims') for (const event of inParts(message.event)) tell(event);
    else if (message.event.kind === 'withdrawn' || message.event.kind === 'looked') tell(message.event);
    else end(message.event);
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

const clip = (text: string): string => (text.length > longestText ? `${text.slice(0, longestText)}…` : text);

function clipProgress(event: Extract<ImportEvent, { kind: 'progress' }>): ImportEvent {
  const { current } = event.progress;
  return current === null || current.length <= longestText ? event : { ...event, progress: { ...event.progress, current: clip(current) } };
}

function clipIssue(event: Extract<ImportEvent, { kind: 'issue' }>): ImportEvent {
  const { issue } = event;
  const clipped = { ...issue, message: clip(issue.message), tip: clip(issue.tip) };
  if (issue.file !== undefined) Object.assign(clipped, { file: clip(issue.file) });
  if (issue.where !== undefined) Object.assign(clipped, { where: clip(issue.where) });
  return { ...event, issue: clipped };
}
