// From places and offsets of findings to the lines of text that they stand for.

import type { CodePlace, TextEdit } from './finding';
import type { Project } from './project/project';

/** A place in a text as editors count it: line and column from 1, columns in UTF-16 units. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** The first line of a place, without the blanks around it; null where its text was not read. */
export function lineAt(project: Project, { file, line, cell }: CodePlace): string | null {
  return textAt(project, file, cell)?.split('\n', line)[line - 1]?.trim() ?? null;
}

/** Where an edit begins and ends; null for a notebook, whose text lies in JSON, and where its text was not read. */
export function rangeOf(project: Project, { file, cell, from, to }: TextEdit): { readonly start: TextPosition; readonly end: TextPosition } | null {
  const text = cell === null ? textAt(project, file, null) : null;
  return text === null ? null : { start: positionAt(text, from), end: positionAt(text, to) };
}

function textAt(project: Project, file: string, cell: number | null): string | null {
  if (cell !== null) return project.notebooks.get(file)?.cells.find((one) => one.cell === cell)?.source ?? null;
  return project.modules.find(({ code }) => code.path === file)?.code.text ?? project.settings.get(file) ?? null;
}

function positionAt(text: string, offset: number): TextPosition {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** `nb.ipynb cell 3, line 2`, `train.py:12`; the project as a whole where there is no place. */
export function placeText(place: CodePlace | undefined): string {
  if (!place) return 'the project';
  return place.cell === null ? `${place.file}:${place.line}` : `${place.file} cell ${place.cell}, line ${place.line}`;
}
