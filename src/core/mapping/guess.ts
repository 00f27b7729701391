// Which log formats a file's first bytes look like, the surest first: what a person is offered ready.

import { fileId, registryOf } from '../base/registry';
import { parseNumber } from '../formats/numbers';
import { decodeUtf8 } from '../formats/text';
import { guessJson } from './guess-json';
import { guessTable } from './guess-table';
import { LineReader, longestLine } from './lines';
import type { Mapping } from './mapping';
import { rolesOf } from './roles';
import { screenTexts } from './screen';

/** A text format that many programs print. One file in guesses/ is one. */
export interface TextGuess {
  readonly meta: {
    /** The file's name. */
    readonly id: string;
    readonly title: string;
    /** Where the lines come from: the program, and its versions that were looked at. */
    readonly source: string;
  };
  /** 0 to 1: how sure it is, once its lines are found, that the log is this and nothing else. */
  readonly certainty: number;
  /** All but the files. */
  readonly mapping: Mapping;
}

/** A guess that fits a file. */
export interface FoundGuess {
  readonly id: string;
  readonly title: string;
  /** 0 to 1. */
  readonly score: number;
  readonly mapping: Mapping;
}

export const textGuesses: readonly TextGuess[] = registryOf(import.meta.glob<TextGuess>('./guesses/*.ts', { eager: true, import: 'guess' }), fileId);

/** Enough to see more than a banner of settings. */
export const guessBytes = 64 * 1024;
const mostLines = 2000;
/** Of a format that could be anything, so large a share of the lines must fit. */
const genericShare = 0.2;

/**
 * @param head the first bytes of the file, at most 64 KB
 * @param whole they are all of it
 */
export function guessFile(head: Uint8Array, whole: boolean): readonly FoundGuess[] {
  if (head.length === 0 || isBinary(head)) return [];
  const { text } = decodeUtf8(head);
  const lines = (whole ? text : text.slice(0, text.lastIndexOf('\n') + 1) || text).split(/\r?\n/).slice(0, mostLines);
  const found = [...textGuesses.flatMap((guess) => scoredText(guess, lines)), ...guessTable(head, whole), ...guessJson(text, whole)];
  return found.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

/** NUL bytes stand in no text, unless it is UTF-16. */
function isBinary(head: Uint8Array): boolean {
  const marked = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  return !marked && head.includes(0);
}

function scoredText({ meta, certainty, mapping }: TextGuess, lines: readonly string[]): readonly FoundGuess[] {
  const reader = new LineReader(mapping);
  const roleOf = rolesOf(mapping);
  let texts = 0;
  let points = 0;
  let known = 0;
  for (const line of lines) {
    for (const text of screenTexts(line, mapping.updates)) {
      if (text.trim() === '' || text.length > longestLine) continue;
      texts++;
      const meaning = reader.read(text);
      if (!meaning) continue;
      known++;
      if (meaning.kind === 'row' && meaning.cells.some(([name, value]) => roleOf(name).endsWith('metric') && parseNumber(value) !== null)) points++;
    }
  }
  const share = texts === 0 ? 0 : known / texts;
  const enough = certainty > 0.5 ? points >= 1 : points >= 2 && share >= genericShare;
  return enough ? [{ id: meta.id, title: meta.title, score: certainty * (0.5 + 0.5 * share), mapping: { ...mapping, label: meta.title } }] : [];
}
