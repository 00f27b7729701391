// The coverage view: each axis follows what rules found and what lines show.
import { expect, test } from 'vitest';
import { coverageAxes } from '../../../src/core/setup/finding';
import { reviewSetup } from '../../../src/core/setup/review';
import { drawnProject } from '../../support/setup-project';

const loop = `net = torch.nn.Linear(4, 2)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for epoch in range(9):
    for x, y in loader:
        opt.zero_grad()
        loss = ((net(x) - y) ** 2).mean()
        loss.backward()
        opt.step()
`;

test('nothing is told of a project that does not train', async () => {
  const { coverage } = reviewSetup(await drawnProject({ 'tool.py': 'import torch\nprint(torch.__version__)\n' }));
  expect(coverageAxes.map((axis) => coverage[axis].state)).toEqual(coverageAxes.map(() => 'unknown'));
});

test('silence is no answer where something is asked to train that nobody knows', async () => {
  const text = 'import importlib\nmodel = getattr(importlib.import_module(cfg["module"]), cfg["class"])()\nmodel.fit(x, y)\n';
  const { trainings, unknown } = reviewSetup(await drawnProject({ 'train.py': text }));
  expect(trainings).toEqual([]);
  expect(unknown.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['E-01', 'E-03', 'E-10', 'E-21']));
  const tool = reviewSetup(await drawnProject({ 'tool.py': 'import torch\nprint(torch.__version__)\n' }));
  expect(tool.unknown).toEqual([]);
});

test('a bare loop stores nothing', async () => {
  const { coverage } = reviewSetup(await drawnProject({ 'train.py': `import torch\n${loop}` }));
  expect(coverage).toMatchObject({ tracker: { state: 'absent' }, params: { state: 'absent' }, seeds: { state: 'absent' }, checkpoints: { state: 'absent' } });
});

test('what is there is shown with its lines', async () => {
  const text = `import torch\nimport wandb\ntorch.manual_seed(3)\nwandb.init(project="p", name="a", config={"lr": 0.1, "epochs": 9, "seed": 3})\n${loop}        wandb.log({"train/loss": loss.item()})\n    torch.save(net.state_dict(), f"net{epoch}.pt")\n`;
  const { coverage } = reviewSetup(await drawnProject({ 'train.py': text }));
  expect(coverage.tracker).toEqual({ state: 'present', places: [{ file: 'train.py', line: 4, endLine: 4, cell: null }] });
  expect(coverage.seeds.places.map(({ line }) => line)).toEqual([3]);
  expect(coverage.checkpoints.places.map(({ line }) => line)).toEqual([14]);
  expect(coverage.val_metrics.state).toBe('absent');
});
