// YAML as PyYAML and OmegaConf write it (YAML 1.1): once with every scalar as text, once with types.

import { isMap, isScalar, parseDocument, type ScalarTag, type Tags } from 'yaml';
import type { Value } from '../model/values';
import { withLineFeeds } from './text';

/** Larger texts are refused: the parser cannot be cancelled. */
const maxLength = 16 * 1024 * 1024;
const maxDepth = 200;
const maxAliases = 10_000;
/** Nodes of a document after aliases are written out. */
const maxNodes = 1_000_000;

/**
 * Parses with every scalar as text, for files whose fields have known types: a run id `12e345` stays what it is.
 * @throws SyntaxError when it is not YAML, or too deep, too long, or an alias bomb
 */
export function parseYamlText(text: string): Value {
  return parse(text, false);
}

/**
 * Parses free-form hyperparameter files by the rules of YAML 1.1 as PyYAML applies them. Integers beyond 2^53 become bigint,
 * timestamps and binary stay text, unknown tags such as `!!python/tuple` are kept as plain data.
 * @throws SyntaxError when it is not YAML, or too deep, too long, or an alias bomb
 */
export function parseYaml(text: string): Value {
  return parse(text, true);
}

function parse(source: string, typed: boolean): Value {
  const text = withLineFeeds(source);
  if (text.length > maxLength) throw new SyntaxError('YAML is too long');
  if (tooDeep(text)) throw new SyntaxError(`YAML is nested deeper than ${maxDepth}`);
  try {
    const document = parseDocument(text, {
      logLevel: 'silent',
      uniqueKeys: false,
      ...(typed ? { version: '1.1', intAsBigInt: true, customTags: asPyYaml } : { schema: 'failsafe' }),
    });
    const error = document.errors[0];
    if (error) throw new SyntaxError(error.message.split('\n', 1)[0]);
    if (!typed && isScalar(document.contents) && document.contents.value === null) return null;
    const budget = { nodes: maxNodes };
    return plain(keysAsText(document.contents) ? document.toJS({ maxAliasCount: maxAliases, mapAsMap: false }) : null, budget, 0);
  } catch (error) {
    if (error instanceof SyntaxError) throw error;
    throw new SyntaxError(error instanceof RangeError ? `YAML is nested deeper than ${maxDepth}` : error instanceof Error ? error.message : String(error));
  }
}

/** PyYAML reads `y` and `n` as text though YAML 1.1 calls them booleans; timestamps and binary are kept as written. */
function asPyYaml(tags: Tags): Tags {
  const result: Tags = [];
  for (const tag of tags) {
    if (typeof tag === 'string') {
      result.push(tag);
      continue;
    }
    const name = tag.tag.replace('tag:yaml.org,2002:', '');
    if (name === 'timestamp' || name === 'binary' || name === 'set' || name === 'omap' || name === 'pairs') continue;
    if (name === 'bool') {
      const test = (tag as ScalarTag).test?.source.includes('rue') ? /^(?:[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON)$/ : /^(?:[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/;
      result.push({ ...(tag as ScalarTag), test });
    } else result.push(tag);
  }
  return result;
}

/** Names stay as written: a parameter called `on` or `1e3` is not turned into `true` or `1000`. False for an empty document. */
function keysAsText(node: unknown): boolean {
  if (node === null || node === undefined) return false;
  if (isMap(node))
    for (const pair of node.items)
      if (isScalar(pair.key) && pair.key.source !== undefined && typeof pair.key.value !== 'string' && typeof pair.key.value !== 'symbol')
        pair.key.value = pair.key.source;
  const items: unknown = typeof node === 'object' && 'items' in node ? node.items : undefined;
  if (Array.isArray(items))
    for (const item of items) keysAsText(typeof item === 'object' && item !== null && 'value' in item && 'key' in item ? item.value : item);
  return true;
}

function plain(value: unknown, budget: { nodes: number }, depth: number): Value {
  if (--budget.nodes < 0) throw new SyntaxError('YAML holds too many values');
  if (depth > maxDepth) throw new SyntaxError(`YAML is nested deeper than ${maxDepth}`);
  if (typeof value === 'bigint') return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map((item) => plain(item, budget, depth + 1));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item, budget, depth + 1)]));
  return null;
}

/**
 * A cheap look before parsing, in one pass: brackets and dashes that open one after the other with at most a key between (`[a: [b: [`, `- - -`),
 * and indentation, bound the nesting from above. By hand, since a regular expression for it is quadratic in the length of a word.
 */
function tooDeep(text: string): boolean {
  let opened = 0;
  let last: 'opener' | 'dash' | 'key' | 'colon' = 'opener';
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (char === '[' || char === '{') {
      opened++;
      last = 'opener';
    } else if ((char === '-' || char === '?') && last !== 'key' && isBlank(text[at + 1])) {
      opened++;
      last = 'dash';
    } else if (char === '\n') {
      // What follows a dash or a word on the next line lies beside it, or is indented.
      if (last === 'dash' || last === 'key') opened = 0;
    } else if (char === ':') last = 'colon';
    else if (!isBlank(char)) {
      if (last === 'colon' || char === ',' || char === ']' || char === '}') opened = 0;
      last = 'key';
    }
    if (opened >= maxDepth) return true;
  }
  return /^ {4000,}\S/m.test(text);
}

const isBlank = (char: string | undefined): boolean => char === ' ' || char === '\t' || char === '\r';
