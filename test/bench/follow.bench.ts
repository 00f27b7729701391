// Following: one look at a run that has grown a little against reading it anew, in CPU time; and the bytes that it reads.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Follow } from '../../src/core/ingest/follow';
import { defaultLimits } from '../../src/core/source/reader';
import { nodeSha256 } from '../../src/host/sha256';
import { GrowingSource } from '../support/grown';
import { asset } from '../support/read';
import { cached, writeMlflow, writeTensorboard, writeWandb } from './generate';

const looks = 9;
/** What the file holds when following begins; each look finds a tenth of the rest. */
const begun = 0.9;

function filesBelow(folder: string): Record<string, Uint8Array> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map((entry) => [join(entry.parentPath, entry.name).slice(folder.length + 1), new Uint8Array(readFileSync(join(entry.parentPath, entry.name)))]),
  );
}

const csv = (): Record<string, Uint8Array> => ({
  'metrics.csv': new TextEncoder().encode(
    `step,loss,acc,lr,grad\n${Array.from({ length: 200_000 }, (_, step) => `${step},${Math.sin(step) + 2},${Math.cos(step)},${1 / (step + 1)},${step * 0.5}`).join('\n')}\n`,
  ),
});

/** Format → the files of one run with a million points. */
const shapes: Readonly<Record<string, () => Record<string, Uint8Array>>> = {
  TensorBoard: () => filesBelow(cached('follow-tensorboard', (to) => writeTensorboard(to, { runs: 1, tags: 20, steps: 50_000, seed: 1 }))),
  'W&B': () => filesBelow(cached('follow-wandb', (to) => writeWandb(to, { runs: 1, keys: 20, steps: 50_000, seed: 1 }))),
  MLflow: () => filesBelow(cached('follow-mlflow', (to) => writeMlflow(to, { runs: 1, metrics: 20, steps: 50_000, seed: 1 }))),
  CSV: csv,
};

async function cpuOf(follow: Follow): Promise<number> {
  const before = process.cpuUsage();
  for await (const _event of follow.look());
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
const newFollow = (source: GrowingSource): Follow =>
  new Follow(source, { signal: new AbortController().signal, limits: defaultLimits, keepContents: false, asset, sha256: nodeSha256 });

test.each(Object.entries(shapes))('%s: a look costs a part of reading anew', async (name, filesOf) => {
  const whole = filesOf();
  const share = (part: number) =>
    Object.fromEntries(Object.entries(whole).map(([path, bytes]) => [path, bytes.length < 4096 ? bytes : bytes.subarray(0, Math.floor(bytes.length * part))]));
  const source = new GrowingSource();
  source.become(share(begun));
  const follow = newFollow(source);
  await cpuOf(follow);
  const tails: number[] = [];
  const rereads: number[] = [];
  let bytes = 0;
  for (let at = 1; at <= looks; at++) {
    source.become(share(begun + ((1 - begun) * at) / looks));
    source.bytesRead.clear();
    tails.push(await cpuOf(follow));
    bytes += [...source.bytesRead.values()].reduce((a, b) => a + b, 0);
    rereads.push(await cpuOf(newFollow(source)));
  }
  const size = Object.values(whole).reduce((sum, { length }) => sum + length, 0);
  const added = size * (1 - begun);
  const ratio = median(tails) / median(rereads);
  console.log(
    `${name.padEnd(12)} look ${median(tails).toFixed(0).padStart(5)} ms CPU, anew ${median(rereads).toFixed(0).padStart(5)} ms, ratio ${ratio.toFixed(2)}; ` +
      `${(bytes / 2 ** 20).toFixed(1)} MB read in ${looks} looks for ${(added / 2 ** 20).toFixed(1)} MB added to ${(size / 2 ** 20).toFixed(0)} MB`,
  );
  expect(ratio, name).toBeLessThanOrEqual(0.5);
});
