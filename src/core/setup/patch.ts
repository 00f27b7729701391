// Edits as a unified diff that `git apply` takes. Notebooks have no patch: their text lies in JSON.

import { createTwoFilesPatch } from 'diff';
import type { TextEdit } from './finding';
import type { Project } from './project/project';

/** The diff of all edits of Python files; edits of notebooks are left out. Empty where there is none. */
export function toUnifiedDiff(edits: readonly TextEdit[], project: Project): string {
  const files = [...new Set(edits.filter(({ cell }) => cell === null).map(({ file }) => file))].sort();
  return files
    .map((file) => {
      const before = project.modules.find(({ code }) => code.path === file)?.code.text ?? '';
      const after = applyEdits(
        before,
        edits.filter((edit) => edit.file === file),
      );
      return `diff --git a/${file} b/${file}\n${createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, undefined, undefined, { context: 3, headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true } })}`;
    })
    .join('');
}

/** A text with edits made; ranges are of the text before. */
export function applyEdits(text: string, edits: readonly Pick<TextEdit, 'from' | 'to' | 'text'>[]): string {
  return [...edits].sort((a, b) => b.from - a.from || b.to - a.to).reduce((now, { from, to, text: put }) => now.slice(0, from) + put + now.slice(to), text);
}
