// Reads `key: value` pairs out of a line: `loss: 0.41 - acc: 0.9`, `step=3, lr=1e-3`, `| ppl 5.2 | wps 100`, `{'loss': 2.1}`.

import { parseNumber } from '../formats/numbers';

export type Pair = readonly [name: string, text: string];

/** Words that may stand before a number without a sign between: `val acc top1 93.2`. */
const longestKey = 3;
const units = ['%', 'ms', 'us', 's', 'x', 'GiB', 'MiB', 'GB', 'MB', 'G', 'M'];
const openers = '([{\'"<';
const closers = ')]}\'">.!';

/** All pairs of a line, in their order; values are texts. Linear in the line. */
export function pairsOf(line: string): readonly Pair[] {
  return line.split(/[|,;\t]| - | -- /).flatMap((segment) => pairsOfSegment(segment.split(/\s+/).filter((word) => word !== '')));
}

/** @param words of one segment, between separators */
function pairsOfSegment(words: readonly string[]): Pair[] {
  const pairs: Pair[] = [];
  let waiting: string[] = [];
  const give = (key: readonly string[], value: string): void => {
    pairs.push([key.join(' '), valueText(value, key.at(-1)!)]);
    waiting = [];
  };
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const sign = signAt(word);
    const key = stripped(sign < 0 ? word : word.slice(0, sign));
    if (sign < 0) {
      if (isNumber(word) && waiting.length > 0) give(waiting, word);
      else if (isKey(key) && key === word) waiting = [...waiting, word].slice(-longestKey);
      else waiting = [];
    } else if (isKey(key) || (key === '' && waiting.length > 0)) {
      const value = word.slice(sign + 1) || words[++at];
      const name = key === '' ? waiting : [...waiting, key].slice(-longestKey);
      if (value !== undefined) give(name, value);
    } else if (sign === word.length - 1 && isNumber(key) && waiting.length > 0) give(waiting, key);
    else waiting = [];
  }
  return pairs;
}

/** The first `:` or `=` that may end a key; not that of `::`, of `==` or of an address. */
function signAt(word: string): number {
  for (let at = 0; at < word.length; at++) {
    const sign = word[at];
    if (sign !== ':' && sign !== '=') continue;
    const next = word[at + 1];
    return next === sign || next === '/' || next === '\\' ? -1 : at;
  }
  return -1;
}

/** Without brackets and quotes around it. */
function stripped(word: string): string {
  let from = 0;
  let to = word.length;
  while (from < to && openers.includes(word[from]!)) from++;
  while (to > from && closers.includes(word[to - 1]!)) to--;
  return word.slice(from, to);
}

/** A name has a letter in it and no brackets. */
const isKey = (word: string): boolean => /[A-Za-z]/.test(word) && !/[[\](){}<>"`\\]/.test(word) && word.length <= 120;

const isNumber = (word: string): boolean => parseNumber(numberText(stripped(word))) !== null;

/** The number without its unit; the text itself where it is none. */
function numberText(text: string): string {
  if (parseNumber(text) !== null) return text;
  const unit = units.find((one) => text.endsWith(one));
  const bare = unit === undefined ? text : text.slice(0, -unit.length);
  return /\d$/.test(bare) ? bare : text;
}

const counted = /^(?:epochs?|steps?|iter(?:ation)?s?|it|batch(?:es)?|rounds?|updates?)$/i;

/** Steps are often written with their end, `3/10`: the first number is meant. */
function valueText(word: string, key: string): string {
  const text = stripped(word);
  const cut = text.indexOf('/');
  if (cut > 0 && counted.test(key) && parseNumber(text.slice(0, cut)) !== null) return text.slice(0, cut);
  return numberText(text);
}
