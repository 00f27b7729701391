import { expect, test } from 'vitest';
import { setupMarkdown } from '../../../src/core/report/setup-markdown';
import type { Project } from '../../../src/core/setup/project/project';
import { reviewSetup } from '../../../src/core/setup/review';
import type { SetupRule } from '../../../src/core/setup/rule';
import { drawnProject } from '../../support/setup-project';

const loop = (name: string) =>
  `import torch\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\nfor x, y in ${name}:\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    opt.step()\n`;
const markdown = (project: Project, rules?: readonly SetupRule[]): string => setupMarkdown([{ project, review: reviewSetup(project, rules ? { rules } : {}) }]);

test('says what was found, where, why and what to do', async () => {
  const text = markdown(await drawnProject({ 'train.py': loop('data') }));
  expect(text).toMatch(/^## Review of training code\n\nFindings: \*\*\d+ high\*\*.*1 file; 1 training \(PyTorch: train\.py:\d+\), and no tracker in use/);
  expect(text).toMatch(/\| high \| E-27 \| train\.py:6 \| \S.*\. \|/);
  expect(text).toMatch(/```(python|diff)\n[^`]*zero_grad\(/);
  expect(text.match(/<details>/g)).toHaveLength(text.match(/<\/details>/g)?.length ?? 0);
});

test('a clean project is said to be one, and what was not answered is not', async () => {
  const open: SetupRule = {
    meta: { id: 'E-98', title: 'x', severity: 'note', why: 'x', source: 'x' },
    check: () => [{ kind: 'unknown', reason: 'a file was not seen' }],
  };
  const text = markdown(await drawnProject({ 'a.py': 'x = 1\n' }), [open]);
  expect(text).toMatch(/Nothing was found .*1 file; no training was found/);
  expect(text).toContain('**Not answered:** E-98 (a file was not seen). That is not a pass.');
});

test('what the code holds starts no markup, and the whole stays below what a code host takes', async () => {
  const said = '<img src=x> | @everyone **b** ``` [x](javascript:1)\n# no heading';
  const loud: SetupRule = {
    meta: { id: 'E-97', title: 'x', severity: 'warn', why: 'x', source: 'x' },
    check: ({ project }) =>
      Array.from({ length: 500 }, () => ({
        kind: 'finding' as const,
        confidence: 1,
        places: project.modules.map((module) => ({ module, node: module.root })),
        summary: said.repeat(40),
        fix: { text: said, code: `x = """\`\`\`\`"""\n${'y = 1\n'.repeat(2000)}`, edits: [] },
      })),
  };
  const text = markdown(await drawnProject({ 'a.py': 'x = 1\n' }), [loud]);
  expect(text.length).toBeLessThan(65_536);
  expect(text).not.toMatch(/<img|@everyone|^# no|\*\*b\*\*/m);
  expect(text).toContain('`````python');
  expect(text).toMatch(/4\d\d more findings/);
});
