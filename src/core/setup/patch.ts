// Edits as a unified diff that `git apply` takes. Notebooks have no patch: their text lies in JSON.

import { createTwoFilesPatch } from 'diff';
import type { TextEdit } from './finding';
import type { Project } from './project/project';
import type { TextForm } from './python/module';

/**
 * The diff of all edits of Python files, by the bytes that lie there; edits of notebooks are left out. Empty where there is none, and where
 * a file cannot be told by its text: a patch is whole or none.
 */
export function toUnifiedDiff(edits: readonly TextEdit[], project: Project): string {
  const files = [...new Set(edits.filter(({ cell }) => cell === null).map(({ file }) => file))].sort();
  const diffs = files.map((file) => {
    const code = project.modules.find((module) => module.code.path === file)?.code;
    if (!code?.form) return null;
    const after = applyEdits(
      code.text,
      edits.filter((edit) => edit.file === file),
    );
    return fileDiff(file, inForm(code.text, code.form), inForm(after, code.form));
  });
  return diffs.some((diff) => diff === null) ? '' : diffs.join('');
}

function fileDiff(file: string, before: string, after: string): string {
  const [a, b] = [quoted(`a/${file}`), quoted(`b/${file}`)];
  const body = createTwoFilesPatch('a', 'b', before, after, undefined, undefined, {
    context: 3,
    headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: false },
  });
  return `diff --git ${a} ${b}\n--- ${a}\n+++ ${b}\n${body}`;
}

const inForm = (text: string, { lineEnd, mark }: TextForm): string => (mark ? '\ufeff' : '') + (lineEnd === '\n' ? text : text.replaceAll('\n', lineEnd));

/** A path as git writes it: with quotes where it holds what would end it. */
function quoted(path: string): string {
  if (!/["\\\p{Cc}]/u.test(path)) return path;
  const escapes: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\t': '\\t', '\r': '\\r' };
  return `"${path.replace(/["\\\p{Cc}]/gu, (sign) => escapes[sign] ?? `\\${sign.charCodeAt(0).toString(8).padStart(3, '0')}`)}"`;
}

/** A text with edits made; ranges are of the text before. */
export function applyEdits(text: string, edits: readonly Pick<TextEdit, 'from' | 'to' | 'text'>[]): string {
  return [...edits].sort((a, b) => b.from - a.from || b.to - a.to).reduce((now, { from, to, text: put }) => now.slice(0, from) + put + now.slice(to), text);
}
