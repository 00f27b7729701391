// Patches of the set-up review for real: Python compiles every patched file, and three trainings that lacked something log it once patched.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Run } from '../../../src/core/model/run';
import { toUnifiedDiff } from '../../../src/core/setup/patch';
import { reviewSetup } from '../../../src/core/setup/review';
import { setupRules } from '../../../src/core/setup/rules';
import { setupExamples } from '../../../src/core/setup/rules/examples';
import { pathSource } from '../../../src/host/sources/folder';
import { gitApplied, hasGit } from '../../support/git-apply';
import { readSource } from '../../support/read';
import { type Files, mutated, mutatedBy, mutations } from '../../support/setup-pairs';
import { drawnProject } from '../../support/setup-project';
import { environments, pythonOf } from '../environments';

const home = mkdtempSync(join(tmpdir(), 'diptych-training-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

function written(name: string, files: Files): string {
  const folder = join(home, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Patches of all findings of the rules, one after the other, as a person would apply them. */
async function patchedBy(files: Files, ids: readonly string[]): Promise<Files> {
  let now = files;
  for (const id of ids) {
    const project = await drawnProject(now);
    const fix = reviewSetup(project, { rules: setupRules.filter(({ meta }) => meta.id === id) }).findings[0]?.fix;
    now = gitApplied(now, toUnifiedDiff(fix?.edits ?? [], project));
  }
  return now;
}

const anyPython = Object.keys(environments).flatMap((name) => pythonOf(name) ?? [])[0];

test.skipIf(!hasGit || anyPython === undefined)(
  'Python compiles every patched file',
  async () => {
    const patched: Record<string, string> = {};
    const drawn = [
      ...[...setupExamples].flatMap(([id, { fires }]) => fires.map(({ files }, at) => ({ name: `${id}-${at}`, files, rule: id }))),
      ...mutations.map((one, at) => ({ name: `pair-${at}`, files: mutated(one), rule: one.rule })),
    ];
    for (const { name, files, rule } of drawn) {
      const project = await drawnProject(files);
      for (const [at, { fix }] of reviewSetup(project, { rules: setupRules.filter(({ meta }) => meta.id === rule) }).findings.entries()) {
        const patch = toUnifiedDiff(fix?.edits ?? [], project);
        if (patch === '') continue;
        for (const [path, text] of Object.entries(gitApplied(files, patch)))
          if (text !== files[path] && path.endsWith('.py')) patched[`${name}/${at}/${path}`] = text;
      }
    }
    const paths = Object.keys(patched);
    expect(paths.length).toBeGreaterThan(60);
    const folder = written('compiled', patched);
    const { status, stderr } = spawnSync(anyPython as string, ['-m', 'py_compile', ...paths], { cwd: folder, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    console.log(`patches: ${paths.length} patched files, all compile`);
  },
  240_000,
);

const python = pythonOf('training');

async function trained(name: string, files: Files): Promise<Run> {
  const folder = written(name, files);
  const env = {
    ...process.env,
    HOME: home,
    OMP_NUM_THREADS: '2',
    WANDB_MODE: 'offline',
    WANDB_SILENT: 'true',
    MLFLOW_ALLOW_FILE_STORE: 'true',
    MLFLOW_TRACKING_URI: 'file:mlruns',
  };
  const { status, stderr } = spawnSync(python as string, ['train.py'], { cwd: folder, encoding: 'utf8', env });
  expect(status, stderr).toBe(0);
  const { runs } = await readSource(pathSource(folder));
  expect(runs.map(({ run }) => run.name)).toHaveLength(1);
  return runs[0]!.run;
}

const countOf = (run: Run, name: RegExp): number => run.series.find((one) => name.test(one.name))?.count ?? 0;
const has = {
  params: (run: Run) => Object.keys(run.params).length > 0,
  rate: (run: Run) => countOf(run, /lr/) > 1,
  norm: (run: Run) => countOf(run, /grad_norm/) > 1,
};

/** Script, what is taken out of it, and what its run lacks then. */
const trainings = [
  ['sklearn-mlflow', ['the settings are not logged'], { 'E-03': has.params }],
  [
    'torch-wandb',
    ['the settings are not handed over', 'the rate of the schedule is not logged', 'the norm that clipping returns is dropped'],
    { 'E-03': has.params, 'E-09': has.rate, 'E-30': has.norm },
  ],
  ['lightning-csv', ['the settings are not kept', 'no monitor of the rate'], { 'E-03': has.params, 'E-09': has.rate }],
] as const;

describe.skipIf(python === null || !hasGit)('a patched training logs what was missing', () => {
  test.each(trainings)(
    '%s, %j',
    async (script, whats, lacks) => {
      const before = mutatedBy(script, whats);
      const rules = Object.keys(lacks);
      const said = reviewSetup(await drawnProject(before)).findings.map(({ rule }) => rule);
      expect(said.sort()).toEqual(rules);

      const lacking = await trained(`${script}-before`, before);
      const held = reviewSetup(await drawnProject(before), { runs: [lacking] }).findings;
      expect(held.map(({ rule, byRuns }) => [rule, byRuns?.verdict]).sort()).toEqual(rules.map((rule) => [rule, 'confirmed']));
      expect(Object.values(lacks).map((holds) => holds(lacking))).toEqual(rules.map(() => false));

      const after = await patchedBy(before, rules);
      expect(reviewSetup(await drawnProject(after)).findings).toEqual([]);
      const whole = await trained(`${script}-after`, after);
      expect(Object.values(lacks).map((holds) => holds(whole))).toEqual(rules.map(() => true));
      // And the runs alone take the findings back, of the code as it was.
      expect(
        reviewSetup(await drawnProject(before), { runs: [whole] })
          .withdrawn.map(({ rule }) => rule)
          .sort(),
      ).toEqual(rules);
      console.log(
        `${script}: without ${rules.join(', ')} as the run shows; with the patches ${Object.keys(whole.params).length} params, ${whole.series.length} series`,
      );
    },
    300_000,
  );
});
