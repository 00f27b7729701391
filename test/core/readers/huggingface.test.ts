// Output folders of the Trainer, drawn as JSON: which state counts, what is a curve and what a summary, where arguments come from.
import { describe, expect, test } from 'vitest';
import { type ScriptedFiles, scriptedTree } from '../../../src/core/source/scripted';
import { type Field, fileOf, plugin, scalar, summary, version } from '../../support/event-file';
import { allIssues, readTree } from '../../support/read';

const read = (files: ScriptedFiles, name?: string) => readTree(scriptedTree(files, name === undefined ? {} : { name }));

interface State {
  readonly global_step?: number;
  readonly [key: string]: unknown;
}
const entries = (...steps: readonly number[]) => steps.map((step) => ({ epoch: step / 10, loss: 1 / step, step }));
const stateText = (more: State) =>
  JSON.stringify({ best_metric: null, epoch: 2, global_step: 20, max_steps: 20, num_train_epochs: 2, log_history: entries(10, 20), ...more });

async function runOf(files: ScriptedFiles) {
  const { runs, issues } = await read(files);
  expect(issues).toEqual([]);
  expect(runs).toHaveLength(1);
  const { run, points } = runs[0]!;
  return { run, series: Object.fromEntries(run.series.map(({ name }, at) => [name, points[at]!])) };
}

const argsText = (args: object, tag = 'args/text_summary'): Uint8Array => {
  const text: Field = [
    8,
    [
      [1, { varint: 7 }],
      [8, JSON.stringify(args)],
    ],
  ];
  return summary([[[1, tag], text, plugin('text')]]);
};

test('event files of the Trainer in a folder of the user’s choice are the run’s, others are not', async () => {
  const { runs } = await read({
    'out/trainer_state.json': stateText({}),
    'out/my curves/events.out.tfevents.1.host.1.0': fileOf(version(), argsText({ learning_rate: 0.5 }), scalar('train/loss', 1, { step: 10 })),
    'out/probe/events.out.tfevents.1.host.1.0': fileOf(version(), scalar('accuracy', 1, { step: 10 })),
  });
  expect(runs.map(({ run }) => [run.path, run.format, run.params.learning_rate])).toEqual([
    ['out', 'huggingface', 0.5],
    ['out/probe', 'tensorboard', undefined],
  ]);
});

describe('which state counts', () => {
  test('the highest step; the output folder’s own wins ties', async () => {
    const { series } = await runOf({
      'out/trainer_state.json': stateText({ log_history: entries(10, 20, 20) }),
      'out/checkpoint-10/trainer_state.json': stateText({ global_step: 10, log_history: entries(10) }),
      'out/checkpoint-20/trainer_state.json': stateText({}),
    });
    expect([...series.loss!.steps!]).toEqual([10, 20, 20]);
  });

  test('a newer checkpoint beats an old state of the folder; 100 comes after 20', async () => {
    const { run, series } = await runOf({
      'out/trainer_state.json': stateText({ global_step: 20, log_history: entries(10, 20) }),
      'out/checkpoint-20/trainer_state.json': stateText({}),
      'out/checkpoint-100/trainer_state.json': stateText({ global_step: 100, max_steps: 200, num_train_epochs: 20, log_history: entries(10, 20, 100) }),
    });
    expect([...series.loss!.steps!]).toEqual([10, 20, 100]);
    expect(run.status).toBe('unknown');
    expect(run.facts.find(({ kind }) => kind === 'checkpoint')?.value).toEqual([
      { path: 'checkpoint-20', step: 20, digest: null },
      { path: 'checkpoint-100', step: 100, digest: null },
    ]);
  });

  test('a damaged newest checkpoint is told, the one before it read', async () => {
    const { run, series } = await runOf({
      'out/checkpoint-10/trainer_state.json': stateText({ global_step: 10, log_history: entries(10) }),
      'out/checkpoint-20/trainer_state.json': stateText({}).slice(0, -30),
    });
    expect([...series.loss!.steps!]).toEqual([10]);
    expect(run.issues).toMatchObject([{ code: 'bad-record', file: 'out/checkpoint-20/trainer_state.json' }]);
  });

  test('a checkpoint dropped by itself is the run; trials of a search are runs of their own', async () => {
    expect((await read({ 'trainer_state.json': stateText({}) }, 'checkpoint-20')).runs).toHaveLength(1);
    const trials = await read({
      'out/run-0/checkpoint-20/trainer_state.json': stateText({ trial_params: { learning_rate: 0.1 } }),
      'out/run-1/checkpoint-20/trainer_state.json': stateText({ trial_params: { learning_rate: 0.2 }, log_history: entries(5, 20) }),
    });
    expect(trials.runs.map(({ run }) => [run.path, run.params.learning_rate])).toEqual([
      ['out/run-0', 0.1],
      ['out/run-1', 0.2],
    ]);
  });
});

describe('log_history', () => {
  test('the final entry is the summary; null is no point; NaN is one; names stay', async () => {
    const log = `[{"epoch": 0.5, "loss": NaN, "learning_rate": null, "step": 5, "rewards/chosen": -0.5},
      {"epoch": 0.5, "eval_loss": 1.5, "step": 5}, {"epoch": 1.0, "loss": Infinity, "step": 10, "note": "text", "odd": [1]},
      {"epoch": 1.0, "step": 10, "total_flos": 5.0, "train_loss": 0.5, "train_runtime": 2.5}]`;
    const { run, series } = await runOf({
      'out/trainer_state.json': `{"global_step": 10, "max_steps": 100, "num_train_epochs": 10, "epoch": 1.0, "log_history": ${log}}`,
    });
    expect([...series.loss!.values]).toEqual([Number.NaN, Number.POSITIVE_INFINITY]);
    expect(Object.keys(series)).toEqual(['epoch', 'eval_loss', 'loss', 'rewards/chosen']);
    expect([...series.epoch!.steps!]).toEqual([5, 10]);
    expect(run.summary).toEqual({ total_flos: 5, train_loss: 0.5, train_runtime: 2.5 });
    expect(run.status).toBe('finished');
    expect(run.issues.map(({ code }) => code)).toEqual(['bad-value']);
  });

  test('results beside the state complete the summary', async () => {
    const { run } = await runOf({ 'out/trainer_state.json': stateText({ best_metric: 0.5 }), 'out/eval_results.json': '{"epoch": 2.0, "eval_acc": 0.9}' });
    expect(run.summary).toEqual({ eval_acc: 0.9, best_metric: 0.5 });
  });

  test('finished when the planned steps or epochs were reached', async () => {
    const statusOf = async (more: State) => (await runOf({ 'out/trainer_state.json': stateText(more) })).run.status;
    expect(await statusOf({})).toBe('finished');
    expect(await statusOf({ max_steps: 50, num_train_epochs: 5 })).toBe('unknown');
    expect(await statusOf({ max_steps: -1, num_train_epochs: 2, epoch: 2 })).toBe('finished');
  });
});

describe('arguments', () => {
  const args = {
    learning_rate: 0.005,
    seed: 42,
    bf16: true,
    full_determinism: false,
    output_dir: 'out',
    run_name: 'out',
    lr_scheduler_kwargs: null,
    report_to: ['tensorboard'],
    fsdp_config: { min: 0 },
  };

  test('from the event files, with facts that name the tag; their curves are not taken twice', async () => {
    const file = 'out/runs/Nov23_08-52-57_vm/events.out.tfevents.1.vm.2.0';
    const { run } = await runOf({
      'out/trainer_state.json': stateText({}),
      [file]: fileOf(
        version(2, 1700000000),
        argsText(args),
        argsText({ n_embd: 16, id2label: { 0: 'a' }, transformers_version: '5.0.0' }, 'model_config/text_summary'),
        scalar('train/loss', 1, { step: 10, at: 1700000005 }),
        scalar('train/train_runtime', 9, { step: 20, at: 1700000009 }),
      ),
    });
    expect(run.params).toMatchObject({
      learning_rate: 0.005,
      lr_scheduler_kwargs: null,
      report_to: ['tensorboard'],
      'fsdp_config.min': 0,
      'model_config.n_embd': 16,
    });
    expect(run.params).not.toHaveProperty(['model_config.id2label.0']);
    expect(run).toMatchObject({ name: null, startedMs: 1700000000000, endedMs: 1700000009000 });
    expect(run.series.map(({ name }) => name)).toEqual(['epoch', 'loss']);
    const evidence = [{ file: file.slice(4), where: 'tag args/text_summary, key seed', value: '42' }];
    expect(run.facts).toContainEqual({ kind: 'seed', value: 42, evidence });
    expect(run.facts).toContainEqual(expect.objectContaining({ kind: 'precision', value: 'bf16' }));
    expect(run.facts).toContainEqual(expect.objectContaining({ kind: 'framework', value: { transformers: '5.0.0' } }));
  });

  test('a resumed training began with its first session, an older training in the same folder is not this one', async () => {
    const session = (start: number, lr: number, steps: readonly number[]) =>
      fileOf(version(2, start), argsText({ ...args, learning_rate: lr }), ...steps.map((step) => scalar('train/loss', 1, { step, at: start + step })));
    const { run } = await runOf({
      'out/trainer_state.json': stateText({}),
      'out/runs/Nov20_00-00-00_vm/events.out.tfevents.1.vm.1.0': session(1000, 0.1, [10, 20]),
      'out/runs/Nov21_00-00-00_vm/events.out.tfevents.2.vm.1.0': session(2000, 0.2, [10, 15]),
      'out/runs/Nov22_00-00-00_vm/events.out.tfevents.3.vm.1.0': session(3000, 0.3, [20]),
    });
    expect(run.startedMs).toBe(2_000_000);
    expect(run.params.learning_rate).toBe(0.3);
  });

  test('without event files from the model card and the state', async () => {
    const card = `---
license: mit
base_model: bert-base-uncased
datasets:
- imdb
model-index:
- name: x
  results:
  - dataset: {type: glue, revision: abc}
---
# x

### Training hyperparameters

- learning_rate: 5e-05
- seed: 13
- optimizer: Adam with betas=(0.9,0.999)

### Training results
- other: 1

### Framework versions

- Transformers 4.40.2
- Pytorch 2.3.0
`;
    const { run } = await runOf({ 'out/checkpoint-20/trainer_state.json': stateText({}), 'out/README.md': card });
    expect(run.params).toMatchObject({ learning_rate: 5e-5, seed: 13, optimizer: 'Adam with betas=(0.9,0.999)', max_steps: 20 });
    expect(run.params).not.toHaveProperty('other');
    expect(run.tags).toEqual({ license: 'mit', base_model: 'bert-base-uncased' });
    const facts = Object.fromEntries(run.facts.map(({ kind, value }) => [kind, value]));
    expect(facts.seed).toBe(13);
    expect(facts.datasets).toEqual([
      { name: 'imdb', digest: null },
      { name: 'glue', digest: null, version: 'abc' },
    ]);
    expect(facts.framework).toEqual({ transformers: '4.40.2', torch: '2.3.0' });
  });
});

test('weights and pickles are listed; event files and strangers are not', async () => {
  const { run } = await runOf({
    'out/checkpoint-20/trainer_state.json': stateText({}),
    'out/checkpoint-20/rng_state.pth': '',
    'out/training_args.bin': 'pickle',
    'out/my-notes.txt': 'mine',
    'out/runs/x/events.out.tfevents.1.h': fileOf(version()),
  });
  expect(run.artifacts.map(({ path }) => path)).toEqual(['checkpoint-20/rng_state.pth', 'checkpoint-20/trainer_state.json', 'training_args.bin']);
});

test('other JSON of the same name is not taken', async () => {
  expect(allIssues(await read({ 'out/trainer_state.json': '{"a": 1}' })).map(({ code }) => code)).toEqual(['unrecognised']);
});
