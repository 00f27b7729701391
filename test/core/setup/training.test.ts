// What trains, which loops a training has, and where held-out data is scored.
import { expect, test } from 'vitest';
import { evaluationsDuring, evaluationsOf } from '../../../src/core/setup/facts/evaluation';
import { headOf, loopsOf } from '../../../src/core/setup/facts/loops';
import { splitOf } from '../../../src/core/setup/facts/splits';
import { trainingsOf } from '../../../src/core/setup/facts/training';
import { drawnProject } from '../../support/setup-project';

test('the loops of a training are followed through callers; folds are no epochs', async () => {
  const project = await drawnProject({
    'a.py':
      'import torch\ndef one(net):\n    for x, y in data:\n        loss = net(x).mean()\n        loss.backward()\ndef run():\n    for fold in range(5):\n        for epoch in range(9):\n            one(net)\nrun()\n',
  });
  const { step, epoch, all } = loopsOf(trainingsOf(project)[0]!, project);
  expect([step, epoch].map((one) => one && headOf(one))).toEqual(['x, y in data', 'epoch in range(9)']);
  expect(all.length).toBe(3);
});

test('what a progress bar is called makes no loop one over epochs', async () => {
  const project = await drawnProject({
    'a.py':
      'import torch\ndef one(net, epoch):\n    for x, y in tqdm(data, desc=f"Epoch {epoch}"):\n        net(x).mean().backward()\nfor epoch in trange(9):\n    one(net, epoch)\n',
  });
  const { step, epoch } = loopsOf(trainingsOf(project)[0]!, project);
  expect(step?.node).not.toBe(epoch?.node);
});

test('a step is where an object is asked for it, not where its class calls backward', async () => {
  const project = await drawnProject({
    'misc.py':
      'import torch\nclass Scaler:\n    def __init__(self):\n        self.scaler = torch.cuda.amp.GradScaler()\n    def __call__(self, loss, optimizer):\n        self.scaler.scale(loss).backward()\n        self.scaler.step(optimizer)\n',
    'engine.py': 'def one(net, data, opt, scaler):\n    for x, y in data:\n        loss = net(x).mean()\n        scaler(loss, opt)\n',
    'main.py':
      'import torch\nfrom misc import Scaler\nfrom engine import one\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), 0.1)\nscaler = Scaler()\nfor epoch in range(9):\n    one(net, data, opt, scaler)\n',
  });
  const trainings = trainingsOf(project);
  expect(trainings.map(({ module }) => module.code.path)).toEqual(['engine.py']);
  const { step, epoch } = loopsOf(trainings[0]!, project);
  expect([step, epoch].map((one) => one && headOf(one))).toEqual(['x, y in data', 'epoch in range(9)']);
});

test.each([
  ['tests/test_net.py', 'import pytest\nimport torch\nnet = torch.nn.Linear(2, 1)\nfor x in data:\n    net(x).sum().backward()\n    opt.step()\n'],
  ['bench.py', 'import time\nimport torch\nstart = time.time()\nfor x in data:\n    net(x).sum().backward()\n    opt.step()\nprint(time.time() - start)\n'],
])('%s trains nothing that anyone keeps', async (path, text) => {
  expect(trainingsOf(await drawnProject({ [path]: text, 'train.py': 'print("other")\n' }))).toEqual([]);
});

test('an evaluation after the training does not run during it', async () => {
  const loop =
    'import torch\ndef check(net, loader):\n    net.eval()\n    return 1\nfor epoch in range(9):\n    for x, y in data:\n        loss = net(x).mean()\n        loss.backward()\n';
  const during = async (text: string) => {
    const project = await drawnProject({ 'a.py': text });
    const trainings = trainingsOf(project);
    return evaluationsDuring(trainings[0]!, evaluationsOf(trainings, project), project).flatMap(({ splits }) => splits);
  };
  expect(await during(`${loop}    check(net, val_loader)\n`)).toContain('validation');
  expect(await during(`${loop}check(net, val_loader)\n`)).toEqual([]);
});

test.each([
  ['val_loader', 'validation'],
  ['X_train', 'train'],
  ['evalDataset', 'validation'],
  ['test_acc', 'test'],
  ['xte', 'test'],
  ['latest', null],
  ['value', null],
  ['train_test_split', null],
])('%s names %s', (name, split) => {
  expect(splitOf(name)).toBe(split);
});
