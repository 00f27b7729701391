// JSON that was cut, or of which only the first bytes are at hand.

import type { Value } from '../model/values';
import { parseJson } from './json';

/** What is there of a JSON text that goes on: cut behind the last whole value, brackets closed. */
export function parsePartial(text: string): Value | undefined {
  try {
    return parseJson(text);
  } catch {}
  const open: string[] = [];
  let cut = -1;
  let closers = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === '"') {
      for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++;
    } else if (char === '{' || char === '[') open.push(char === '{' ? '}' : ']');
    else if (char === '}' || char === ']') open.pop();
    if (char === ',' || char === '}' || char === ']') {
      cut = char === ',' ? at : at + 1;
      closers = open.toReversed().join('');
    }
  }
  try {
    return cut < 0 ? undefined : parseJson(text.slice(0, cut) + closers);
  } catch {
    return undefined;
  }
}
