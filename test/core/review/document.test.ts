// The review as a document: Markdown and HTML hold all five parts, and nothing in run data or code becomes markup.
import { expect, test } from 'vitest';
import { renderers } from '../../../src/core/report/renderer';
import { reviewDocument } from '../../../src/core/report/review-document';
import { itemsOf } from '../../../src/core/review/result';
import { toUnifiedDiff } from '../../../src/core/setup/patch';
import { reviewSetup } from '../../../src/core/setup/review';
import { partTitles } from '../../../src/core/view/review-words';
import { reviewed, reviewNow } from '../../support/judged';
import { readRunFromDrawing } from '../../support/run-drawing';
import { drawnProject } from '../../support/setup-project';

const render = (id: string, document: ReturnType<typeof reviewDocument>): string =>
  renderers.find(({ meta }) => meta.id === id)?.render(document, { svgOf: () => '' }) ?? '';

test('five parts in their order, with code, in Markdown and HTML', async () => {
  const review = await reviewed([readRunFromDrawing({ draw: 'train/loss 2 ~>1 x50 nan x50' }, 'sick')]);
  const document = reviewDocument(review, { createdMs: reviewNow, generator: 'Diptych' });
  const titles = Object.values(partTitles);
  expect(document.sections.slice(0, 5).map(({ title }) => title)).toEqual(titles);
  const md = render('md', document);
  expect(titles.map((title) => md.indexOf(`## ${title}`))).toEqual(titles.map((title) => md.indexOf(`## ${title}`)).toSorted((a, b) => a - b));
  expect(md).toContain('```python\nif not torch.isfinite(loss):\n    raise');
  expect(render('html', document)).toContain('<pre>if not torch.isfinite(loss):');
});

test('hostile names and code stay text', async () => {
  const review = await reviewed([readRunFromDrawing({ draw: 'train/loss nan x30', run: { name: '<img src=x onerror=alert(1)> | # `x`' } }, 'sick')]);
  const [item] = review.critical;
  if (!item) throw new Error('nothing critical');
  const evil = { ...review, critical: [{ ...item, fix: { text: '<b>', code: '```\n</pre><script>alert(1)</script>\n````', edits: [] } }] };
  const document = reviewDocument(evil, { createdMs: reviewNow, generator: 'Diptych' });
  expect(render('html', document)).not.toMatch(/<script|<img|<b>/);
  const md = render('md', document);
  expect(md).toContain('`````python\n```\n</pre>');
  expect(md.replace(/`````python[\s\S]*?\n`````/g, '')).not.toMatch(/<script|<img/);
});

test('an empty part says that nothing was found, not that all is well', async () => {
  const review = await reviewed([readRunFromDrawing({ draw: '' }, 'empty')]);
  const md = render('md', reviewDocument(review, { createdMs: reviewNow, generator: 'Diptych' }));
  expect(md).toMatch(
    /## Critical issues\n\nNothing was found here\. \d+ questions could not be answered: unknown, not in order\. The training code was not given\./,
  );
});

test('of code an item names its lines once, says its summary once, and shows the patch', async () => {
  const text =
    'import torch\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\nfor x, y in data:\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    opt.step()\n';
  const project = await drawnProject({ 'train.py': text });
  const review = await reviewed([], { setup: reviewSetup(project) });
  const md = render('md', reviewDocument(review, { createdMs: reviewNow, generator: 'Diptych', patchOf: ({ edits }) => toUnifiedDiff(edits, project) }));
  expect(md).toMatch(/^# Review of training code, 1 file\n/);
  expect(md).toMatch(/\*high · E-27 · train\.py:6 · \d+ % sure\*/);
  const item = itemsOf(review).find(({ rule }) => rule === 'E-27');
  expect(
    md
      .split('### ')
      .find((part) => part.includes('E-27'))
      ?.split(item?.summary.slice(0, 30) as string),
  ).toHaveLength(2);
  expect(md).toMatch(/```diff\ndiff --git a\/train\.py b\/train\.py\n[\s\S]*\+ {4}opt\.zero_grad\(\)/);
  expect(md).toContain('Mend what stands above');
});
