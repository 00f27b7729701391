// The code under review: one project at a time, joined and judged again, cancelled for good; what an import left can be reviewed later.
import { expect, test } from 'vitest';
import { runId } from '../../../src/core/base/units';
import type { ReviewedCode } from '../../../src/core/view/code-review';
import { createCode, isOf } from '../../../src/renderer/state/code';
import { mayHoldCode, offerCode } from '../../../src/renderer/state/code-actions';
import type { Drop, DroppedFile } from '../../../src/renderer/workers/dropped';
import type { ImportOrigin, ImportState } from '../../../src/renderer/workers/importer';
import { type ReviewWorkerLike, startReview } from '../../../src/renderer/workers/review-client';
import type { FromReview, ToReview } from '../../../src/renderer/workers/review-messages';
import type { ImportEvent } from '../../../src/wire/imports';
import { readRunFromDrawing } from '../../support/run-drawing';

interface Started {
  readonly port: ReviewWorkerLike;
  readonly sent: ToReview[];
  ended: boolean;
}

function setUp() {
  const workers: Started[] = [];
  const busy: string[] = [];
  const start = (): ReviewWorkerLike => {
    const one: Started = {
      sent: [],
      ended: false,
      port: {
        postMessage: (message) => void one.sent.push(message),
        terminate: () => {
          one.ended = true;
        },
        onmessage: null,
        onerror: null,
      },
    };
    workers.push(one);
    return one.port;
  };
  const code = createCode({
    start: (input, listener) => startReview(input, listener, start),
    begin: (label) => {
      busy.push(label);
      return () => void busy.splice(busy.indexOf(label), 1);
    },
    refOf: ({ id }) => ({ id, stamp: 7 }),
    roles: () => [],
  });
  const reply = (data: FromReview, worker = workers.at(-1)): void => worker?.port.onmessage?.({ data } as MessageEvent<FromReview>);
  const kinds = (worker = workers.at(-1)) => worker?.sent.map(({ kind }) => kind);
  return { code, workers, busy, reply, kinds };
}

const file = (path: string): DroppedFile => ({ root: 0, path, file: new File(['x = 1\n'], path) });
const dropOf = (...paths: readonly string[]): Drop => ({
  roots: [{ name: 'project', kind: 'folder' }],
  files: (async function* () {
    for (const path of paths) yield [file(path)];
  })(),
});
const originOf = (...paths: readonly string[]): ImportOrigin => ({
  kind: 'drop',
  drop: { roots: [{ name: 'project', kind: 'folder' }], files: paths.map(file) },
});
const reviewed = { review: { files: ['train.py'], findings: [] } } as unknown as ReviewedCode;
const { run } = readRunFromDrawing({ draw: 'loss 1 x3', params: {} }, 'a');
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

test('files go to the worker as they are found, and the answer is on the screen', async () => {
  const { code, busy, reply, kinds } = setUp();
  const origin = originOf('train.py');
  code.review('project', { kind: 'drop', drop: dropOf('train.py', 'net.py') }, origin);
  await settled();
  expect(kinds()?.filter((kind) => kind !== 'waived')).toEqual(['roots', 'files', 'files', 'listed']);
  expect(busy).toHaveLength(1);
  reply({ kind: 'progress', done: 1, all: 2 });
  expect(code.store.getState()).toEqual({ kind: 'reading', label: 'project', origin, done: 1, all: 2 });
  reply({ kind: 'reviewed', code: reviewed, joined: null });
  expect(code.store.getState()).toEqual({ kind: 'ready', label: 'project', origin, code: reviewed, joined: null });
  expect(isOf(code.store.getState(), origin)).toBe(true);
  expect(isOf(code.store.getState(), originOf('train.py'))).toBe(false);
  expect(busy).toEqual([]);
});

test('runs that join while code is read are judged with at once; joining again is busy until the answer', async () => {
  const { code, busy, reply, workers } = setUp();
  code.review('project', { kind: 'drop', drop: dropOf('train.py') }, originOf('train.py'));
  code.join([run]);
  await settled();
  expect(workers[0]?.sent).toContainEqual({ kind: 'runs', joined: { refs: [{ id: 'a', stamp: 7 }], roles: [] } });
  reply({ kind: 'reviewed', code: reviewed, joined: [run.id] });
  expect(code.store.getState()).toMatchObject({ kind: 'ready', joined: ['a'] });
  code.join(null);
  expect(workers[0]?.sent.at(-1)).toEqual({ kind: 'runs', joined: null });
  expect(busy).toHaveLength(1);
  reply({ kind: 'reviewed', code: reviewed, joined: null });
  expect(busy).toEqual([]);
});

test('rules that were set aside are told once, and to the next project as well', () => {
  const { code, workers } = setUp();
  const waived = () => workers.map(({ sent }) => sent.flatMap((message) => (message.kind === 'waived' ? [message.rules] : [])));
  code.review('one', { kind: 'drop', drop: dropOf() }, originOf());
  code.waive(['E-10']);
  code.waive(['E-10']);
  expect(waived()).toEqual([[[], ['E-10']]]);
  code.review('two', { kind: 'drop', drop: dropOf() }, originOf());
  expect(waived()[1]).toEqual([['E-10']]);
});

test('another project ends the one before; what that one still says is not heard', () => {
  const { code, workers, reply } = setUp();
  code.review('one', { kind: 'drop', drop: dropOf('a.py') }, originOf('a.py'));
  code.review('two', { kind: 'drop', drop: dropOf('b.py') }, originOf('b.py'));
  expect(workers.map(({ ended }) => ended)).toEqual([true, false]);
  reply({ kind: 'reviewed', code: reviewed, joined: null }, workers[0]);
  expect(code.store.getState()).toMatchObject({ kind: 'reading', label: 'two' });
});

test('cancel ends worker and host alike, and nothing is busy', async () => {
  const { code, busy, workers } = setUp();
  let cancelled = false;
  const channel = {
    events: (async function* (): AsyncGenerator<ImportEvent> {
      await new Promise(() => {});
    })(),
    fetchBatch: () => Promise.reject(new Error('no batch')),
    cancel: () => {
      cancelled = true;
    },
  };
  code.review('project', { kind: 'host', roots: [], channel }, { kind: 'host', sources: [] });
  await settled();
  code.close();
  expect({ cancelled, ended: workers[0]?.ended, busy, state: code.store.getState().kind }).toEqual({ cancelled: true, ended: true, busy: [], state: 'none' });
  code.join([run]);
  expect(workers[0]?.sent.some(({ kind }) => kind === 'runs')).toBe(false);
});

test.each([
  ['the host', { kind: 'failed', message: 'The folder is gone.', tip: '' } as const, 'The folder is gone.'],
  ['a cancel of the host', { kind: 'cancelled' } as const, 'Reading was cancelled.'],
])('a failure of %s is said, and ends the worker', async (_, event, message) => {
  const { code, busy, workers } = setUp();
  const channel = {
    events: (async function* (): AsyncGenerator<ImportEvent> {
      yield event;
    })(),
    fetchBatch: () => Promise.reject(new Error('no batch')),
    cancel: () => {},
  };
  code.review('project', { kind: 'host', roots: [], channel }, { kind: 'host', sources: [] });
  await settled();
  expect(code.store.getState()).toEqual({ kind: 'failed', label: 'project', message });
  expect({ ended: workers[0]?.ended, busy }).toEqual({ ended: true, busy: [] });
});

test('an import that met Python is offered for review, newest first and once by name; one without is not', () => {
  const { code } = setUp();
  const imported = (label: string, origin: ImportOrigin | null, ...runs: readonly string[]) =>
    ({ label, origin, runs: runs.map(runId) }) as unknown as ImportState;
  offerCode({ code }, imported('old', originOf('train.py')));
  offerCode({ code }, imported('new', originOf('runs/log.csv', 'look.ipynb'), 'a'));
  offerCode({ code }, imported('logs', originOf('runs/log.csv')));
  offerCode({ code }, imported('samples', null));
  offerCode({ code }, imported('old', originOf('train.py'), 'b'));
  expect(code.offers.getState().map(({ label, runs }) => [label, ...runs])).toEqual([
    ['old', 'b'],
    ['new', 'a'],
  ]);
  expect(mayHoldCode({ kind: 'host', sources: [] })).toBe(true);
});
