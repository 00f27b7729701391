// Run data in markup: every character that could mean something is written as itself.

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for HTML content and quoted attributes. Control characters, which no browser shows, become �. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] as string).replace(controls, '\ufffd');

/** Control characters other than tab and line breaks. */
export const controls = /[^\P{Cc}\t\n\r]/gu;

const latex: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '–': '--',
  '−': '$-$',
  '∞': '$\\infty$',
};

export const escapeLatex = (text: string): string => text.replace(/[\\{}$&#%_^~–−∞]/g, (character) => latex[character] as string).replace(controls, '');

/** Text for a cell of a Markdown table or a line: nothing in it starts markup or ends the cell. */
export const escapeMarkdown = (text: string): string => escapeHtml(text.replace(/\s+/g, ' ')).replace(/[\\`*_[\]|~#!]/g, '\\$&');
