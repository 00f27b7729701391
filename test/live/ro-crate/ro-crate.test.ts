// RO-Crates of real runs are Process Run Crates by the judgement of roc-validator, and broken ones are refused by it.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cli } from '../../cli/context';
import { pythonOf } from '../environments';

const python = pythonOf('ro-crate');

interface Judgement {
  readonly passed: boolean;
  readonly issues: readonly { readonly check: string; readonly severity: string; readonly message: string }[];
  readonly checks: number;
}

/** Folder → judgement, all by one process: starting the validator takes longer than a crate. */
function judge(folders: readonly string[]): Readonly<Record<string, Judgement>> {
  const done = spawnSync(python as string, ['test/live/ro-crate/validate.py', 'process-run-crate', 'REQUIRED', ...folders], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr);
  return JSON.parse(done.stdout) as Record<string, Judgement>;
}

const runs: readonly (readonly [fixture: string, run: string])[] = [
  ['wandb/sweep-lr', 'lr-0.03'],
  ['wandb/killed-torn', 'killed-by-oom'],
  ['mlflow-file/edge-3.17', 'numbers'],
  ['huggingface/gpt2-tiny-finished', 'gpt2-tiny'],
  ['lightning/csv-odd-names', 'version_7'],
  ['tensorboard/hparams-trials', 'input/hp/t0'],
  ['csv/many-runs-one-file', 'mlp-s0'],
];

type Entity = Record<string, unknown>;
/** What must be there, taken away. */
const damages: Readonly<Record<string, (entity: (id: string) => Entity) => void>> = {
  program: (entity) => delete entity('#run').instrument,
  profile: (entity) => delete entity('./').conformsTo,
  licence: (entity) => delete entity('./').license,
};

const home = mkdtempSync(join(tmpdir(), 'diptych-crates-'));
const folderOf = (name: string): string => join(home, name.replaceAll('/', '-'));
let judged: Readonly<Record<string, Judgement>> = {};

beforeAll(async () => {
  if (python === null) return;
  for (const [fixture, run] of runs) {
    const { code, err } = await cli(['reproduce', `test/fixtures/${fixture}`, '--run', run, '--ro-crate', folderOf(fixture)]);
    expect(code, err).toBe(0);
  }
  for (const [name, damage] of Object.entries(damages)) {
    cpSync(folderOf('wandb/sweep-lr'), folderOf(name), { recursive: true });
    const file = join(folderOf(name), 'ro-crate-metadata.json');
    const crate = JSON.parse(readFileSync(file, 'utf8')) as { '@graph': Entity[] };
    damage((id) => crate['@graph'].find((one) => one['@id'] === id) ?? {});
    writeFileSync(file, JSON.stringify(crate));
  }
  judged = judge([...runs.map(([fixture]) => fixture), ...Object.keys(damages)].map(folderOf));
}, 240_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

test.skipIf(python === null).each(runs)('%s, run %s', (fixture) => {
  expect(judged[folderOf(fixture)]).toMatchObject({ passed: true, issues: [] });
  expect(judged[folderOf(fixture)]?.checks).toBeGreaterThan(30);
});

test.skipIf(python === null).each(Object.keys(damages))('the validator refuses a crate without its %s', (name) => {
  expect(judged[folderOf(name)]?.passed).toBe(false);
});
