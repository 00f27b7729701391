// Files of a gigabyte and folders of sixty thousand: bytes per second, and peak memory that follows the points and not the file.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cached, writeCsv, writeFatEvents, writeMlflow, writeTensorboard, writeWandb } from './generate';
import { measure } from './measure';

const cli = process.env.DIPTYCH_CLI ?? 'out/cli.js';
const mega = 2 ** 20;
/** Steps, values and times of a point as float64; columns grow by doubling, and a run is packed once when it is whole. */
const bytesPerPoint = 24;
const growth = 3;
/** What the program takes with an empty folder, and room for slices, parsers and the garbage between two collections. */
const allowance = 400 * mega;
/** A file's place in the tree, its head kept while readers look around, and its series in the document. */
const bytesPerFile = 4096;

function sizeOf(folder: string): { readonly bytes: number; readonly files: number } {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return { files: files.length, bytes: files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0) };
}

interface Document {
  readonly runs: readonly { readonly series: readonly { readonly count: number }[] }[];
}

async function read(title: string, folder: string) {
  const { bytes, files } = sizeOf(folder);
  const { wallSeconds, cpuSeconds, peakBytes, output } = await measure(process.execPath, [cli, 'inspect', folder, '--json']);
  const { runs } = JSON.parse(output) as Document;
  const points = runs.flatMap(({ series }) => series).reduce((sum, { count }) => sum + count, 0);
  const largest = Math.max(0, ...runs.map(({ series }) => series.reduce((sum, { count }) => sum + count, 0)));
  console.log(
    `${title}: ${(bytes / mega).toFixed(0)} MB in ${files} files, ${runs.length} runs, ${points} points: ${wallSeconds.toFixed(1)} s, ` +
      `${(bytes / mega / wallSeconds).toFixed(0)} MB/s (cpu ${cpuSeconds?.toFixed(1)} s), peak ${((peakBytes ?? Number.NaN) / mega).toFixed(0)} MB`,
  );
  return { bytes, files, runs: runs.length, points, largest, peakBytes };
}

/** One run is held at a time: its packed points, and nothing that grows with the file. */
function expectPacked({ files, largest, peakBytes }: Awaited<ReturnType<typeof read>>): void {
  if (peakBytes !== null) expect(peakBytes).toBeLessThan(allowance + bytesPerFile * files + growth * bytesPerPoint * largest);
}

test('a CSV of 1 GB', async () => {
  const result = await read(
    'CSV',
    cached('csv-1g-20', (to) => writeCsv(to, 2 ** 30, 20, 1)),
  );
  expect(result.points).toBeGreaterThan(40e6);
  expectPacked(result);
});

test('event files of 1 GB of scalars', async () => {
  const result = await read(
    'TensorBoard scalars',
    cached('tensorboard-2-10-900000-1', (to) => writeTensorboard(to, { runs: 2, tags: 10, steps: 900_000, seed: 1 })),
  );
  expect(result.points).toBe(18e6);
  expectPacked(result);
});

test('an event file of 1 GB that is nearly all images takes no more memory than one of 10 MB', async () => {
  const small = await read(
    'TensorBoard images',
    cached('fat-40', (to) => writeFatEvents(to, 40, 250_000)),
  );
  const large = await read(
    'TensorBoard images',
    cached('fat-4200', (to) => writeFatEvents(to, 4200, 250_000)),
  );
  expect(large.bytes).toBeGreaterThan(2 ** 30 * 0.97);
  if (small.peakBytes !== null && large.peakBytes !== null) expect(large.peakBytes - small.peakBytes).toBeLessThan(100 * mega);
});

test('a .wandb log of 1 GB', async () => {
  const result = await read(
    'W&B',
    cached('wandb-1-20-1200000-1', (to) => writeWandb(to, { runs: 1, keys: 20, steps: 1_200_000, seed: 1 })),
  );
  expect(result.points).toBe(24e6);
  expectPacked(result);
});

test('60,000 files of an MLflow file store', async () => {
  const result = await read(
    'MLflow file store',
    cached('mlflow-600-100-10-1', (to) => writeMlflow(to, { runs: 600, metrics: 100, steps: 10, seed: 1 })),
  );
  expect(result).toMatchObject({ runs: 600, points: 600_000 });
  expectPacked(result);
});
