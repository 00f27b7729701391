// Following a source that is being written: each byte once, restarts, new runs, and the same result as one reading of the whole.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Source } from '../../../src/core/ingest/contract';
import { ingest } from '../../../src/core/ingest/ingest';
import type { ReadRun } from '../../../src/core/model/run';
import { defaultLimits } from '../../../src/core/source/reader';
import { SourceError } from '../../../src/core/source/source';
import { fileOf, scalar, sessionStart, version } from '../../support/event-file';
import { treeOf } from '../../support/fixtures';
import { type Files, followed, GrowingSource } from '../../support/grown';
import { asset, readTree, seededRandom } from '../../support/read';

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const random = seededRandom(11);
const loss = (): string => (2 / (1 + random())).toFixed(9);

const wandb = 'wandb/offline-run-20261123_084842-long0001/run-long0001.wandb';
const wandbFixture = 'test/fixtures/wandb/long/input';

/** Real bytes of each format that is read on where it ended, and the file that grows; all but the logs of lines are binary. */
const cases: Readonly<Record<string, { readonly files: Files; readonly grows: string; readonly heads: number }>> = {
  csv: {
    grows: 'metrics.csv',
    heads: 3 * 65_536,
    files: { 'metrics.csv': text(`step,lr,loss,note\n${Array.from({ length: 60_000 }, (_, step) => `${step},0.1,${loss()},"a, b"`).join('\n')}\n`) },
  },
  'csv whose constant column changes late': {
    grows: 'metrics.csv',
    heads: 3 * 65_536,
    files: {
      'metrics.csv': text(`step,batch_size,loss\n${Array.from({ length: 60_000 }, (_, step) => `${step},${step < 58_000 ? 32 : 64},${loss()}`).join('\r\n')}`),
    },
  },
  jsonl: {
    grows: 'log.jsonl',
    heads: 3 * 65_536,
    files: { 'log.jsonl': text(Array.from({ length: 20_000 }, (_, step) => `{"step": ${step}, "loss": ${loss()}, "phase": "träin"}\n`).join('')) },
  },
  'mlflow-file': {
    grows: 'mlruns/1/aa/metrics/loss',
    heads: 0,
    files: {
      'mlruns/1/meta.yaml': text("artifact_location: x\nexperiment_id: '1'\nname: e\n"),
      'mlruns/1/aa/meta.yaml': text('artifact_uri: x\nrun_id: aa\nrun_name: a\nstatus: 1\n'),
      'mlruns/1/aa/metrics/acc': text('1700000000000 0.5 0\n'),
      'mlruns/1/aa/metrics/loss': text(Array.from({ length: 30_000 }, (_, step) => `${1_700_000_000_000 + step} ${loss()} ${step}\n`).join('')),
      'mlruns/1/bb/meta.yaml': text('artifact_uri: x\nrun_id: bb\nrun_name: b\nstatus: 3\n'),
      'mlruns/1/bb/metrics/loss': text('1700000000000 0.25 0\n'),
    },
  },
  tensorboard: {
    grows: 'run/events.out.tfevents.1700000000.host',
    heads: 2 * 4096,
    files: {
      'run/events.out.tfevents.1700000000.host': fileOf(
        version(),
        ...Array.from({ length: 3000 }, (_, step) => scalar('loss', random(), { step })),
        sessionStart(2000),
        ...Array.from({ length: 3000 }, (_, at) => scalar(at % 2 ? 'loss' : 'late', random(), { step: 2000 + at })),
      ),
    },
  },
  wandb: {
    grows: wandb,
    heads: 64,
    files: Object.fromEntries(
      readdirSync(wandbFixture, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/'))
        .map((path) => [path.slice(wandbFixture.length + 1), new Uint8Array(readFileSync(path))]),
    ),
  },
};

const withoutId = (reads: Iterable<ReadRun>) =>
  [...reads].map(({ run: { id: _, ...run }, points, contents }) => ({ run, points, contents })).sort((a, b) => (a.run.path < b.run.path ? -1 : 1));

describe.each(Object.entries(cases))('%s', (_name, { files, grows, heads }) => {
  const whole = files[grows] as Uint8Array;

  test('grown at fifteen places it is what it is read at once', async () => {
    const source = new GrowingSource();
    const follower = followed(source);
    const cuts = Array.from({ length: 15 }, () => Math.floor(random() * whole.length)).sort((a, b) => a - b);
    for (const cut of [...cuts, whole.length]) {
      source.become({ ...files, [grows]: whole.subarray(0, cut) });
      await follower.look();
    }
    expect(withoutId(follower.runs.values())).toEqual(withoutId((await readTree(treeOf(files), { keepContents: true })).runs));
    follower.follow.close();
  });

  test('each byte is read once, but for the first and last ones of each look', async () => {
    const source = new GrowingSource();
    const follower = followed(source);
    const looks = 10;
    const start = 72 * 1024;
    for (let at = 0; at <= looks; at++) {
      source.become({ ...files, [grows]: whole.subarray(0, start + Math.floor(((whole.length - start) * at) / looks)) });
      await follower.look();
    }
    const { bytesRead } = source;
    // Per look: the heads that the probe and the reader ask for, the check of what stands, the record that was not whole.
    const constant = heads + 2 * (4096 + 2 * 64) + 1024;
    expect(bytesRead.get(grows)).toBeLessThanOrEqual(whole.length + (looks + 1) * constant);
    const before = bytesRead.get(grows) ?? 0;
    await follower.look();
    expect(bytesRead.get(grows)).toBe(before);
    for (const [path, bytes] of Object.entries(files))
      if (path !== grows && bytes.length < 65_536) expect(bytesRead.get(path) ?? 0).toBeLessThanOrEqual(bytes.length);
    follower.follow.close();
  });

  test('shortened and written anew it is another reading, from the start', async () => {
    const source = new GrowingSource();
    const follower = followed(source);
    source.become(files);
    await follower.look();
    source.become({ ...files, [grows]: whole.subarray(0, Math.floor(whole.length / 2)) });
    const { look } = await follower.look();
    expect(look.restarted).toHaveLength(1);
    source.become(files);
    await follower.look();
    const wanted = withoutId((await readTree(treeOf(files), { keepContents: true })).runs);
    expect(withoutId(follower.runs.values())).toEqual(expect.arrayContaining(wanted));
    follower.follow.close();
  });
});

/** Imports a source: the paths of the runs given, and the marks of its claims. */
async function imported(source: Source, known: Readonly<Record<string, string>>) {
  const paths: string[] = [];
  const marks: [string, string][] = [];
  for await (const event of ingest([source], { signal: new AbortController().signal, limits: defaultLimits, keepContents: false, asset, known })) {
    if (event.kind === 'run') paths.push(event.read.run.path);
    if (event.kind === 'claims') for (const { key, mark } of event.claims) marks.push([key, mark]);
  }
  return { paths: paths.sort(), known: Object.fromEntries(marks) };
}

describe('looks', () => {
  const csv = (rows: number): Uint8Array => text(`step,loss\n${Array.from({ length: rows }, (_, step) => `${step},${1 / (step + 1)}`).join('\n')}\n`);

  test('a run keeps its id while its first bytes are still being written, and is given again only where it changed', async () => {
    const source = new GrowingSource();
    const follower = followed(source);
    source.become({ 'a/metrics.csv': csv(3), 'b/metrics.csv': csv(5) });
    const first = await follower.look();
    expect(first.given).toHaveLength(2);
    source.become({ 'a/metrics.csv': csv(4), 'b/metrics.csv': csv(5) });
    const second = await follower.look();
    expect(second.given).toEqual([first.given[0]]);
    expect(follower.runs.get(first.given[0] ?? '')?.run.series[0]?.count).toBe(4);
    expect((await follower.look()).look).toMatchObject({ state: 'same' });
  });

  test('a new run in the folder is found; one whose file is written anew leaves the first as it was', async () => {
    const source = new GrowingSource();
    const follower = followed(source);
    source.become({ 'a/metrics.csv': csv(30) });
    const { given } = await follower.look();
    source.become({ 'a/metrics.csv': csv(30), 'b/metrics.csv': text('step,loss\n0,9\n1,8\n2,7\n') });
    expect((await follower.look()).given).toHaveLength(1);
    source.become({ 'a/metrics.csv': text('step,loss\n0,5\n1,4\n2,3\n'), 'b/metrics.csv': text('step,loss\n0,9\n1,8\n2,7\n') });
    await follower.look();
    expect(follower.runs.size).toBe(3);
    expect(follower.runs.get(given[0] ?? '')?.run.series[0]?.count).toBe(30);
  });

  test('a further event file in the folder goes on with the run', async () => {
    const source = new GrowingSource();
    const follower = followed(source);
    const one = fileOf(version(), ...Array.from({ length: 50 }, (_, step) => scalar('loss', 1, { step })));
    const two = fileOf(version(), sessionStart(40), ...Array.from({ length: 50 }, (_, at) => scalar('loss', 2, { step: 40 + at })));
    source.become({ 'events.out.tfevents.1.a': one });
    const { given } = await follower.look();
    source.become({ 'events.out.tfevents.1.a': one, 'events.out.tfevents.2.a': two });
    expect((await follower.look()).given).toEqual(given);
    expect(follower.runs.get(given[0] ?? '')?.run.series[0]).toMatchObject({ count: 90, last: 2, lastStep: 89 });
  });

  test('two writers in one folder: the first file goes on after the second began', async () => {
    const source = new GrowingSource();
    const follower = followed(source);
    const one = (steps: number) => fileOf(version(), ...Array.from({ length: steps }, (_, step) => scalar('loss', 1, { step })));
    const two = fileOf(version(), scalar('acc', 1, { step: 3 }));
    const moments = [one(5), one(9)].map((first) => ({ 'events.out.tfevents.1.a': first, 'events.out.tfevents.2.a': two }));
    for (const files of moments) {
      source.become(files);
      await follower.look();
    }
    expect(withoutId(follower.runs.values())).toEqual(withoutId((await readTree(treeOf(moments[1] ?? {}), { keepContents: true })).runs));
  });

  test('a source that goes away is told, and is read on when it comes back', async () => {
    const source = new GrowingSource();
    const follower = followed({ label: 'x', scan: () => (gone ? Promise.reject(new SourceError('missing-file', 'gone', 'x')) : source.scan()) });
    let gone = false;
    source.become({ 'a/metrics.csv': csv(30) });
    await follower.look();
    gone = true;
    expect((await follower.look()).look.state).toBe('gone');
    gone = false;
    source.become({ 'a/metrics.csv': csv(31) });
    expect((await follower.look()).given).toHaveLength(1);
  });

  test('a refresh reads only what changed since the marks were made', async () => {
    const source = new GrowingSource();
    source.become({ 'a/metrics.csv': csv(30), 'b/metrics.csv': text('step,loss\n0,9\n1,8\n2,7\n') });
    const first = await imported(source, {});
    expect(first.paths).toEqual(['a', 'b']);
    expect((await imported(source, first.known)).paths).toEqual([]);
    source.become({ 'a/metrics.csv': csv(31), 'b/metrics.csv': text('step,loss\n0,9\n1,8\n2,7\n') });
    expect((await imported(source, first.known)).paths).toEqual(['a']);
  });

  test('cancel ends a look at once', async () => {
    const source = new GrowingSource();
    source.become({ 'a/metrics.csv': csv(30_000) });
    const cancelled = new AbortController();
    const follower = followed(source, cancelled.signal);
    const look = follower.look();
    cancelled.abort(new Error('enough'));
    await expect(look).rejects.toThrow('enough');
  });
});
