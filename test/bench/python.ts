// The trackers' own software in a Python environment of its own, made on first use.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import envPaths from 'env-paths';

const packages = ['tensorboard==2.20.0', 'wandb==0.16.6', 'mlflow-skinny==2.14.3', 'setuptools==79.0.1', 'numpy==1.26.4'];
const folder = process.env.DIPTYCH_BENCH_VENV ?? '.cache/bench-venv';

export interface Baselines {
  readonly python: string;
  /** TensorBoard's data server. */
  readonly server: string;
}

/** The environment, or a line that says why there is none. */
export function baselines(): Baselines | string {
  const python = join(folder, 'bin/python');
  const stamp = join(folder, '.diptych-bench');
  if (!existsSync(stamp)) {
    if (spawnSync('python3', ['-m', 'venv', folder]).status !== 0) return 'there is no Python 3 with venv';
    const pip = spawnSync(python, ['-m', 'pip', 'install', '-q', ...packages], { encoding: 'utf8' });
    if (pip.status !== 0) return `the packages cannot be installed: ${pip.stderr.trim().split('\n').at(-1)}`;
    writeFileSync(stamp, packages.join('\n'));
  }
  const lib = join(folder, 'lib');
  const site = readdirSync(lib).map((version) => join(lib, version, 'site-packages/tensorboard_data_server/bin/server'));
  const server = site.find(existsSync);
  return server ? { python, server } : 'TensorBoard has no data server for this system';
}

/** The interpreter that `npm run test:live` made for a folder of test/live (scripts/live.mjs); undefined where it made none. */
export function liveInterpreter(folder: string): string | undefined {
  const digest = createHash('sha256')
    .update(readFileSync(join('test/live', folder, 'requirements.txt')))
    .digest('hex')
    .slice(0, 12);
  const home = join(envPaths('diptych', { suffix: 'tests' }).cache, `live-${folder}-${digest}`);
  return existsSync(join(home, 'ready')) ? join(home, 'bin/python') : undefined;
}
