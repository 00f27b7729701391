// Statements as lines of text: where one stands, how it is indented, and edits that add, move or indent whole lines.

import type { TextEdit } from './finding';
import type { PyModule } from './python/module';
import { fieldOf, type Syntax, walk } from './python/syntax';
import { editOf } from './write';

export { statementOf } from './write';

/** The direct child of a block that a node lies in. */
export const childOf = (block: Syntax, node: Syntax): Syntax | null => block.children.find((child) => child.from <= node.from && node.to <= child.to) ?? null;

/** Statements of a compound statement or function, without comments. */
export const bodyOf = (node: Syntax): readonly Syntax[] => (fieldOf(node, 'body')?.children ?? []).filter(({ type }) => type !== 'comment');

/** White space before a node, where nothing else stands on its line before it; null otherwise (`a; b`, `if x: b`). */
export function indentOf(node: Syntax, { code }: PyModule): string | null {
  const start = code.text.lastIndexOf('\n', node.from - 1) + 1;
  const before = code.text.slice(start, node.from);
  return /^[ \t]*$/.test(before) ? before : null;
}

const lineStart = (node: Syntax, { code }: PyModule): number => code.text.lastIndexOf('\n', node.from - 1) + 1;

function lineEnd(node: Syntax, { code }: PyModule): number {
  const end = code.text.indexOf('\n', node.to);
  return end < 0 ? code.text.length : end + 1;
}

const isAlone = (node: Syntax, module: PyModule): boolean =>
  indentOf(node, module) !== null && /^[ \t]*(#.*)?\n?$/.test(module.code.text.slice(node.to, lineEnd(node, module)));

/** A new line before a statement, indented like it. */
export function lineBefore(statement: Syntax, line: string, module: PyModule): TextEdit | null {
  const indent = indentOf(statement, module);
  const at = lineStart(statement, module);
  return indent === null ? null : editOf(module, at, at, `${indent}${line}\n`);
}

/** A new line after a statement, indented like it. */
export function lineAfter(statement: Syntax, line: string, module: PyModule): TextEdit | null {
  const indent = indentOf(statement, module);
  if (indent === null || !isAlone(statement, module)) return null;
  const at = lineEnd(statement, module);
  const open = module.code.text[at - 1] === '\n' ? '' : '\n';
  return editOf(module, at, at, `${open}${indent}${line}\n`);
}

/** Takes a statement that fills one line of its own out, and puts it after another. */
export function moveAfter(statement: Syntax, target: Syntax, module: PyModule): readonly TextEdit[] {
  if (!isAlone(statement, module) || statement.line !== statement.endLine) return [];
  // A block must keep a statement.
  if ((statement.parent?.children.filter(({ type }) => type !== 'comment').length ?? 0) < 2) return [];
  const put = lineAfter(target, module.textOf(statement), module);
  const cut = editOf(module, lineStart(statement, module), lineEnd(statement, module), '');
  return put && cut ? [cut, put] : [];
}

/** Puts a statement into a `with` block: a head, and every line one level deeper. Text over several lines would change: then null. */
export function wrapIn(statement: Syntax, head: string, module: PyModule): TextEdit | null {
  const indent = indentOf(statement, module);
  if (indent === null || !isAlone(statement, module)) return null;
  for (const node of walk(statement)) if (node.type === 'string' && node.line !== node.endLine) return null;
  const [from, to] = [lineStart(statement, module), lineEnd(statement, module)];
  const lines = module.code.text
    .slice(from, to)
    .split('\n')
    .map((line) => (line.trim() === '' ? line : `    ${line}`));
  return editOf(module, from, to, `${indent}${head}\n${lines.join('\n')}`);
}

/** Text put after a node: `loss` → `loss.detach()`. */
export const appendTo = (node: Syntax, text: string, module: PyModule): TextEdit | null => editOf(module, node.to, node.to, text);

/** All edits, or none where one could not be made. */
export const allOf = (edits: readonly (TextEdit | null)[]): readonly TextEdit[] => (edits.every((edit) => edit !== null) ? (edits as readonly TextEdit[]) : []);
