// Code cells of a notebook as one text, with lines that only IPython understands made harmless.

import { isObject } from '../../formats/flatten';
import { parseJson } from '../../formats/json';
import type { Value } from '../../model/values';
import type { CodeText } from '../python/module';

export interface NotebookCell {
  /** Index among all cells, from 0. */
  readonly cell: number;
  readonly source: string;
  /** What the last run of the cell was numbered, or null. */
  readonly executed: number | null;
  /** What it printed and showed as text, shortened. */
  readonly output: string;
}

/** Text of outputs beyond this, for each cell, is left out. */
const mostOutput = 100_000;

export interface Notebook {
  /** Code cells of a Python kernel, by position. */
  readonly cells: readonly NotebookCell[];
  readonly code: CodeText;
}

/**
 * Reads a notebook of nbformat 3 (`worksheets`) or 4.
 * @throws SyntaxError when it is no JSON
 * @returns null when it is no notebook, or its kernel is not Python
 */
export function readNotebook(path: string, text: string): Notebook | null {
  const whole = parseJson(text);
  if (!isObject(whole)) return null;
  const language = textAt(whole, 'metadata', 'kernelspec', 'language') ?? textAt(whole, 'metadata', 'language_info', 'name') ?? 'python';
  if (!/python/i.test(language)) return null;
  const sheets = Array.isArray(whole.worksheets) ? (whole.worksheets as readonly Value[]) : [whole];
  const all = sheets.flatMap((sheet) => (isObject(sheet) && Array.isArray(sheet.cells) ? (sheet.cells as readonly Value[]) : []));
  const cells = all.flatMap((cell, at) => {
    if (!isObject(cell) || cell.cell_type !== 'code') return [];
    const number = cell.execution_count ?? cell.prompt_number;
    return [{ cell: at, source: joined(cell.source ?? cell.input), executed: typeof number === 'number' ? number : null, output: outputOf(cell) }];
  });
  return { cells, code: codeOf(path, cells) };
}

/** Printed text, results as text or HTML, tracebacks. */
function outputOf(cell: { readonly [key: string]: Value }): string {
  const outputs = Array.isArray(cell.outputs) ? (cell.outputs as readonly Value[]) : [];
  const parts = outputs.flatMap((output) => {
    if (!isObject(output)) return [];
    const data = isObject(output.data) ? output.data : output;
    return [output.text, data['text/plain'], data['text/html'], output.traceback].map(joined);
  });
  return parts
    .map((part) => part.slice(0, mostOutput))
    .join('\n')
    .slice(0, mostOutput);
}

const joined = (source: Value | undefined): string =>
  Array.isArray(source) ? source.map((line: Value) => (typeof line === 'string' ? line : '')).join('') : typeof source === 'string' ? source : '';

function textAt(value: Value, ...keys: readonly string[]): string | null {
  let at: Value | undefined = value;
  for (const key of keys) at = isObject(at) ? at[key] : undefined;
  return typeof at === 'string' ? at : null;
}

/** In the order of their last run where every cell has one, else by position: the text keeps the positions. */
function codeOf(path: string, cells: readonly NotebookCell[]): CodeText {
  let text = '';
  let line = 1;
  const starts: { from: number; line: number; cell: number }[] = [];
  for (const { cell, source } of cells) {
    starts.push({ from: text.length, line, cell });
    const plain = `${plainPython(source)}\n`;
    text += plain;
    line += plain.split('\n').length - 1;
  }
  return { path, text, form: null, cells: starts };
}

/** Magics, shell lines and help questions become comments of the same length in lines; a cell of another language becomes empty lines. */
export function plainPython(source: string): string {
  if (/^\s*%%(?!time|timeit|capture|prun)\w+/.test(source)) return source.replace(/[^\n]/g, '');
  let continued = false;
  return source
    .split('\n')
    .map((line) => {
      const foreign =
        continued ||
        /^\s*(%|!|\?)/.test(line) ||
        /^\s*[\w.,\s]+=\s*[!%]/.test(line) ||
        /^\s*[\w.]+\?\??\s*$/.test(line) ||
        /^\s*(pip|conda) install /.test(line);
      continued = foreign && /\\\s*$/.test(line);
      if (!foreign) return line;
      const indent = /^\s*/.exec(line)?.[0] ?? '';
      // Offsets must stay: the line keeps its length, and a block that held nothing else keeps a statement.
      return indent === '' ? `#${line.slice(1)}` : `${indent}pass #`.padEnd(line.length).slice(0, Math.max(line.length, indent.length));
    })
    .join('\n');
}
