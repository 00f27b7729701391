// Reading, against the trackers' own software on the same files: see README.md for the targets and the tolerance.
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cached, writeMlflow, writeTensorboard, writeWandb } from './generate';
import { measure, type Usage } from './measure';
import { baselines } from './python';

const cli = process.env.DIPTYCH_CLI ?? 'out/cli.js';
const rounds = 3;
const noise = 0.1;
const fullPoints = 10_000_000;
const points = Number(process.env.DIPTYCH_BENCH_POINTS ?? fullPoints);

const others = baselines();
const skip = typeof others === 'string' ? others : existsSync(cli) ? null : `${cli} is not built: run \`npm run build\``;
if (skip !== null) console.log(`skipped: ${skip}`);

interface Pair {
  readonly ours: Usage;
  readonly theirs: Usage;
}

/** By turns, the best of each: what else the machine does falls on both. */
async function compare(folder: string, theirs: () => Promise<Usage>): Promise<Pair> {
  const all: Pair[] = [];
  for (let round = 0; round < rounds; round++) all.push({ ours: await measure(process.execPath, [cli, 'inspect', folder, '--json']), theirs: await theirs() });
  const best = (pick: keyof Pair): Usage => {
    const least = (field: 'wallSeconds' | 'cpuSeconds' | 'peakBytes') => Math.min(...all.map((pair) => pair[pick][field] ?? Number.NaN));
    return { wallSeconds: least('wallSeconds'), cpuSeconds: least('cpuSeconds'), peakBytes: least('peakBytes'), output: all[0]![pick].output };
  };
  return { ours: best('ours'), theirs: best('theirs') };
}

function print(title: string, { ours, theirs }: Pair): void {
  const row = (name: string, { wallSeconds, cpuSeconds, peakBytes }: Usage) =>
    `${name.padEnd(22)}${wallSeconds.toFixed(2).padStart(9)}${(cpuSeconds ?? Number.NaN).toFixed(2).padStart(9)}${((peakBytes ?? Number.NaN) / 2 ** 20).toFixed(0).padStart(9)}`;
  const ratio = (a: number | null, b: number | null) => ((a ?? Number.NaN) / (b ?? Number.NaN)).toFixed(2).padStart(9);
  console.log(
    [
      title,
      `${''.padEnd(22)}${'wall s'.padStart(9)}${'cpu s'.padStart(9)}${'MB'.padStart(9)}`,
      row('diptych inspect', ours),
      row('the tracker’s own', theirs),
      `${'ratio'.padEnd(22)}${ratio(ours.wallSeconds, theirs.wallSeconds)}${ratio(ours.cpuSeconds, theirs.cpuSeconds)}${ratio(ours.peakBytes, theirs.peakBytes)}`,
    ].join('\n'),
  );
}

/** Fails when `value` is beyond the target by more than noise; what the system cannot measure is not judged. */
function expectAtMost(what: string, value: number, target: number): void {
  if (!Number.isNaN(value)) expect(value, `${what} (target ${target}, noise ${noise * 100} %)`).toBeLessThanOrEqual(target * (1 + noise));
}

const pointsRead = (usage: Usage): number =>
  (JSON.parse(usage.output) as { runs: { series: { name: string; system: boolean; count: number }[] }[] }).runs.reduce(
    (sum, run) => sum + run.series.reduce((count, series) => count + (series.system || series.name.startsWith('_') ? 0 : series.count), 0),
    0,
  );

const ratio = (a: number | null, b: number | null): number => (a ?? Number.NaN) / (b ?? Number.NaN);

test.skipIf(skip !== null)(`TensorBoard, ${points} points`, async () => {
  if (typeof others === 'string') return;
  const shape = { runs: 10, tags: 20, steps: Math.floor(points / 200), seed: 1 };
  const folder = cached(`tensorboard-${shape.runs}-${shape.tags}-${shape.steps}-1`, (to) => writeTensorboard(to, shape));
  const args = ['--logdir', folder, '--port', '0', '--reload', 'once', '--samples-per-plugin', 'scalars=all', '--verbose'];
  const pair = await compare(folder, () => measure(others.server, args, { doneText: /Finished load cycle/ }));
  print(`TensorBoard: ${points} points against its data server`, pair);
  expect(pointsRead(pair.ours)).toBe(shape.runs * shape.tags * shape.steps);
  if (points < fullPoints) return;
  expectAtMost('wall time', ratio(pair.ours.wallSeconds, pair.theirs.wallSeconds), 0.5);
  expectAtMost('CPU time', ratio(pair.ours.cpuSeconds, pair.theirs.cpuSeconds), 0.35);
  expectAtMost('memory', ratio(pair.ours.peakBytes, pair.theirs.peakBytes), 0.4);
});

test.skipIf(skip !== null)('W&B, 2 million points', async () => {
  if (typeof others === 'string') return;
  const shape = { runs: 4, keys: 20, steps: 25_000, seed: 1 };
  const folder = cached(`wandb-${shape.runs}-${shape.keys}-${shape.steps}-1`, (to) => writeWandb(to, shape));
  const pair = await compare(folder, () => measure(others.python, ['test/bench/baselines/read_wandb.py', folder]));
  print('W&B: 2 million points against its own DataStore', pair);
  expect(pointsRead(pair.ours)).toBe(shape.runs * shape.keys * shape.steps);
  expect(Number(pair.theirs.output)).toBe(shape.runs * shape.keys * shape.steps);
  expectAtMost('wall time', ratio(pair.ours.wallSeconds, pair.theirs.wallSeconds), 1 / 5);
});

test.skipIf(skip !== null)('MLflow file store, 2 million points', async () => {
  if (typeof others === 'string') return;
  const shape = { runs: 50, metrics: 20, steps: 2_000, seed: 1 };
  const folder = cached(`mlflow-${shape.runs}-${shape.metrics}-${shape.steps}-1`, (to) => writeMlflow(to, shape));
  const pair = await compare(folder, () => measure(others.python, ['test/bench/baselines/read_mlflow.py', folder]));
  print('MLflow file store: 2 million points against its client', pair);
  expect(pointsRead(pair.ours)).toBe(shape.runs * shape.metrics * shape.steps);
  expect(Number(pair.theirs.output)).toBe(shape.runs * shape.metrics * shape.steps);
  expectAtMost('wall time', ratio(pair.ours.wallSeconds, pair.theirs.wallSeconds), 1 / 8);
});
