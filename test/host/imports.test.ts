// Imports in a thread: batches wait to be fetched, cancel is prompt whatever the thread does, and there is always one end.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createBatches } from '../../src/host/batches';
import { startImport } from '../../src/host/imports';
import type { ImportEvent } from '../../src/wire/imports';

/** A worker with this body; `port`, `job`, `tell` and `batch` are at hand. */
function workerOf(body: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'diptych-worker-')), 'worker.mjs');
  const head = `import { parentPort as port, workerData as job } from 'node:worker_threads';
    const tell = (event) => port.postMessage({ kind: 'tell', event });
    const batch = (byte) => port.postMessage({ kind: 'batch', bytes: new Uint8Array([byte]), runs: 1 });\n`;
  writeFileSync(file, head + body);
  return file;
}

const job = { paths: ['/data/runs'], what: 'runs' as const, keepContents: true, limits: {} };
const isEnd = (event: ImportEvent): boolean => event.kind === 'done' || event.kind === 'cancelled' || event.kind === 'failed';

function run(body: string, onEvent: (event: ImportEvent, running: { cancel(): void }) => void = () => {}) {
  const batches = createBatches();
  const events: ImportEvent[] = [];
  const ended = new Promise<ImportEvent[]>((resolve) => {
    const running = startImport({
      job,
      batches,
      workerFile: workerOf(body),
      tell(event) {
        events.push(event);
        onEvent(event, running);
        // A moment more, to see that nothing follows the end.
        if (isEnd(event)) setTimeout(() => resolve(events), 120);
      },
    });
  });
  return { ended, batches };
}

const done = "tell({ kind: 'done', runs: 1, points: 2, bytes: 3, ms: 4 });";

test('events come in order, batches under a number, and the end last', async () => {
  const { ended, batches } = run(`batch(7); batch(8); ${done} port.close();`);
  const events = await ended;
  expect(events.map((event) => event.kind)).toEqual(['batch', 'batch', 'done']);
  const ids = events.flatMap((event) => (event.kind === 'batch' ? [event.id] : []));
  expect(ids.map((id) => batches.take(id))).toEqual([new Uint8Array([7]), new Uint8Array([8])]);
});

test('the thread hears that a batch was fetched, and not before', async () => {
  const waiting = run(`batch(1); port.once('message', (word) => { if (word === 'taken') { ${done} port.close(); } });`, (event) => {
    if (event.kind === 'batch') setTimeout(() => waiting.batches.take(event.id), 50);
  });
  expect((await waiting.ended).map((event) => event.kind)).toEqual(['batch', 'done']);
});

test('a thread that listens ends by itself when cancelled', async () => {
  const { ended } = run(
    "port.on('message', () => { tell({ kind: 'cancelled' }); port.close(); }); tell({ kind: 'issue', source: 0, issue: { code: 'empty', severity: 'note', message: 'm', tip: 't' } });",
    (event, running) => event.kind === 'issue' && running.cancel(),
  );
  expect((await ended).map((event) => event.kind)).toEqual(['issue', 'cancelled']);
});

test('a thread that is stuck is ended within 100 ms', async () => {
  let asked = 0;
  let took = Number.POSITIVE_INFINITY;
  const { ended } = run('batch(1); for (;;);', (event, running) => {
    if (event.kind === 'batch') {
      asked = performance.now();
      running.cancel();
      running.cancel();
    }
    if (event.kind === 'cancelled') took = performance.now() - asked;
  });
  expect((await ended).map((event) => event.kind)).toEqual(['batch', 'cancelled']);
  // The promise is 100 ms; a busy machine is allowed its delays, a missing bound is not.
  expect(took).toBeLessThan(1000);
});

test.each([
  ['throws', "throw new Error('a bug');", 'a bug'],
  ['leaves without a word', 'process.exit(0);', 'without a reason'],
  ['says so itself', "tell({ kind: 'failed', message: 'Disk gone.', tip: 'Plug it in.' }); port.close();", 'Disk gone.'],
])('a thread that %s fails the import with words', async (_what, body, words) => {
  const events = await run(body).ended;
  expect(events).toEqual([{ kind: 'failed', message: expect.stringContaining(words), tip: expect.any(String) }]);
});

test('text from files is cut to what the wire carries', async () => {
  const long = "'x'.repeat(100000)";
  const { ended } = run(`tell({ kind: 'issue', source: 0, issue: { code: 'empty', severity: 'note', message: ${long}, tip: '', file: ${long} } });
    tell({ kind: 'progress', progress: { phase: 'scan', source: 0, files: 0, bytes: 0, bytesTotal: null, runs: 0, points: 0, current: ${long} } }); ${done} port.close();`);
  for (const event of await ended) expect(JSON.stringify(event).length).toBeLessThan(10_000);
});
