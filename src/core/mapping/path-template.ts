// Reads params out of a path by a template such as `{model}-lr{lr}/log.txt`, and fills templates with names.

import { parseNumber } from '../formats/numbers';
import type { Value, Values } from '../model/values';

/** One part of a template: text as it stands, or a name. */
interface Piece {
  readonly text: string;
  readonly name: string | null;
}

/** @returns a message where it is no template */
export function templateProblem(template: string): string | null {
  const pieces = piecesOf(template);
  if (pieces === null) return 'a brace is not closed';
  if (!pieces.some(({ name }) => name !== null)) return 'it names nothing in braces';
  if (pieces.some(({ name }, at) => name !== null && at > 0 && pieces[at - 1]!.name !== null))
    return 'two names stand side by side: where one ends cannot be told';
  return null;
}

/**
 * The parts of a path. Each is at least one character, as short as it can be, and stays within its folder; the template stands for the
 * end of the path where it has fewer folders.
 * @returns null where the path is another
 */
export function readPath(template: string, path: string): Values | null {
  const wanted = template.split('/');
  const parts = path.split('/').slice(-wanted.length);
  if (parts.length < wanted.length) return null;
  const values: [string, Value][] = [];
  for (const [at, part] of parts.entries()) {
    const found = readPart(piecesOf(wanted[at]!) ?? [], part);
    if (!found) return null;
    values.push(...found);
  }
  return Object.fromEntries(values);
}

function readPart(pieces: readonly Piece[], text: string): [string, Value][] | null {
  const values: [string, Value][] = [];
  let at = 0;
  for (const [index, piece] of pieces.entries()) {
    if (piece.name === null) {
      if (!text.startsWith(piece.text, at)) return null;
      at += piece.text.length;
      continue;
    }
    const next = pieces[index + 1];
    const last = index + 2 >= pieces.length;
    const end = next === undefined ? text.length : last ? text.length - next.text.length : text.indexOf(next.text, at + 1);
    if (end <= at || (next !== undefined && !text.startsWith(next.text, end))) return null;
    values.push([piece.name, typed(text.slice(at, end))]);
    at = end;
  }
  return at === text.length ? values : null;
}

/** A number where its text says nothing more than the number: `007` and `1e` are texts. */
export function typed(text: string): Value {
  const number = /^[+-]?0\d/.test(text) ? null : parseNumber(text);
  return number === null || !Number.isFinite(number) || (Number.isInteger(number) && !Number.isSafeInteger(number)) ? text : number;
}

/** The template with its names filled in; null where one of them is not known. */
export function fillTemplate(template: string, values: Values): string | null {
  const parts: string[] = [];
  for (const { text, name } of piecesOf(template) ?? [{ text: template, name: null }]) {
    const value = name === null ? text : values[name];
    if (value === undefined || value === null || typeof value === 'object') return null;
    parts.push(String(value));
  }
  return parts.join('');
}

function piecesOf(template: string): readonly Piece[] | null {
  const pieces: Piece[] = [];
  for (let at = 0; at < template.length; ) {
    const open = template.indexOf('{', at);
    if (open !== at) pieces.push({ text: template.slice(at, open < 0 ? undefined : open), name: null });
    if (open < 0) break;
    const close = template.indexOf('}', open);
    if (close < 0) return null;
    pieces.push({ text: '', name: template.slice(open + 1, close) });
    at = close + 1;
  }
  return pieces;
}
