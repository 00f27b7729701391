// Reads dropped files in a worker of the page, packs whole runs into batches, and stands still while they are not taken.

import sqlWasm from 'sql.js/dist/sql-wasm.wasm?url';
import type { Source } from '../../core/ingest/contract';
import { ingest } from '../../core/ingest/ingest';
import type { ReadRun } from '../../core/model/run';
import { type LimitChanges, limitsWith } from '../../core/source/reader';
import { packRuns } from '../../core/store/pack';
import type { DroppedFile, DroppedRoot } from './dropped';
import { treeOf } from './dropped-tree';
import { type FromIngest, mostWaiting, type ToIngest } from './ingest-messages';

/** Big enough to be cheap, young enough that runs appear while reading goes on. */
const batchBytes = 4 * 1024 * 1024;
const batchMs = 300;

/** The part of a worker's scope that is used; the compiler knows this folder as a page. */
const scope = self as unknown as {
  onmessage: ((event: MessageEvent<ToIngest>) => void) | null;
  postMessage(message: FromIngest, transfer?: Transferable[]): void;
};

const assets: Readonly<Record<string, string>> = { 'sql-wasm.wasm': sqlWasm };

async function asset(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const url = Object.hasOwn(assets, name) ? assets[name] : undefined;
  if (!url) throw new Error(`there is no asset ${name}`);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the asset ${name} could not be loaded (${response.status})`);
  return new Uint8Array(await response.arrayBuffer());
}

const files: DroppedFile[] = [];
let listed = false;
let free = mostWaiting;
const wake: (() => void)[] = [];

/** Waits until something was said. */
const said = (): Promise<void> =>
  new Promise((resolve) => {
    wake.push(resolve);
  });

scope.onmessage = ({ data }) => {
  switch (data.kind) {
    case 'roots':
      void run(data.roots, data.limits, data.mapping);
      break;
    case 'files':
      files.push(...data.files);
      break;
    case 'listed':
      listed = true;
      break;
    case 'taken':
      free += 1;
      break;
  }
  for (const one of wake.splice(0)) one();
};

const sourceOf = (root: DroppedRoot, index: number): Source => ({
  label: root.name,
  async scan(context) {
    while (!listed) {
      await said();
      context.progress(files.length);
    }
    return treeOf(
      root,
      files.filter((file) => file.root === index),
      context,
    );
  },
});

async function run(roots: readonly DroppedRoot[], limits: LimitChanges, mapping: string | undefined): Promise<void> {
  const began = Date.now();
  const sum = { runs: 0, points: 0, bytes: 0 };
  let waiting: ReadRun[] = [];
  let waitingBytes = 0;
  let since = began;
  const flush = async (): Promise<void> => {
    if (waiting.length === 0) return;
    while (free === 0) await said();
    free -= 1;
    const bytes = packRuns(waiting);
    scope.postMessage({ kind: 'batch', bytes, runs: waiting.length }, [bytes.buffer]);
    waiting = [];
    waitingBytes = 0;
  };
  try {
    // Cancel is the end of this worker, so the signal never fires.
    const options = {
      signal: new AbortController().signal,
      limits: limitsWith(limits),
      keepContents: true,
      asset,
      ...(mapping === undefined ? {} : { mapping }),
    };
    for await (const event of ingest(roots.map(sourceOf), options)) {
      if (event.kind === 'run') {
        if (waiting.length === 0) since = Date.now();
        waiting.push(event.read);
        waitingBytes += sizeOf(event.read);
        sum.runs += 1;
        sum.points += event.read.run.series.reduce((points, series) => points + series.count, 0);
      } else {
        if (event.kind === 'progress') sum.bytes = event.progress.bytes;
        scope.postMessage({ kind: 'tell', event });
      }
      if (waitingBytes >= batchBytes || (waiting.length > 0 && Date.now() - since >= batchMs)) await flush();
    }
    await flush();
    scope.postMessage({ kind: 'tell', event: { kind: 'done', ...sum, ms: Date.now() - began } });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    scope.postMessage({
      kind: 'tell',
      event: { kind: 'failed', message, tip: 'Runs already read are kept. If it happens again, report it with the kind of folder.' },
    });
  }
}

function sizeOf({ points, contents }: ReadRun): number {
  const floats = points.reduce((sum, { steps, values, times }) => sum + values.length * (1 + (steps ? 1 : 0) + (times ? 1 : 0)), 0);
  return floats * 8 + contents.reduce((sum, { bytes }) => sum + bytes.length, 0);
}
