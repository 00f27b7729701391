// Suggestions against random search, what people do, and Optuna's samplers, on tables with a known answer: see README.md for the targets.
import { expect, test } from 'vitest';
import { quantile, sorted } from '../../src/core/statistics/basic';
import { atRandom, checkpoints, type Method, neighbours, optunaCells, qualities, startOf, suggested, walk } from './suggest/protocol';
import { readTables, samplers, type TruthTable } from './suggest/tables';

const repeats = Number(process.env.DIPTYCH_BENCH_REPEATS ?? 3);
/** Walks that nothing was chosen on begin at 100. */
const firstRepeat = Number(process.env.DIPTYCH_BENCH_FIRST ?? 100);
const others = samplers();
if (typeof others === 'string') console.log(`skipped: ${others}`);

/** For each walk (table by table, repeat by repeat) the quality at each checkpoint. */
type Walks = readonly (readonly number[])[];

const at = (walks: Walks, checkpoint: (typeof checkpoints)[number], q: number): number =>
  quantile(sorted(walks.map((walk) => walk[checkpoints.indexOf(checkpoint)]!)), q);

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`.padStart(10);

function print(results: ReadonlyMap<string, Walks>, tables: readonly TruthTable[]): void {
  const lines = [...results].map(([name, walks]) =>
    [
      name.padEnd(28),
      ...checkpoints.map((checkpoint) => percent(at(walks, checkpoint, 0.5))),
      ...checkpoints.slice(1).map((checkpoint) => percent(at(walks, checkpoint, 0.9))),
    ].join(''),
  );
  const heads = [...checkpoints.map((n) => `median ${n}`), ...checkpoints.slice(1).map((n) => `90 % ${n}`)];
  console.log(
    `Quantile of the chosen run's true mean, ${tables.length} tables × ${repeats} repeats\n${[''.padEnd(28), ...heads.map((head) => head.padStart(10))].join('')}\n${lines.join('\n')}`,
  );
  const names = [...results.keys()];
  const last = checkpoints.length - 1;
  const perTable = tables.map(({ name }, t) =>
    [
      name.padEnd(28),
      ...names.map((method) =>
        percent(
          quantile(
            sorted(
              results
                .get(method)!
                .slice(t * repeats, (t + 1) * repeats)
                .map((walk) => walk[last]!),
            ),
            0.5,
          ),
        ),
      ),
    ].join(''),
  );
  console.log(
    `Median after ${checkpoints[last]} runs by table\n${[''.padEnd(28), ...names.map((method) => method.slice(-9).padStart(10))].join('')}\n${perTable.join('\n')}`,
  );
}

test.skipIf(typeof others === 'string')('suggestions on tables with a known answer', () => {
  if (typeof others === 'string') return;
  const tables = readTables(others.python);
  const pairs = tables.flatMap((table) => Array.from({ length: repeats }, (_, at) => ({ table, repeat: firstRepeat + at })));
  const ours = (method: Method): Walks => pairs.map(({ table, repeat }) => walk(table, method, repeat));
  const optuna = (sampler: 'tpe' | 'gp'): Walks => {
    const cells = optunaCells(
      others.python,
      sampler,
      pairs.map(({ table, repeat }) => startOf(table, repeat)),
    );
    return pairs.map(({ table, repeat }, i) => qualities(table, repeat, cells[i]!));
  };
  const results = new Map<string, Walks>([
    ['random', ours(atRandom)],
    ['neighbours of the best', ours(neighbours)],
    ['Optuna TPE, one at a time', optuna('tpe')],
    ['Optuna GP, one at a time', optuna('gp')],
    ['diptych, batches of five', ours(suggested(5))],
    ['diptych, one at a time', ours(suggested(1))],
  ]);
  print(results, tables);
  const own = results.get('diptych, batches of five')!;
  for (const checkpoint of [20, 40] as const) {
    for (const other of ['random', 'neighbours of the best'])
      expect(at(own, checkpoint, 0.5), `median after ${checkpoint} runs, against ${other}`).toBeLessThan(at(results.get(other)!, checkpoint, 0.5));
    expect(at(own, checkpoint, 0.9), `90th percentile after ${checkpoint} runs, against random`).toBeLessThanOrEqual(
      at(results.get('random')!, checkpoint, 0.9),
    );
  }
});
