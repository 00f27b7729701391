// The way of dropped files into the store: walking, the tree, the channel, the importer.
import { describe, expect, test } from 'vitest';
import type { Issue } from '../../../src/core/base/issues';
import { ingest } from '../../../src/core/ingest/ingest';
import { defaultLimits } from '../../../src/core/source/reader';
import { walkFiles } from '../../../src/core/source/source';
import { importText } from '../../../src/renderer/features/import/progress-text';
import { importDrop, type WorkerLike } from '../../../src/renderer/workers/drop-channel';
import { type Drop, dropOf, dropOfFiles } from '../../../src/renderer/workers/dropped';
import { treeOf } from '../../../src/renderer/workers/dropped-tree';
import { createImporter, type ImporterDeps, type ImportState } from '../../../src/renderer/workers/importer';
import type { FromIngest, ToIngest } from '../../../src/renderer/workers/ingest-messages';
import { createEventStream } from '../../../src/wire/events';
import type { ImportEvent } from '../../../src/wire/imports';
import { runFromText } from '../../support/run-from-text';

const file = (path: string, text = 'x'): { path: string; file: File } => ({ path, file: new File([text], path.split('/').at(-1) ?? '', { lastModified: 5 }) });
const scan = { limits: defaultLimits, issue: () => {} };

describe('walking a drop', () => {
  /** Entries as a browser gives them: 100 at a time, in no order. */
  const fileEntry = (name: string) => ({ name, isDirectory: false, file: (done: (found: File) => void) => done(new File([name], name)) });
  const folder = (name: string, children: readonly object[]) => ({
    name,
    isDirectory: true,
    createReader: () => {
      let at = 0;
      return {
        readEntries: (done: (some: readonly object[]) => void) => {
          done(children.slice(at, at + 100));
          at += 100;
        },
      };
    },
  });
  const itemsOf = (...entries: readonly object[]) => entries.map((entry) => ({ webkitGetAsEntry: () => entry })) as unknown as DataTransferItemList;
  const all = async (drop: Drop) => {
    const found: string[] = [];
    for await (const files of drop.files) found.push(...files.map((one) => `${one.root}:${one.path}`));
    return found.sort();
  };

  test('takes all of a large folder, folders in folders, and files beside it', async () => {
    const many = Array.from({ length: 350 }, (_, at) => fileEntry(`f${at}`));
    const drop = dropOf(itemsOf(folder('runs', [...many, folder('deep', [fileEntry('x')])]), fileEntry('one.csv')));
    expect(drop.roots).toEqual([
      { name: 'runs', kind: 'folder' },
      { name: 'one.csv', kind: 'file' },
    ]);
    const found = await all(drop);
    expect(found).toHaveLength(352);
    expect(found).toContain('0:deep/x');
    expect(found).toContain('1:one.csv');
  });

  test('a file dialog gives the same, by relative paths', async () => {
    const named = (path: string) => Object.defineProperty(new File(['x'], path.split('/').at(-1) ?? ''), 'webkitRelativePath', { value: path });
    const drop = dropOfFiles([named('runs/a/b.csv'), named('runs/c.csv')]);
    expect(drop.roots).toEqual([{ name: 'runs', kind: 'folder' }]);
    expect(await all(drop)).toEqual(['0:a/b.csv', '0:c.csv']);
    expect(await all(dropOfFiles([Object.defineProperty(new File(['x'], 'log.csv'), 'webkitRelativePath', { value: '' })]))).toEqual(['0:log.csv']);
  });
});

describe('the tree of a drop', () => {
  test('is sorted, knows its parents and reads in pieces', async () => {
    const tree = treeOf({ name: 'runs', kind: 'folder' }, [file('b/x.csv', 'hello'), file('a.csv'), file('b.c/y')], scan);
    expect([...walkFiles(tree.root)].map((one) => one.path)).toEqual(['a.csv', 'b/x.csv', 'b.c/y']);
    const x = tree.root.dirs.get('b')?.files.get('x.csv');
    expect(tree.root.dirs.get('b')?.parent).toBe(tree.root);
    expect(new TextDecoder().decode(await x?.read(1, 3))).toBe('ell');
    expect(await x?.read(5, 3)).toHaveLength(0);
    expect(new TextDecoder().decode(await x?.read(3, 100))).toBe('lo');
  });

  test('a file dropped by itself is named', () => {
    const tree = treeOf({ name: 'log.csv', kind: 'file' }, [file('log.csv')], scan);
    expect(tree.named?.path).toBe('log.csv');
    expect(treeOf({ name: 'log.csv', kind: 'folder' }, [file('log.csv')], scan).named).toBeNull();
  });

  test('what is beyond a limit is left out and told', () => {
    const issues: Issue[] = [];
    const limits = { ...defaultLimits, entries: 2, depth: 2 };
    const tree = treeOf({ name: 'r', kind: 'folder' }, [file('a'), file('b/c/d/e'), file('z')], { limits, issue: (one) => void issues.push(one) });
    expect([...walkFiles(tree.root)].map((one) => one.path)).toEqual(['a']);
    expect(issues.map((one) => one.code)).toEqual(['too-large', 'too-large']);
  });

  test('a file that went is an issue by name', async () => {
    const gone = {
      size: 5,
      lastModified: 0,
      slice: () => ({ arrayBuffer: () => Promise.reject(Object.assign(new Error('gone'), { name: 'NotFoundError' })) }),
    };
    const tree = treeOf({ name: 'r', kind: 'folder' }, [{ path: 'a', file: gone }], scan);
    await expect(Promise.resolve(tree.root.files.get('a')?.read(0, 5))).rejects.toMatchObject({ code: 'missing-file' });
  });

  test('is what readers read', async () => {
    const tree = treeOf({ name: 'runs', kind: 'folder' }, [file('one/log.csv', 'step,loss\n0,1\n1,0.5\n2,0.25\n')], scan);
    const source = { label: 'runs', scan: async () => tree };
    const asset = () => Promise.reject(new Error('not needed'));
    const found = [];
    for await (const event of ingest([source], { signal: new AbortController().signal, limits: defaultLimits, keepContents: false, asset }))
      if (event.kind === 'run') found.push(event.read.run);
    expect(found.map((run) => run.series.map((series) => `${series.name} ${series.count}`))).toEqual([['loss 3']]);
  });
});

describe('the channel of a drop', () => {
  const set = () => {
    const sent: ToIngest[] = [];
    const worker: WorkerLike & { ended: boolean } = {
      ended: false,
      onmessage: null,
      onerror: null,
      postMessage: (message) => void sent.push(message),
      terminate: () => {
        worker.ended = true;
      },
    };
    const files = async function* () {
      yield [{ root: 0, path: 'a', file: new File(['x'], 'a') }];
    };
    const channel = importDrop({ roots: [{ name: 'r', kind: 'folder' }], files: files() }, { depth: 3 }, () => worker);
    const say = (data: FromIngest) => worker.onmessage?.({ data } as MessageEvent<FromIngest>);
    return { sent, worker, channel, say };
  };
  const done: ImportEvent = { kind: 'done', runs: 1, points: 1, bytes: 1, ms: 1 };

  test('hands files over, gives batches once each, and lets the reader go on', async () => {
    const { sent, channel, say, worker } = set();
    say({ kind: 'batch', bytes: Uint8Array.of(1, 2), runs: 1 });
    const events: ImportEvent[] = [];
    for await (const event of channel.events) {
      events.push(event);
      if (event.kind !== 'batch') continue;
      expect(await channel.fetchBatch(event.id)).toEqual(Uint8Array.of(1, 2));
      await expect(channel.fetchBatch(event.id)).rejects.toThrow();
      say({ kind: 'tell', event: done });
    }
    expect(events.map((event) => event.kind)).toEqual(['batch', 'done']);
    expect(sent[0]).toMatchObject({ limits: { depth: 3 } });
    expect(sent.map((message) => message.kind)).toEqual(['roots', 'files', 'listed', 'taken']);
    expect(worker.ended).toBe(true);
  });

  test('cancel ends the worker at once, and nothing follows', async () => {
    const { channel, say, worker } = set();
    channel.cancel();
    expect(worker.ended).toBe(true);
    say({ kind: 'tell', event: done });
    const events: ImportEvent[] = [];
    for await (const event of channel.events) events.push(event);
    expect(events).toEqual([{ kind: 'cancelled' }]);
  });

  test('a worker that cannot start is a failure with a way on', async () => {
    const { channel, worker } = set();
    worker.onerror?.({ message: 'no module' } as ErrorEvent);
    const events: ImportEvent[] = [];
    for await (const event of channel.events) events.push(event);
    expect(events).toMatchObject([{ kind: 'failed', message: 'no module' }]);
  });
});

describe('the importer', () => {
  const run = runFromText('step loss\n0 1', { id: 'a', name: 'a' });
  const start = (deps: Partial<ImporterDeps> = {}) => {
    const admitted: string[] = [];
    let ended: ImportState | null = null;
    const importer = createImporter({
      write: async () => [{ run, outcome: 'added' }],
      admit: (written) => admitted.push(...written.map((one) => one.run.id)),
      ended: (state) => {
        ended = state;
      },
      begin: () => () => {},
      now: () => 0,
      explain: (error) => ({ message: String(error), tip: 'tip' }),
      ...deps,
    });
    const stream = createEventStream<ImportEvent>();
    let cancelled = 0;
    const channel = {
      events: stream.events,
      fetchBatch: async () => new Uint8Array(),
      cancel: () => {
        cancelled += 1;
        stream.push({ kind: 'cancelled' });
        stream.end();
      },
    };
    const id = importer.start('runs', channel);
    const settled = async () => {
      while (importer.store.getState()[0]?.phase.kind === 'running') await new Promise((resolve) => setTimeout(resolve, 1));
      return importer.store.getState()[0] as ImportState;
    };
    return { importer, stream, id, settled, admitted, cancelled: () => cancelled, ended: () => ended };
  };
  const warning: Issue = { code: 'truncated', severity: 'warn', message: 'cut', tip: 'copy it again' };

  test('counts what came, keeps issues, and ends with the source', async () => {
    const { stream, settled, admitted, ended } = start();
    stream.push({ kind: 'issue', source: 0, issue: warning });
    stream.push({ kind: 'batch', id: 1, bytes: 10, runs: 1 });
    stream.push({ kind: 'done', runs: 1, points: 7, bytes: 10, ms: 20 });
    stream.end();
    const state = await settled();
    expect(state).toMatchObject({ phase: { kind: 'done' }, outcomes: { added: 1, updated: 0 }, points: 7, runs: ['a'] });
    expect(state.issues).toHaveLength(1);
    expect(admitted).toEqual(['a']);
    expect(ended()).toMatchObject({ label: 'runs' });
  });

  test('a full store stops it, keeps what is in, and stops the reader too', async () => {
    let batches = 0;
    const { stream, settled, cancelled } = start({
      write: async () => {
        batches += 1;
        if (batches > 1) throw Object.assign(new Error('full'), { name: 'QuotaExceededError' });
        return [{ run, outcome: 'added' }];
      },
    });
    for (const id of [1, 2, 3]) stream.push({ kind: 'batch', id, bytes: 10, runs: 1 });
    const state = await settled();
    expect(state).toMatchObject({ phase: { kind: 'failed', tip: 'tip' }, outcomes: { added: 1 } });
    expect([batches, cancelled()]).toEqual([2, 1]);
  });

  test('cancel shows at once, finishes what is being written and leaves the rest', async () => {
    let batches = 0;
    let finish = (): void => {};
    const { importer, id, stream } = start({
      write: async () => {
        batches += 1;
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        return [{ run, outcome: 'added' }];
      },
    });
    for (const batch of [1, 2, 3]) stream.push({ kind: 'batch', id: batch, bytes: 10, runs: 1 });
    while (batches === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    importer.cancel(id);
    expect(importer.store.getState()[0]?.phase.kind).toBe('cancelled');
    finish();
    while (importer.store.getState()[0]?.outcomes.added === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect([batches, importer.store.getState()[0]?.outcomes.added]).toEqual([1, 1]);
  });

  test('cancel, then dismiss', async () => {
    const { importer, id, settled } = start();
    importer.dismiss(id);
    expect(importer.store.getState()).toHaveLength(1);
    importer.cancel(id);
    expect((await settled()).phase.kind).toBe('cancelled');
    importer.dismiss(id);
    expect(importer.store.getState()).toEqual([]);
  });
});

describe('an import in words', () => {
  const state: ImportState = {
    id: 1,
    label: 'runs',
    origin: null,
    phase: { kind: 'running' },
    startedAt: 0,
    progress: null,
    outcomes: { added: 0, updated: 0, unchanged: 0 },
    runs: [],
    points: 0,
    bytes: 0,
    issues: [],
    refresh: false,
  };
  const progress = { phase: 'read', source: 0, files: 12, bytes: 1024 * 1024, bytesTotal: 4 * 1024 * 1024, runs: 3, points: 1200, current: null } as const;

  test('says how far, how fast and how long', () => {
    expect(importText(state, 0).headline).toBe('Starting…');
    expect(importText({ ...state, progress: { ...progress, phase: 'scan', files: 1234 } }, 0)).toMatchObject({
      headline: 'Looking for runs…',
      details: ['1,234 files'],
    });
    expect(importText({ ...state, progress }, 2000)).toEqual({
      headline: 'Reading 12 files',
      details: ['3 runs', '1,200 points', '1.0 MB of 4.0 MB', '512 KB/s', '6.0 s left'],
      share: 0.25,
    });
    expect(importText({ ...state, progress: { ...progress, bytesTotal: null } }, 2000).share).toBeNull();
    expect(importText({ ...state, progress }, 100).details).toHaveLength(3);
  });

  test('says what became of it', () => {
    const ended = { ...state, outcomes: { added: 2, updated: 1, unchanged: 5 } };
    expect(importText({ ...ended, phase: { kind: 'done', ms: 1500 } }, 0).headline).toBe('2 runs added, 1 updated, 5 unchanged');
    expect(importText({ ...state, phase: { kind: 'done', ms: 1 } }, 0).headline).toBe('No runs found');
    expect(importText({ ...ended, phase: { kind: 'cancelled' } }, 0).details).toEqual(['2 runs added, 1 updated, 5 unchanged before that']);
  });
});
