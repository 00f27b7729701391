// Several folders as one review: everything is told, and the coverage flatters nobody.
import { expect, test } from 'vitest';
import { mergedReviews } from '../../../src/core/setup/merge';
import { reviewSetup } from '../../../src/core/setup/review';
import { drawnProject } from '../../support/setup-project';

const loop = (line: string) =>
  `import mlflow, torch\ntorch.manual_seed(0)\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(9):\n    for x, y in data:\n        opt.zero_grad()\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n        opt.step()\n    ${line}\n`;
const reviewOf = async (text: string) => reviewSetup(await drawnProject({ 'train.py': text }));

test('what one folder has and another lacks is there in part; a folder that trains nothing has no say', async () => {
  // At once, and before anything else was parsed: the parser must start once.
  const [logs, silent, none] = await Promise.all([
    reviewOf(loop('mlflow.log_metric("train/loss", loss.item(), step=epoch)')),
    reviewOf(loop('pass').replace('import mlflow, torch', 'import torch')),
    reviewOf('print("hello")\n'),
  ]);
  expect([logs, silent, none].map(({ coverage }) => coverage.tracker.state)).toEqual(['present', 'absent', 'unknown']);
  const state = (...reviews: (typeof logs)[]) => mergedReviews(reviews)?.coverage.tracker.state;
  expect(state(logs, none)).toBe('present');
  expect(state(none, logs)).toBe('present');
  expect(state(silent, none, silent)).toBe('absent');
  expect(state(logs, silent)).toBe('partial');
  expect(mergedReviews([logs, silent])?.findings).toEqual([...logs.findings, ...silent.findings]);
  expect(mergedReviews([])).toBeNull();
});
