// What values are made from.
import { describe, expect, test } from 'vitest';
import { flowOf } from '../../../src/core/setup/facts/flow';
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
