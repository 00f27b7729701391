// Notes in light Markdown: what people write is drawn, and nothing of it becomes markup that we did not make.
import { expect, test } from 'vitest';
import { noteParts } from '../../../src/core/report/note';
import { noteHtml, noteMarkdown } from '../../../src/core/report/note-markup';

test('paragraphs, emphasis, code and lists', () => {
  expect(noteHtml('Only **the rate** and *no* `seed`.\nSecond line.\n\n1. one\n2. two\n\n> said')).toBe(
    '<div class="note"><p>Only <strong>the rate</strong> and <em>no</em> <code>seed</code>.<br>Second line.</p>' +
      '<ol class="list"><li>one</li><li>two</li></ol><blockquote>said</blockquote></div>',
  );
  expect(noteHtml('# Head\n\n```\n<x>\n```')).toBe('<div class="note"><p><strong>Head</strong></p><pre>&lt;x&gt;</pre></div>');
});

test('a list in a list and a task keep their words', () => {
  const html = noteHtml('- [x] done\n  - inner\n- [ ] open');
  expect(html).toContain('☑ done<br>– inner');
  expect(html).toContain('☐ open');
});

const hostile = [
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '[a](javascript:alert(1))',
  '![a](https://evil.example/x.png)',
  '[a](data:text/html,<script>1</script>)',
  '<!-- c --><b>x</b>',
  '</p></section><h1>y</h1>',
  '| a | b |\n|---|---|\n| <i> | 2 |',
  '&lt;script&gt;',
  '[r]\n\n[r]: javascript:alert(1)',
];
test.each(hostile)('%s stays text', (note) => {
  const html = noteHtml(note);
  expect(html).not.toMatch(/<(?!\/?(?:div|p|strong|em|code|pre|ul|ol|li|br|blockquote|span)\b)/);
  expect(html).not.toMatch(/<[^>]*\s(?:href|src|on\w+)=/);
  const markdown = noteMarkdown(note);
  expect(markdown).not.toMatch(/(?<!\\)<\w|(?<!\\)!\[|(?<!\\)\]\(/);
  expect(markdown).not.toMatch(/<(script|img|b|i)\b/i);
});

test('an address is printed beside its words, and only where it leads to a page or a mailbox', () => {
  expect(noteHtml('[paper](https://example.org/a?b=1&c=2)')).toContain('paper <span class="muted">(https://example.org/a?b=1&amp;c=2)</span>');
});

test('thousands of levels, a hundred thousand letters and lone halves of characters are answered', () => {
  for (const note of ['>'.repeat(5000), '- '.repeat(3000), '*'.repeat(10_000), 'x'.repeat(100_000), '[['.repeat(4000), '\ud800']) {
    expect(noteHtml(note).length).toBeLessThan(400_000);
    expect(typeof noteMarkdown(note)).toBe('string');
  }
  expect(noteParts('')).toEqual([]);
});

test('Markdown that comes out means the same again', () => {
  const note = 'Only **the rate** and *no* `se``ed`.\n\n- one\n- two_with_underscores\n\n```\n```` inside\n```';
  expect(noteHtml(noteMarkdown(note))).toBe(noteHtml(note));
});
