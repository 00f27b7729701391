// A model that XGBoost saved as JSON: its trees lie in the middle, what is worth telling at both ends, so that a model of any size is told by two reads.

import { readExactly } from '../../formats/bytes';
import { flatten, isObject } from '../../formats/flatten';
import { parseJson } from '../../formats/json';
import { parseNumber } from '../../formats/numbers';
import { decodeUtf8 } from '../../formats/text';
import type { Value, Values } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import { SourceError, type SourceFile } from '../../source/source';

const edgeBytes = 64 * 1024;
const begins = /^\s*\{\s*"learner"\s*:\s*\{\s*"attributes"\s*:\s*\{/;

export interface Model {
  /** Objective, booster and the model's own numbers. */
  readonly params: Values;
  /** What was set on the model: `best_iteration`, `best_score` and what people add; numbers as numbers. */
  readonly attributes: Values;
  /** Of XGBoost: `3.2.0`. */
  readonly version: string | null;
}

export const isModelHead = (head: Uint8Array): boolean => begins.test(decodeUtf8(head).text);

/** What both ends of the file say; nothing of what cannot be read. */
export async function readModel(file: SourceFile, context: ReadContext): Promise<Model> {
  const part = async (offset: number): Promise<string> => {
    try {
      return decodeUtf8(await readExactly(file, offset, edgeBytes, context.signal)).text;
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      return '';
    }
  };
  const [head, tail] = [await part(0), await part(Math.max(0, file.size - edgeBytes))];
  const attributes = objectBehind(head, 'attributes');
  const objective = objectBehind(tail, 'objective');
  const booster = [...tail.matchAll(/"name"\s*:\s*"(gbtree|gblinear|dart)"/g)].at(-1)?.[1];
  const version = /"version"\s*:\s*\[\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*\]\s*\}\s*$/.exec(tail);
  const params: Record<string, Value> = { ...objectBehind(tail, 'learner_model_param'), ...(booster === undefined ? {} : { booster }) };
  for (const [name, value] of Object.entries(flatten(objective))) params[name === 'name' ? 'objective' : `objective.${name}`] = value;
  return { params: numbersIn(params), attributes: numbersIn(attributes), version: version ? version.slice(1).join('.') : null };
}

/** The last object under a key in a text that may begin or end anywhere; empty where there is none. */
function objectBehind(text: string, key: string): Values {
  const start = text.lastIndexOf(`"${key}"`);
  const open = start < 0 ? -1 : text.indexOf('{', start);
  if (open < 0) return {};
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const char = text[at];
    if (char === '"') for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++;
    if (char === '{') depth++;
    if (char !== '}' || --depth > 0) continue;
    try {
      const value = parseJson(text.slice(open, at + 1));
      return isObject(value) ? value : {};
    } catch {
      return {};
    }
  }
  return {};
}

/** XGBoost writes its numbers as text. */
const numbersIn = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, (typeof value === 'string' ? parseNumber(value) : null) ?? value]));
