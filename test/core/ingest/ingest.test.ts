// The whole way from sources to runs, with readers drawn for the purpose.
import { describe, expect, test } from 'vitest';
import type { IngestEvent, IngestOptions, Source } from '../../../src/core/ingest/contract';
import { ingestWith } from '../../../src/core/ingest/ingest';
import { assertRunIntegrity } from '../../../src/core/model/integrity';
import { defaultLimits, type Read, type RunReader } from '../../../src/core/source/reader';
import { type ScriptedFiles, scriptedTree } from '../../../src/core/source/scripted';
import { SourceError } from '../../../src/core/source/source';
import { drawnEvents, drawnReader } from '../../support/drawn-reader';

const source = (files: ScriptedFiles, named?: string): Source => ({
  label: 'drop',
  scan: async () => scriptedTree(files, named === undefined ? {} : { named }),
});

function start(readers: readonly RunReader[], sources: readonly Source[], more: Partial<IngestOptions> = {}): AsyncIterable<IngestEvent> {
  const asset = async () => new Uint8Array(0);
  return ingestWith(readers)(sources, { signal: new AbortController().signal, limits: defaultLimits, keepContents: false, asset, ...more });
}

async function gather(events: AsyncIterable<IngestEvent>) {
  const all: IngestEvent[] = [];
  for await (const event of events) all.push(event);
  const runs = all.flatMap((event) => (event.kind === 'run' ? [event.read] : []));
  for (const read of runs) assertRunIntegrity(read);
  return {
    runs,
    issues: all.flatMap((event) => (event.kind === 'issue' ? [event.issue] : [])),
    progress: all.flatMap((event) => (event.kind === 'progress' ? [event.progress] : [])),
  };
}

/** Reads a file as numbers, one a line, of the run that its name names: `<id>-<copy>.log`. */
const logReader = drawnReader('log', async function* ({ key: [file] }) {
  const text = new TextDecoder().decode(file && (await file.read(0, file.size)));
  const id = file?.name.split('-')[0] ?? '';
  yield* drawnEvents(id, file?.path ?? '', text.split(' ').map(Number), [{ kind: 'params', run: 0, values: { p: text.startsWith('9') ? 'other' : 'same' } }]);
});

test('gives each run whole, with its source and its files', async () => {
  const { runs, issues, progress } = await gather(start([logReader], [source({ 'a-1.log': '1 2' }), source({ 'b-1.log': '3' })]));
  expect(runs.map(({ run }) => [run.nativeId, run.source, run.format, run.sources])).toEqual([
    ['a', 0, 'log', [{ reader: 'log', files: ['a-1.log'] }]],
    ['b', 1, 'log', [{ reader: 'log', files: ['b-1.log'] }]],
  ]);
  expect(issues).toEqual([]);
  expect(progress.at(-1)).toMatchObject({ phase: 'read', source: 1, runs: 2, points: 3, files: 1 });
});

test('the parent is known by our id too', async () => {
  const child = drawnReader('log', drawnEvents('child', 'c.log', [1], [{ kind: 'header', run: 0, set: { parent: 'a' } }]));
  const [parent] = (await gather(start([logReader], [source({ 'a-1.log': '1' })]))).runs;
  const [run] = (await gather(start([child], [source({ 'c.log': '' })]))).runs;
  expect(run?.run).toMatchObject({ parent: 'a', parentId: parent?.run.id });
});

describe('the same id twice', () => {
  const read = async (files: ScriptedFiles) => {
    const { runs } = await gather(start([logReader], [source(files)]));
    const last = new Map(runs.map(({ run, points }) => [run.id, { values: [...(points[0]?.values ?? [])], codes: run.issues.map(({ code }) => code) }]));
    return [...last.values()];
  };

  test('with the same contents is one run', async () => {
    expect(await read({ 'a-1.log': '1 2', 'a-2.log': '1 2' })).toEqual([{ values: [1, 2], codes: [] }]);
  });
  test('the longer continuing the shorter is the longer, whichever comes first', async () => {
    expect(await read({ 'a-1.log': '1 2', 'a-2.log': '1 2 3' })).toEqual([{ values: [1, 2, 3], codes: [] }]);
    expect(await read({ 'a-1.log': '1 2 3', 'a-2.log': '1 2' })).toEqual([{ values: [1, 2, 3], codes: [] }]);
  });
  test('with different points is two runs, and that is told', async () => {
    expect(await read({ 'a-1.log': '1 2 3', 'a-2.log': '1 5' })).toEqual([
      { values: [1, 2, 3], codes: [] },
      { values: [1, 5], codes: ['duplicate-run'] },
    ]);
  });
  test('with different params is two runs', async () => {
    expect(await read({ 'a-1.log': '1 2', 'a-2.log': '9' })).toHaveLength(2);
  });
  test('three different ones have three ids, the same on every reading', async () => {
    const ids = async () => (await gather(start([logReader], [source({ 'a-1.log': '1', 'a-2.log': '2', 'a-3.log': '3' })]))).runs.map(({ run }) => run.id);
    const first = await ids();
    expect(first.map((id) => id.slice(20))).toEqual(['', '-2', '-3']);
    expect(await ids()).toEqual(first);
  });
});

describe('trouble', () => {
  const failing = (error: Error): Read =>
    async function* () {
      yield* drawnEvents('x', 'x.bad', [1, 2]);
      throw error;
    };

  test('a reader that throws keeps what it had, and the others are read', async () => {
    const { runs } = await gather(start([drawnReader('bad', failing(new Error('oops'))), logReader], [source({ 'a-1.log': '1', 'x.bad': '' })]));
    expect(runs.map(({ run }) => [run.nativeId, run.issues.map(({ code }) => code)])).toEqual([
      ['a', []],
      ['x', ['reader-error']],
    ]);
  });
  test('a file that fails is told as what it is', async () => {
    const { runs } = await gather(start([drawnReader('bad', failing(new SourceError('locked', 'x.bad is locked.', 'x.bad')))], [source({ 'x.bad': '' })]));
    expect(runs[0]?.run.issues).toMatchObject([{ code: 'locked', file: 'x.bad' }]);
  });
  test('a reader that fails before its first run is an issue of its own', async () => {
    const broken = { ...drawnReader('bad', []), load: () => Promise.reject(new Error('no such module')) };
    expect(await gather(start([broken], [source({ 'x.bad': '' })]))).toMatchObject({ runs: [], issues: [{ code: 'reader-error', file: 'x.bad' }] });
  });
  test('a probe that throws spares the other readers', async () => {
    const broken: RunReader = { ...drawnReader('bad', []), probe: () => Promise.reject(new Error('oops')) };
    const { runs, issues } = await gather(start([broken, logReader], [source({ 'a-1.log': '1' })]));
    expect(runs).toHaveLength(1);
    expect(issues).toMatchObject([{ code: 'reader-error' }]);
  });
  test('points of a series never declared are the reader’s error', async () => {
    const wrong = drawnReader(
      'bad',
      drawnEvents('x', 'x.bad', [1]).filter(({ kind }) => kind !== 'series'),
    );
    expect((await gather(start([wrong], [source({ 'x.bad': '' })]))).runs[0]?.run.issues).toMatchObject([{ code: 'reader-error' }]);
  });
  test('a file that nobody knows is said so when it was named', async () => {
    expect((await gather(start([logReader], [source({ 'x.dat': '' }, 'x.dat')]))).issues).toMatchObject([{ code: 'unrecognised', file: 'x.dat' }]);
  });
  test('a source that cannot be listed spares the others', async () => {
    const gone: Source = { label: 'gone', scan: () => Promise.reject(new SourceError('missing-file', 'gone is not there.', 'gone')) };
    const { runs, issues } = await gather(start([logReader], [gone, source({ 'a-1.log': '1' })]));
    expect(runs).toHaveLength(1);
    expect(issues).toMatchObject([{ code: 'missing-file' }]);
  });
});

// The machine may be busy with something else for a moment, hence the retries.
describe('cancel', { retry: 3 }, () => {
  /** Aborts soon after the first run and says how long the end took. */
  async function cancelled(reader: RunReader): Promise<{ runs: number; ms: number }> {
    const stop = new AbortController();
    let runs = 0;
    let aborted = 0;
    setTimeout(() => {
      aborted = performance.now();
      stop.abort(new Error('enough'));
    }, 20);
    await expect(async () => {
      for await (const event of start([reader], [source({ 'a.x': '', 'b.x': '' })], { signal: stop.signal })) if (event.kind === 'run') runs++;
    }).rejects.toThrow('enough');
    return { runs, ms: performance.now() - aborted };
  }

  test('a reader that works without a pause is stopped within 100 ms, its run is not given', async () => {
    const endless = drawnReader('x', async function* () {
      yield* drawnEvents('x', 'a.x', [1]);
      for (;;) yield { kind: 'params', run: 0, values: {} };
    });
    const { runs, ms } = await cancelled(endless);
    expect(runs).toBe(0);
    expect(ms).toBeLessThan(100);
  });

  test('a reader that waits for ever is not waited for', async () => {
    const { runs, ms } = await cancelled(
      drawnReader('x', async function* () {
        yield* drawnEvents('x', 'a.x', [1]);
        await new Promise(() => {});
      }),
    );
    expect(runs).toBe(0);
    expect(ms).toBeLessThan(100);
  });

  test('the source is closed all the same', async () => {
    let closed = false;
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    const close = () => {
      closed = true;
    };
    const one: Source = { ...source({}), close };
    await expect(gather(start([logReader], [one], { signal: stop.signal }))).rejects.toThrow('enough');
    expect(closed).toBe(true);
  });
});

describe('contents for preview', () => {
  const artifacts = (files: ScriptedFiles): Read =>
    async function* (_claim, { tree }) {
      const more = Object.keys(files).flatMap((path) => {
        const file = tree.root.files.get(path);
        return file ? [{ kind: 'artifact' as const, run: 0, artifact: { path, size: file.size, kind: 'file' as const }, file }] : [];
      });
      yield* drawnEvents('x', '.', [1], more);
    };
  const files = {
    'a.x': '',
    'notes.txt': 'größe',
    'image.png': new Uint8Array([0x89, 0, 1]),
    'model.bin': new Uint8Array([1, 0, 2]),
    'big.txt': 'x'.repeat(50),
  };
  const kept = async (more: Partial<IngestOptions>) =>
    (await gather(start([drawnReader('x', artifacts(files))], [source(files)], more))).runs[0]?.contents.map(({ path }) => path);

  test('are small texts and images', async () => {
    expect(await kept({ keepContents: true })).toEqual(['a.x', 'notes.txt', 'image.png', 'big.txt']);
  });
  test('stay within the budgets', async () => {
    expect(await kept({ keepContents: true, limits: { ...defaultLimits, contentBytes: 40 } })).toEqual(['a.x', 'notes.txt', 'image.png']);
    expect(await kept({ keepContents: true, limits: { ...defaultLimits, contentBytesPerRun: 8 } })).toEqual(['a.x', 'notes.txt']);
  });
  test('are none unless asked for', async () => {
    expect(await kept({})).toEqual([]);
  });
});

test('files are hashed where it is asked for, up to a size', async () => {
  const { runs } = await gather(start([logReader], [source({ 'a-1.log': '1 2', 'b-1.log': '1 2 3 4 5 6' })], { digestBytes: 5 }));
  expect(runs.map(({ run }) => run.sources[0]?.digests)).toEqual([{ 'a-1.log': expect.stringMatching(/^[0-9a-f]{64}$/) }, undefined]);
});
