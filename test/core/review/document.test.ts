// The review as a document: Markdown and HTML hold all five parts, and nothing in run data or code becomes markup.
import { expect, test } from 'vitest';
import { renderers } from '../../../src/core/report/renderer';
import { reviewDocument } from '../../../src/core/report/review-document';
import { partTitles } from '../../../src/core/view/review-words';
import { reviewed, reviewNow } from '../../support/judged';
import { readRunFromDrawing } from '../../support/run-drawing';

const render = (id: string, document: ReturnType<typeof reviewDocument>): string =>
  renderers.find(({ meta }) => meta.id === id)?.render(document, { svgOf: () => '' }) ?? '';

test('five parts in their order, with code, in Markdown and HTML', async () => {
  const review = await reviewed([readRunFromDrawing({ draw: 'train/loss 2 ~>1 x50 nan x50' }, 'sick')]);
  const document = reviewDocument(review, { createdMs: reviewNow, generator: 'Diptych' });
  const titles = Object.values(partTitles);
  expect(document.sections.slice(0, 5).map(({ title }) => title)).toEqual(titles);
  const md = render('md', document);
  expect(titles.map((title) => md.indexOf(`## ${title}`))).toEqual(titles.map((title) => md.indexOf(`## ${title}`)).toSorted((a, b) => a - b));
  expect(md).toContain('```\nif not torch.isfinite(loss):\n    raise');
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
  expect(md).toContain('`````\n```\n</pre>');
  expect(md.replace(/`````[\s\S]*?\n`````/g, '')).not.toMatch(/<script|<img/);
});

test('an empty part says that nothing was found, not that all is well', async () => {
  const review = await reviewed([readRunFromDrawing({ draw: '' }, 'empty')]);
  const md = render('md', reviewDocument(review, { createdMs: reviewNow, generator: 'Diptych' }));
  expect(md).toMatch(
    /## Critical issues\n\nNothing was found here\. \d+ questions could not be answered: unknown, not in order\. The training code was not given\./,
  );
});
