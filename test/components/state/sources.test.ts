// Sources of the page, with the real ingest behind them: how they stand, refreshing, following, and what becomes of a run that grows.
import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RunId, runId } from '../../../src/core/base/units';
import { Follow } from '../../../src/core/ingest/follow';
import { ingest } from '../../../src/core/ingest/ingest';
import type { ReadRun } from '../../../src/core/model/run';
import { defaultLimits } from '../../../src/core/source/reader';
import { packRuns, unpackRuns } from '../../../src/core/store/pack';
import type { ReadHow } from '../../../src/renderer/boot/capabilities';
import { sourceText } from '../../../src/renderer/features/sources/source-text';
import { createIdle } from '../../../src/renderer/state/idle';
import { createLibraryStore, withRuns } from '../../../src/renderer/state/library';
import { createSettingsStore } from '../../../src/renderer/state/settings';
import { createSources, type SourceState, type Sources } from '../../../src/renderer/state/sources';
import { createToasts } from '../../../src/renderer/state/toasts';
import { admitRuns, emptyWorkspace, replaceRun, setNote } from '../../../src/renderer/state/workspace';
import { createWorkspaceStore } from '../../../src/renderer/state/workspace-store';
import type { AppStore } from '../../../src/renderer/storage/contract';
import { openStore } from '../../../src/renderer/storage/dexie-store';
import { databaseName } from '../../../src/renderer/storage/schema';
import { createImporter, type Written } from '../../../src/renderer/workers/importer';
import { createEventStream } from '../../../src/wire/events';
import type { ImportChannel, ImportEvent } from '../../../src/wire/imports';
import { GrowingSource } from '../../support/grown';
import { asset } from '../../support/read';

const ref = { id: 'abc', label: 'runs', path: '/runs', kind: 'folder' as const };
const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const csv = (rows: number): Uint8Array => text(`step,loss\n${Array.from({ length: rows }, (_, step) => `${step},${1 / (step + 1)}\n`).join('')}`);

let storage: AppStore;
beforeEach(async () => {
  await Dexie.delete(databaseName);
  storage = await openStore();
});
afterEach(() => storage.close());

/** A channel over events, with runs in batches, as the host gives them. */
function channelOf(events: (signal: AbortSignal) => AsyncIterable<ImportEvent | { readonly kind: 'run'; readonly read: ReadRun }>): ImportChannel {
  const cancelled = new AbortController();
  const stream = createEventStream<ImportEvent>();
  const batches = new Map<number, Uint8Array<ArrayBuffer>>();
  const run = async (): Promise<void> => {
    for await (const event of events(cancelled.signal)) {
      if (event.kind !== 'run') stream.push(event);
      else {
        batches.set(batches.size, packRuns([event.read]));
        stream.push({ kind: 'batch', id: batches.size - 1, bytes: 1, runs: 1 });
      }
    }
  };
  run()
    .catch(() => stream.push({ kind: 'cancelled' }))
    .finally(stream.end);
  return { events: stream.events, fetchBatch: async (id) => batches.get(id) as Uint8Array<ArrayBuffer>, cancel: () => cancelled.abort(new Error('cancelled')) };
}

/** The page around its sources; `look` makes the follower look once more. */
function page(source: GrowingSource) {
  const library = createLibraryStore();
  const workspace = createWorkspaceStore();
  const idle = createIdle(
    () => {},
    (callback) => setTimeout(callback, 0),
  );
  const toasts = createToasts();
  const tabs = { changed: () => {}, onChanged: () => {}, saved: () => {}, onSaved: () => {} };
  const host = { gone: false, quietMs: 5000 };
  const write = async (batch: Uint8Array<ArrayBuffer>): Promise<readonly Written[]> => {
    const written: Written[] = [];
    for (const read of unpackRuns(batch)) written.push({ run: read.run, outcome: await storage.put(read) });
    return written;
  };
  const admit = (written: readonly Written[]): void => {
    library.setState(withRuns(written.map(({ run }) => run)));
    workspace.getState().change('import', admitRuns(written.map(({ run }) => run.id)));
  };
  const explain = (error: unknown) => ({ message: String(error), tip: '' });
  const importer = createImporter({ write, admit, ended: () => {}, begin: idle.begin, now: () => 0, explain });
  const options = { limits: defaultLimits, keepContents: false, asset };
  const looks: (() => void)[] = [];
  const capabilities = {
    sourceState: async () => {
      if (host.gone) return { state: 'gone' as const, fingerprint: null, files: 0, bytes: 0, newestMs: null, quietMs: null };
      return { state: 'present' as const, fingerprint: source.fingerprint, files: 1, bytes: 1, newestMs: 1, quietMs: host.quietMs };
    },
    importSources: (_: unknown, __: unknown, { known }: ReadHow = {}) =>
      channelOf(async function* (signal) {
        yield* ingest([source], { ...options, signal, ...(known && { known }) });
        yield { kind: 'done', runs: 0, points: 0, bytes: 0, ms: 1 };
      }),
    followSource: (_: unknown, __: unknown, { known }: ReadHow) =>
      channelOf(async function* (signal) {
        const follow = new Follow(source, { ...options, signal, ...(known && { known }) });
        for (;;) {
          yield* follow.look();
          await new Promise<void>((resolve, reject) => {
            looks.push(resolve);
            signal.addEventListener('abort', () => reject(signal.reason), { once: true });
          });
        }
      }),
  };
  const sources: Sources = createSources({
    capabilities,
    storage,
    library,
    workspace,
    tabs,
    idle,
    toasts,
    settings: createSettingsStore(),
    importer,
    write,
    admit,
    explain,
    now: () => 77,
  });
  const settled = async (until: () => boolean): Promise<void> => {
    while (!until() || idle.labels().length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const state = (): SourceState | undefined => sources.store.getState().list[0];
  return {
    sources,
    library,
    workspace,
    toasts,
    host,
    settled,
    state,
    runs: () => [...library.getState().runs.values()].map(({ path, series }) => `${path} ${series[0]?.count}`).sort(),
    async open(): Promise<void> {
      importer.start('runs', capabilities.importSources([ref], {}), sources.reading([ref]));
      await settled(() => state()?.standing === 'unchanged');
    },
    async look(until: () => boolean): Promise<void> {
      await settled(() => looks.length > 0);
      looks.shift()?.();
      await settled(until);
    },
  };
}

describe('how a source stands', () => {
  test('unchanged, growing, changed, gone; remembered over a reload', async () => {
    const source = new GrowingSource();
    source.become({ 'a/metrics.csv': csv(30) });
    const app = page(source);
    await app.open();
    source.become({ 'a/metrics.csv': csv(31) });
    await app.sources.look();
    expect(app.state()?.standing).toBe('growing');
    app.host.quietMs = 3_600_000;
    await app.sources.look();
    expect(app.state()?.standing).toBe('changed');
    const again = page(source);
    await again.sources.load();
    await again.sources.look();
    expect(again.state()).toMatchObject({ ref, standing: 'growing', readAtMs: 77 });
    again.host.gone = true;
    await again.sources.look();
    expect(again.state()?.standing).toBe('gone');
    again.sources.forget('abc');
    expect(again.sources.store.getState().list).toEqual([]);
  });

  test('is said in words', () => {
    const state: SourceState = { ref, fingerprint: null, readAtMs: 0, followed: false, standing: 'unchanged', following: null, refreshing: false };
    const look = { state: 'changed', files: 2, bytes: 9, open: 1, runs: 2, restarted: ['a'] } as const;
    expect(sourceText(state, 0).text).toBe('Unchanged since it was read');
    expect(sourceText({ ...state, following: { look: null, changedAtMs: null } }, 0).text).toBe('Following: reading what is there…');
    expect(sourceText({ ...state, following: { look, changedAtMs: 0 } }, 60_000).text).toMatch(/^Following: grew .* ago, 1 run not ended, 1 file written anew/);
    expect(sourceText({ ...state, following: { look: { ...look, state: 'gone' }, changedAtMs: 0 } }, 0).tone).toBe('warn');
  });
});

test('a refresh reads what changed; a run that has grown stays one, with what was arranged for it', async () => {
  const source = new GrowingSource();
  source.become({ 'a/metrics.csv': csv(30), 'b/metrics.csv': text('step,loss\n0,9\n1,8\n2,7\n') });
  const app = page(source);
  await app.open();
  const [grows] = [...app.library.getState().runs.values()].filter(({ path }) => path === 'a');
  app.workspace.getState().change('note', setNote(grows?.id as RunId, 'mine'));
  source.become({ 'a/metrics.csv': csv(31), 'b/metrics.csv': text('step,loss\n0,9\n1,8\n2,7\n') });
  await app.sources.refresh('abc');
  await app.settled(() => app.state()?.standing === 'unchanged' && app.state()?.refreshing === false);
  expect(app.runs()).toEqual(['a 31', 'b 3']);
  const id = [...app.library.getState().runs.values()].find(({ path }) => path === 'a')?.id as RunId;
  expect(id).not.toBe(grows?.id);
  expect(app.workspace.getState().history.now.notes).toEqual(new Map([[id, 'mine']]));
  expect(await storage.runs()).toHaveLength(2);
});

test('another run at the same place is another run', async () => {
  const source = new GrowingSource();
  source.become({ 'a/metrics.csv': csv(30) });
  const app = page(source);
  await app.open();
  source.become({ 'a/metrics.csv': text('step,loss\n0,9\n1,8\n2,7\n') });
  await app.sources.refresh('abc');
  await app.settled(() => app.state()?.standing === 'unchanged' && app.state()?.refreshing === false);
  expect(app.runs()).toEqual(['a 3', 'a 30']);
});

test('following shows what grows and which runs do, keeps their ids, and ends when it is stopped', async () => {
  const source = new GrowingSource();
  source.become({ 'a/metrics.csv': csv(30), 'b/metrics.csv': csv(9) });
  const app = page(source);
  await app.open();
  const ids = [...app.library.getState().runs.keys()];
  void app.sources.follow('abc');
  await app.settled(() => app.state()?.following?.look != null);
  expect(app.sources.store.getState().live.size).toBe(0);
  source.become({ 'a/metrics.csv': csv(31), 'b/metrics.csv': csv(9) });
  await app.look(() => app.state()?.following?.changedAtMs === 77);
  expect(app.runs()).toEqual(['a 31', 'b 9']);
  expect([...app.library.getState().runs.keys()]).toEqual(ids);
  const grown = [...app.library.getState().runs.values()].find(({ path }) => path === 'a')?.id;
  expect([...app.sources.store.getState().live]).toEqual([grown]);
  app.sources.stop('abc');
  await app.settled(() => app.state()?.following === null);
  expect(app.sources.store.getState().live.size).toBe(0);
  expect(app.state()).toMatchObject({ followed: false });
});

test('what was followed when the page went is offered again', async () => {
  const source = new GrowingSource();
  source.become({ 'a/metrics.csv': csv(30) });
  const app = page(source);
  await app.open();
  void app.sources.follow('abc');
  await app.settled(() => app.state()?.following?.look != null);
  const again = page(source);
  await again.sources.load();
  const [toast] = again.toasts.store.getState();
  expect(toast?.text).toBe('runs was being followed.');
  toast?.action?.run();
  await again.settled(() => again.state()?.following?.look != null);
  again.sources.stop('abc');
  app.sources.stop('abc');
  await again.settled(() => again.state()?.following === null && app.state()?.following === null);
});

test('a run takes over what was arranged for another', () => {
  const [a, b] = [runId('a'), runId('b')];
  const before = { ...emptyWorkspace(), baseline: a, visible: new Set([a]), slots: new Map([[a, 3]]), notes: new Map([[a, 'x']]) };
  const after = replaceRun(a, b)({ ...before, slots: new Map([...before.slots, [b, 7]]) });
  expect(after).toMatchObject({ baseline: b, visible: new Set([b]), slots: new Map([[b, 3]]), notes: new Map([[b, 'x']]) });
});
