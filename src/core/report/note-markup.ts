// Notes as HTML and as Markdown, made from their parts, so that nothing in them is markup but what note.ts knows.

import { controls, escapeHtml, escapeMarkdown } from './escape';
import { type NotePart, noteParts, type Span } from './note';

/** @returns elements of our own with all text escaped */
export const noteHtml = (note: string): string => `<div class="note">${noteParts(note).map(htmlOf).join('')}</div>`;

function htmlOf(part: NotePart): string {
  switch (part.kind) {
    case 'paragraph':
      return `<p>${part.spans.map(spanHtml).join('')}</p>`;
    case 'quote':
      return `<blockquote>${part.spans.map(spanHtml).join('')}</blockquote>`;
    case 'heading':
      // No heading of the report: its outline is made of sections.
      return `<p><strong>${part.spans.map(spanHtml).join('')}</strong></p>`;
    case 'code':
      return `<pre>${escapeHtml(part.text)}</pre>`;
    case 'list': {
      const tag = part.ordered ? 'ol' : 'ul';
      return `<${tag} class="list">${part.items.map((spans) => `<li>${spans.map(spanHtml).join('')}</li>`).join('')}</${tag}>`;
    }
  }
}

function spanHtml(span: Span): string {
  switch (span.kind) {
    case 'text':
      return escapeHtml(span.text);
    case 'code':
      return `<code>${escapeHtml(span.text)}</code>`;
    case 'break':
      return '<br>';
    case 'link':
      // The address is printed, not clicked: a report leads nowhere that its reader does not see.
      return `${span.spans.map(spanHtml).join('')} <span class="muted">(${escapeHtml(span.href)})</span>`;
    case 'strong':
    case 'em':
      return `<${span.kind}>${span.spans.map(spanHtml).join('')}</${span.kind}>`;
  }
}

/** The note as Markdown again: what it emphasises and lists stays, everything else is text. */
export const noteMarkdown = (note: string): string => noteParts(note).map(markdownOf).join('\n\n');

function markdownOf(part: NotePart): string {
  switch (part.kind) {
    case 'paragraph':
      return part.spans.map(spanMarkdown).join('');
    case 'quote':
      return `> ${part.spans.map(spanMarkdown).join('').replaceAll('\n', '\n> ')}`;
    case 'heading':
      return `**${part.spans.map(spanMarkdown).join('')}**`;
    case 'code':
      return fenced(part.text);
    case 'list':
      return part.items.map((spans, at) => `${part.ordered ? `${at + 1}.` : '-'} ${spans.map(spanMarkdown).join('').replaceAll('\n', '\n  ')}`).join('\n');
  }
}

function spanMarkdown(span: Span): string {
  switch (span.kind) {
    case 'text':
      return escapeMarkdown(span.text);
    case 'code':
      return inlineCode(span.text);
    case 'break':
      return '\\\n';
    case 'link':
      return `${span.spans.map(spanMarkdown).join('')} (${escapeMarkdown(span.href)})`;
    case 'strong':
      return `**${span.spans.map(spanMarkdown).join('')}**`;
    case 'em':
      return `*${span.spans.map(spanMarkdown).join('')}*`;
  }
}

const longestRun = (code: string): number => Math.max(0, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));

/** Code between marks that nothing in it can close. */
function inlineCode(code: string): string {
  const mark = '`'.repeat(longestRun(code) + 1);
  return `${mark} ${code.replace(/\s+/g, ' ').replace(controls, '\ufffd')} ${mark}`;
}

/** A fence that nothing in the code can close. */
export function fenced(code: string, language = ''): string {
  const fence = '`'.repeat(Math.max(2, longestRun(code)) + 1);
  return `${fence}${language}\n${code.replace(controls, '\ufffd')}\n${fence}`;
}
