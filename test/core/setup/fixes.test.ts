// What fixes suggest is of the project's own framework and tracker, and names nothing that the code does not have.
import { expect, test } from 'vitest';
import { toUnifiedDiff } from '../../../src/core/setup/patch';
import { reviewSetup } from '../../../src/core/setup/review';
import { metricLine } from '../../../src/core/setup/write';
import { drawnProject } from '../../support/setup-project';

async function reviewed(text: string) {
  const project = await drawnProject({ 'train.py': text });
  const review = reviewSetup(project);
  const of = (id: string) => review.findings.find(({ rule }) => rule === id)?.fix;
  return { review, code: (id: string) => of(id)?.code ?? '', patch: (id: string) => toUnifiedDiff(of(id)?.edits ?? [], project) };
}

const loop = (head: string, line: string) =>
  `${head}\nimport torch\nnet = torch.nn.Linear(2, 1)\ntable = open("train.bin").read()\nfor epoch in range(9):\n    for x, y in table:\n        opt.zero_grad()\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n        opt.step()\n    ${line}\n`;

test('Stable-Baselines3 is seeded by the argument of the algorithm, in the words of reinforcement learning', async () => {
  const { review, code, patch } = await reviewed(
    'import gymnasium as gym\nfrom stable_baselines3 import PPO\nmodel = PPO("MlpPolicy", gym.make("CartPole-v1"), tensorboard_log="runs")\nmodel.learn(20000)\n',
  );
  expect(review.findings.find(({ rule }) => rule === 'E-10')?.summary).toContain('the policy, its actions and the environment');
  expect(code('E-10')).toBe('PPO(..., seed=0)');
  expect(patch('E-10')).toContain('+model = PPO("MlpPolicy", gym.make("CartPole-v1"), tensorboard_log="runs", seed=0)');
});

test.each([
  ['model = PPO("MlpPolicy", env, tensorboard_log="runs")', ['tensorboard']],
  ['model = PPO("MlpPolicy", env, tensorboard_log=None)', []],
  ['args = TrainingArguments("out", report_to="wandb")', ['wandb']],
  ['args = TrainingArguments("out", report_to="none")', []],
  ['accelerator = Accelerator(log_with=["comet_ml", "tensorboard"])', ['comet', 'tensorboard']],
])('%s switches on %j', async (line, trackers) => {
  expect((await reviewed(`${line}\n`)).review.trackers).toEqual(trackers);
});

test('without a tracker a value goes to a file that the lines themselves open, and so does the commit', async () => {
  const rows = 'with open("metrics.csv", "a", newline="") as file:\n    csv.writer(file).writerow([epoch, "val/loss", val_loss])';
  for (const none of [null, 'file', 'csv']) expect(metricLine(none, 'val/loss', 'val_loss')).toBe(rows);
  const { code } = await reviewed(loop('import csv', 'csv.writer(open("a.csv", "a")).writerow([loss.item()])'));
  expect(code('E-18')).toMatch(/^commit = [^\n]+\nPath\("commit\.txt"\)\.write_text\(commit\)/);
});

test('W&B is asked by the module, which is there whatever the run is called', async () => {
  const { code } = await reviewed(loop('import wandb\nwandb.init(config={"lr": 0.1}, name="a")', 'wandb.log({"train/loss": loss.item()})'));
  expect(code('E-16')).toBe('folder = wandb.use_artifact("data:v3").download()');
});
