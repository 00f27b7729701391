// Bundles of other people: what they claim is computed again or checked, what is newer is refused.
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { ReadRun } from '../../../src/core/model/run';
import { scriptedTree } from '../../../src/core/source/scripted';
import { writeBundle } from '../../../src/core/store/bundle';
import { manifestName } from '../../../src/core/store/bundle-format';
import { packRuns } from '../../../src/core/store/pack';
import { readTree } from '../../support/read';
import { readRunFromText } from '../../support/run-from-text';

const drawn = (id: string, more: Partial<ReadRun['run']> = {}): ReadRun => {
  const read = readRunFromText('step train/loss acc\n0 1.5 .\n1 nan 0.25\n1 0.5 0.5', {
    id: id.repeat(20),
    name: `run ${id}`,
    params: { lr: 0.1, big: 2n ** 70n },
  });
  const run = {
    ...read.run,
    nativeId: 'n',
    sources: [{ reader: 'wandb', files: ['x.wandb'] }],
    artifacts: [{ path: 'notes.txt', size: 5, kind: 'file' as const }],
    ...more,
  };
  return { ...read, run, contents: [{ path: 'notes.txt', bytes: new TextEncoder().encode('hello') }] };
};

async function bundleOf(runs: readonly ReadRun[]): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  await writeBundle(runs, async (chunk) => void chunks.push(chunk), new AbortController().signal);
  return new Uint8Array(Buffer.concat(chunks));
}

const open = (bundle: Uint8Array, keepContents = true) => readTree(scriptedTree({ 'x.zip': bundle }, { named: 'x.zip' }), { keepContents });

/** The bundle with one of its files replaced. */
function changed(bundle: Uint8Array, name: string, change: (bytes: Uint8Array) => Uint8Array): Uint8Array {
  const files = unzipSync(bundle);
  return zipSync({ ...files, [name]: change(files[name] ?? new Uint8Array(0)) });
}

test('gives the same runs again, with points and previews', async () => {
  const written = [drawn('a'), drawn('b', { format: 'mlflow-file', path: 'mlruns/1/b' })];
  const { runs, issues } = await open(await bundleOf(written));
  expect(issues).toEqual([]);
  expect(runs).toEqual(written);
});

test('lies there unpacked, too', async () => {
  const files = unzipSync(await bundleOf([drawn('a')]));
  const { runs } = await readTree(scriptedTree(Object.fromEntries(Object.entries(files).map(([path, bytes]) => [`deep/${path}`, bytes]))));
  expect(runs.map(({ run }) => run.id)).toEqual(['a'.repeat(20)]);
});

describe('from strangers', () => {
  const lying = drawn('a');
  const repacked = async (run: unknown) =>
    open(changed(await bundleOf([lying]), 'runs/000000.pack', () => packRuns([{ ...lying, run: run as ReadRun['run'] }])));

  test('statistics and digests are computed again', async () => {
    const series = lying.run.series.map((one) => ({ ...one, max: 99, mean: 7, valuesDigest: 'f'.repeat(64) }));
    const { runs } = await repacked({ ...lying.run, series });
    expect(runs[0]?.run.series).toEqual(lying.run.series);
  });

  test.each<[string, object]>([
    ['an id that is none', { id: '../../etc' }],
    ['a path that leads out', { path: '../../etc/passwd' }],
    ['a status that is none', { status: 'splendid' }],
    ['a fact without evidence', { facts: [{ kind: 'seed', value: 1, evidence: [] }] }],
    ['params that are a list', { params: [1] }],
  ])('%s is refused, and said', async (_, wrong) => {
    const { runs, issues } = await repacked({ ...lying.run, ...wrong });
    expect(runs).toEqual([]);
    expect(issues.map(({ code }) => code)).toContain('bad-record');
  });

  test('a damaged pack spares the others', async () => {
    const bundle = changed(await bundleOf([drawn('a'), drawn('b')]), 'runs/000000.pack', (bytes) => bytes.slice(0, 200));
    const read = await open(bundle);
    expect(read.runs.map(({ run }) => run.id)).toEqual(['b'.repeat(20)]);
    expect(read.issues.map(({ code }) => code)).toEqual(['bad-record']);
  });

  test('a run that is listed and absent is missing', async () => {
    const { [manifestName]: manifest } = unzipSync(await bundleOf([drawn('a')]));
    const { issues } = await open(zipSync({ [manifestName]: manifest ?? new Uint8Array(0) }));
    expect(issues.map(({ code }) => code)).toContain('missing-file');
  });
});

test('a newer bundle is refused with what was found and what is supported', async () => {
  const newer = (bytes: Uint8Array) => new TextEncoder().encode(new TextDecoder().decode(bytes).replace('"version": 1', '"version": 9'));
  const { runs, issues } = await open(changed(await bundleOf([drawn('a')]), manifestName, newer));
  expect(runs).toEqual([]);
  expect(issues[0]).toMatchObject({ code: 'unsupported', message: expect.stringMatching(/version 9.*reads version 1/) });
});
