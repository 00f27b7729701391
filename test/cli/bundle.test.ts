// A bundle and back: the runs that Diptych opens again are those that were written, to the last bit.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, describe, expect, test } from 'vitest';
import { unpackRuns } from '../../src/core/store/pack';
import { cli } from './context';

const folder = mkdtempSync(join(tmpdir(), 'diptych-bundle-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);

async function exported(paths: readonly string[], name: string, ...more: readonly string[]): Promise<string> {
  const { code, err } = await cli(['export', ...paths, '-o', at(name), ...more]);
  expect([0, 4], err).toContain(code);
  return at(name);
}
/** The runs as text, without `source`: which of the PATHs they came from this time. */
async function runsOf(path: string, name: string): Promise<string> {
  const { runs } = JSON.parse(readFileSync(await exported([path], name), 'utf8')) as { runs: Record<string, unknown>[] };
  expect(runs.length).toBeGreaterThan(0);
  return JSON.stringify(runs.map(({ source, ...run }) => run));
}

describe.each([
  ['odd values of MLflow', 'test/fixtures/mlflow-file/edge-3.17/input'],
  ['odd values of W&B', 'test/fixtures/wandb/odd-values/input'],
  ['media', 'test/fixtures/wandb/media/input'],
  ['joined with a job of Hydra', 'test/fixtures/hydra/beside-tensorboard-and-csv/input'],
  ['oddities of Neptune', 'test/fixtures/neptune-scale/oddities/input'],
])('%s', (_, path) => {
  test('the same JSON, values, params, tags, notes, issues and origins', async () => {
    const direct = await runsOf(path, 'a.json');
    expect(await runsOf(await exported([path], 'a.zip'), 'b.json')).toBe(direct);
  });

  test('a bundle of the bundle is the same, byte for byte, with kept files', async () => {
    const first = await exported([path], 'c.zip');
    const second = await exported([first], 'd.zip');
    const [a, b] = [first, second].map((file) => unzipSync(readFileSync(file)));
    expect(Object.keys(a!)).toEqual(Object.keys(b!));
    for (const name of Object.keys(a!)) expect(Buffer.compare(Buffer.from(a![name]!), Buffer.from(b![name]!)), name).toBe(0);
  });
});

test('NaN, both infinities, −0 and integers beyond 2^53', async () => {
  const rows = ['{"step":1,"loss":NaN,"zero":-0.0}', '{"step":2,"loss":Infinity,"zero":0.0}', '{"step":9007199254740993,"loss":-Infinity,"zero":-0.0}'];
  writeFileSync(at('metrics.jsonl'), `${rows.join('\n')}\n`);
  const direct = await runsOf(at('metrics.jsonl'), 'odd.json');
  expect(direct).toContain('"NaN"');
  expect(direct).toContain('-Infinity');
  const bundle = await exported([at('metrics.jsonl')], 'odd.zip');
  expect(await runsOf(bundle, 'odd-again.json')).toBe(direct);
  // JSON cannot tell −0 once it is parsed: the columns themselves.
  const zeros = async (file: string) => {
    const packs = Object.entries(unzipSync(readFileSync(file))).filter(([name]) => name.endsWith('.pack'));
    return packs.flatMap(([, bytes]) =>
      [...unpackRuns(bytes as Uint8Array<ArrayBuffer>)].flatMap(({ run, points }) =>
        run.series.flatMap(({ name }, i) => (name === 'zero' ? [...points[i]!.values] : [])),
      ),
    );
  };
  const again = await exported([bundle], 'odd-again.zip');
  expect((await zeros(again)).map((value) => Object.is(value, -0))).toEqual([true, false, true]);
  expect(readFileSync(at('odd.json'), 'utf8')).toContain('9007199254740993');
});

test('chosen runs, and only those', async () => {
  const bundle = await exported(['resources/samples/lr-sweep'], 'some.zip', '--runs', 'lr-0.1,lr-30');
  const { out } = await cli(['list', bundle, '--json']);
  expect((JSON.parse(out) as { runs: { name: string }[] }).runs.map(({ name }) => name).sort()).toEqual(['lr-0.1', 'lr-30']);
});
