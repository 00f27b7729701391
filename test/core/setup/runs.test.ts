// Findings joined with runs: what runs hold withdraws or confirms, and withdrawn findings imply nothing.
import { expect, test } from 'vitest';
import { reviewSetup } from '../../../src/core/setup/review';
import { runFromText } from '../../support/run-from-text';
import { drawnProject } from '../../support/setup-project';

const code = `import torch
import wandb
wandb.init(project="p", config={"lr": 0.1})
net = torch.nn.Linear(4, 2)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
sched = torch.optim.lr_scheduler.StepLR(opt, 30)
for epoch in range(90):
    for x, y in loader:
        opt.zero_grad()
        loss = ((net(x) - y) ** 2).mean()
        loss.backward()
        opt.step()
    sched.step()
    wandb.log({"loss": loss.item()})
`;
const withRate = runFromText('step  train/loss  lr\n0     1.0   0.1\n1     0.5   0.1\n', { id: 'a', params: { lr: 0.1 } });
const without = runFromText('step  train/loss\n0     1.0\n1     0.5\n', { id: 'b', params: { lr: 0.1 } });
const rulesIn = (findings: readonly { readonly rule: string }[]) => findings.map(({ rule }) => rule);

test('a schedule whose rate is in every run is no finding', async () => {
  const project = await drawnProject({ 'train.py': code });
  expect(rulesIn(reviewSetup(project).findings)).toContain('E-09');
  const { findings, withdrawn } = reviewSetup(project, { runs: [withRate, withRate] });
  expect(rulesIn(findings)).not.toContain('E-09');
  expect(withdrawn.find(({ rule }) => rule === 'E-09')?.byRuns).toEqual({ verdict: 'withdrawn', runs: 2, of: 2, reason: 'A learning rate is in 2 of 2 runs.' });
});

test('one run without it confirms the finding, with the count', async () => {
  const project = await drawnProject({ 'train.py': code });
  const { findings } = reviewSetup(project, { runs: [withRate, without, without] });
  expect(findings.find(({ rule }) => rule === 'E-09')?.byRuns).toMatchObject({ verdict: 'confirmed', runs: 2, of: 3 });
});

test('a rule that no run can answer is left as it is', async () => {
  const { findings } = reviewSetup(await drawnProject({ 'train.py': code }), { runs: [withRate] });
  expect(findings.find(({ rule }) => rule === 'E-10')?.byRuns).toBeUndefined();
});
