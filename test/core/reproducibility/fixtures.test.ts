// The checklist over real runs: verdicts that follow from what each run holds, and a score that no deletion raises.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Run } from '../../../src/core/model/run';
import { displayName } from '../../../src/core/model/run';
import { checkRun, contextsOf } from '../../../src/core/reproducibility/checklist';
import type { CheckContext, Verdict } from '../../../src/core/reproducibility/item';
import { filesOf, fixtureCases, treeOf } from '../../support/fixtures';
import { readTree } from '../../support/read';

async function contextsIn(id: string): Promise<readonly CheckContext[]> {
  const fixture = fixtureCases.find((one) => one.id === id);
  if (!fixture) throw new Error(`there is no fixture ${id}`);
  return contextsOf((await readTree(treeOf(filesOf(fixture)))).runs.map(({ run }) => run));
}

/**
 * What is not named is `unknown`: nothing of it is in the run, and its tracker does not record it by itself. Each line says why.
 * R02, R07, R10, R19, R28, R29 and the like need code, files or a container that the run does not hold.
 */
const expected: readonly (readonly [fixture: string, run: string, verdicts: Readonly<Record<string, Verdict>>])[] = [
  [
    'wandb/sweep-lr',
    'lr-0.003',
    {
      R01: 'pass', // config seed = 7
      R06: 'partial', // data.name = digits: a name only (S1)
      R08: 'partial', // data.augment, nothing else
      R09: 'partial', // data.n_val, no classes
      R11: 'pass', // 40 hex digits in run.git.commit
      R12: 'pass', // files/diff.patch
      R13: 'pass', // https remote
      R14: 'pass', // code_path, commit and files/code/train.py
      R15: 'n.a.', // train.py is no notebook
      R16: 'pass', // requirements.txt is W&B's freeze, all with versions (E3)
      R17: 'pass', // environment.python and environment.os
      R18: 'n.a.', // torch …+cpu
      R20: 'partial', // processor and memory, no accelerator
      R21: 'pass', // five runs, all with start and end
      R23: 'pass', // program with arguments
      R24: 'partial', // config, but nothing says that it is all
      R25: 'pass', // optimizer.name, optimizer.lr, batch_size, epochs, and a curve of the learning rate
      R26: 'pass',
      R30: 'partial', // data.n_val examples, no definition
      R32: 'pass', // finished, named, two tags, a note
    },
  ],
  [
    'wandb/old-0.16-seeds',
    'seed1',
    {
      R01: 'pass',
      R05: 'partial', // three seeds, none twice
      R11: 'pass',
      R12: 'partial', // commit without a word on changes
      R13: 'pass',
      R14: 'pass',
      R15: 'n.a.',
      R16: 'fail', // W&B freezes by itself, and there is no requirements.txt
      R17: 'pass',
      R20: 'partial',
      R21: 'pass',
      R23: 'pass',
      R24: 'partial',
      R25: 'partial', // lr, a curve of it, epochs; neither optimizer nor batch size
      R26: 'pass',
      R30: 'partial',
      R31: 'partial', // three seeds
      R32: 'partial', // one tag
    },
  ],
  [
    'wandb/killed-torn',
    'killed-by-oom',
    {
      R01: 'pass',
      R11: 'pass',
      R12: 'partial',
      R13: 'pass',
      R14: 'pass',
      R15: 'n.a.',
      R16: 'pass',
      R17: 'pass',
      R18: 'n.a.',
      R20: 'partial',
      // R21: killed, so that no end was written: unknown, no reproach to the run
      R23: 'pass',
      R24: 'partial',
      R25: 'fail', // three params, only lr among the five
      R26: 'pass',
    },
  ],
  [
    'wandb/long',
    'long-run',
    {
      R01: 'pass',
      R11: 'fail', // W&B records the commit by itself, and there is none
      R14: 'partial', // entry point without code
      R15: 'n.a.',
      R16: 'pass',
      R17: 'pass',
      R18: 'n.a.',
      R20: 'fail', // W&B records hardware by itself, and there is none
      R21: 'partial',
      R23: 'pass',
      R24: 'partial',
      R25: 'fail',
      R26: 'pass',
      R30: 'partial',
      R32: 'partial',
    },
  ],
  [
    'mlflow-file/sweep-2.14',
    'sweep',
    {
      R01: 'fail', // params without a seed
      R11: 'pass',
      R12: 'partial', // MLflow has no word on changes
      R14: 'pass',
      R15: 'n.a.',
      R21: 'partial',
      R23: 'partial', // mlflow.source.name only
      R24: 'partial',
      R25: 'fail',
      R26: 'pass',
      R30: 'partial',
      R32: 'partial',
    },
  ],
  [
    'huggingface/gpt2-tiny-finished',
    'gpt2-tiny',
    {
      R01: 'pass', // seed 42: the default of the Trainer is a recorded seed
      R03: 'pass', // full_determinism = false: declined, and documented
      R04: 'partial', // no loader workers
      R08: 'partial', // the model's vocab_size
      R21: 'partial',
      R22: 'pass', // gradient_accumulation_steps, bf16 and fp16
      R24: 'pass', // all training arguments stand in the event file
      R25: 'pass',
      R26: 'partial', // output_dir below /home
      R27: 'partial', // checkpoints with steps, without digests
      R28: 'pass', // optimizer.pt, scheduler.pt, rng_state.pth
      R30: 'partial',
    },
  ],
  ['lightning/csv-logger', 'version_1', { R01: 'fail', R24: 'pass', R25: 'fail', R26: 'pass', R30: 'partial' }], // optimizer: null is no optimizer
  ['tensorboard/hparams-trials', 'hp/t0', { R24: 'partial', R25: 'fail', R26: 'pass' }], // TensorBoard has no place for a seed: unknown
  ['csv/train-log-per-run', 'exp_lr0.05', { R01: 'pass', R24: 'pass', R25: 'fail', R26: 'pass' }], // config.json beside the log
  ['csv/pandas-index-semicolon', '(the only one)', { R30: 'partial' }], // a table of metrics and nothing else
];

describe('verdicts', () => {
  test.each(expected)('%s, run %s', async (id, name, verdicts) => {
    const contexts = await contextsIn(id);
    const context = contexts.length === 1 ? contexts[0] : contexts.find(({ run }) => displayName(run) === name);
    if (!context) throw new Error(`there is no run ${name} in ${id}`);
    const { items } = checkRun(context);
    const found = Object.fromEntries(items.map(({ meta, verdict }) => [meta.id, verdict]));
    expect(found).toEqual(Object.fromEntries(items.map(({ meta }) => [meta.id, verdicts[meta.id] ?? 'unknown'])));
  });

  test('whoever passes shows evidence, and whoever does not gets a fix', async () => {
    for (const fixture of fixtureCases)
      for (const context of contextsOf((await readTree(treeOf(filesOf(fixture)))).runs.map(({ run }) => run)))
        for (const { meta, verdict, evidence, fix, reason } of checkRun(context).items) {
          const place = `${fixture.id} ${displayName(context.run)} ${meta.id}: ${reason}`;
          // Of params and replicates as a whole there is no one place.
          if ((verdict === 'pass' || verdict === 'n.a.') && !['R05', 'R24', 'R26', 'R31'].includes(meta.id)) expect(evidence.length, place).toBeGreaterThan(0);
          expect(fix === null, place).toBe(verdict === 'pass' || verdict === 'n.a.');
        }
  });
});

describe('deleting evidence never raises the score of', () => {
  const rich = [
    'wandb/sweep-lr',
    'wandb/media',
    'wandb/old-0.16-seeds',
    'mlflow-file/sweep-2.14',
    'mlflow-file/edge-3.17',
    'huggingface/gpt2-tiny-finished',
    'lightning/csv-odd-names',
  ];
  const contexts = new Map<string, readonly CheckContext[]>();
  beforeAll(async () => {
    for (const id of rich) contexts.set(id, await contextsIn(id));
  });

  test.each(rich)('%s', (id) => {
    const all = contexts.get(id) ?? [];
    const drops = fc.array(fc.boolean(), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(fc.nat(), drops, drops, (at, first, second) => {
        const context = all[at % all.length] as CheckContext;
        const against = cited(context);
        const once = { ...context, run: thinned(context.run, first, against) };
        const twice = { ...once, run: thinned(once.run, second, against) };
        const scores = [context, once, twice].map((one) => checkRun(one).score.proven ?? 0);
        expect(scores[1]).toBeLessThanOrEqual((scores[0] ?? 0) + 1e-12);
        expect(scores[2]).toBeLessThanOrEqual((scores[1] ?? 0) + 1e-12);
      }),
      { numRuns: 80, seed: 7 },
    );
  });

  /** Keys that speak against the run: secrets and personal paths, and a setting that hides losses. Without them it is a better run. */
  const cited = (context: CheckContext): ReadonlySet<string> =>
    new Set(['logging_nan_inf_filter', ...(checkRun(context).items.find(({ meta }) => meta.id === 'R26')?.evidence ?? []).map(({ where }) => where ?? '')]);

  function thinned(run: Run, drop: readonly boolean[], against: ReadonlySet<string>): Run {
    let at = 0;
    const keep = (): boolean => !drop[at++ % drop.length];
    const entries = (values: Run['params']): Run['params'] => Object.fromEntries(Object.entries(values).filter(([key]) => against.has(key) || keep()));
    return {
      ...run,
      facts: run.facts.filter(({ kind, value }) => (kind === 'git_dirty' && value === true) || against.has(kind) || keep()),
      artifacts: run.artifacts.filter(keep),
      params: entries(run.params),
      tags: entries(run.tags),
      name: keep() ? run.name : null,
      notes: keep() ? run.notes : null,
      startedMs: keep() ? run.startedMs : null,
      endedMs: keep() ? run.endedMs : null,
    };
  }
});
