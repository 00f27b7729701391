// What values are made from, which loops a training has, and where held-out data is scored.
import { describe, expect, test } from 'vitest';
import { evaluationsDuring, evaluationsOf } from '../../../src/core/setup/facts/evaluation';
import { flowOf } from '../../../src/core/setup/facts/flow';
import { headOf, loopsOf } from '../../../src/core/setup/facts/loops';
import { splitOf } from '../../../src/core/setup/facts/splits';
import { trainingsOf } from '../../../src/core/setup/facts/training';
import { drawnProject } from '../../support/setup-project';

/** Texts of the calls that the first argument of `keep(…)` is made from. */
async function callsBehind(text: string): Promise<readonly string[]> {
  const project = await drawnProject({ 'a.py': text });
  const keep = project.calls.find(({ callee, module }) => module.textOf(callee) === 'keep')!;
  const { nodes } = flowOf(project).of(keep.args[0]!, keep.module);
  return [...nodes].filter(([node]) => node.type === 'call').map(([node, module]) => module.textOf(node));
}

describe('a value is made from', () => {
  test.each([
    ['what was appended', 'h = []\nfor x in d:\n    h.append(f(x))\nkeep(h)\n', 'f(x)', true],
    ['what a helper returns', 'def g(x):\n    return f(x)\nkeep(g(1))\n', 'f(x)', true],
    ['what callers hand over', 'def log(v):\n    keep(v)\nlog(f(1))\n', 'f(1)', true],
    ['what self holds', 'class T:\n    def a(self):\n        self.v = f(1)\n    def b(self):\n        keep(self.v)\nt = T()\nt.a()\nt.b()\n', 'f(1)', true],
    ['the last definition, not one before', 'v = f(1)\nv = g(2)\nkeep(v)\n', 'f(1)', false],
    ['the round before, where the definition comes later', 'v = 0\nfor x in d:\n    keep(v)\n    v = f(1)\n', 'f(1)', true],
    ['one branch or the other', 'v = f(1)\nif c:\n    v = g(2)\nkeep(v)\n', 'f(1)', true],
  ])('%s', async (_, text, call, expected) => {
    expect((await callsBehind(text)).includes(call)).toBe(expected);
  });
});

test('the loops of a training are followed through callers; folds are no epochs', async () => {
  const project = await drawnProject({
    'a.py':
      'import torch\ndef one(net):\n    for x, y in data:\n        loss = net(x).mean()\n        loss.backward()\ndef run():\n    for fold in range(5):\n        for epoch in range(9):\n            one(net)\nrun()\n',
  });
  const { step, epoch, all } = loopsOf(trainingsOf(project)[0]!, project);
  expect([step, epoch].map((one) => one && headOf(one))).toEqual(['x, y in data', 'epoch in range(9)']);
  expect(all.length).toBe(3);
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
