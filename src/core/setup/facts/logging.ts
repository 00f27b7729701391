// Every call that stores something with a tracker: what kind, which names, and the step.

import type { NamedCall, Project } from '../project/project';
import { constantOf } from '../python/resolve';
import { fieldOf, fieldsOf, type Syntax } from '../python/syntax';
import { factOf, type Steps } from '../steps';
import { type LogKind, type LogWord, logWords } from './log-vocabulary';

export interface LoggedName {
  /** The name as written; parts that a run fills in are `{}`. */
  readonly text: string;
  readonly node: Syntax;
  readonly value: Syntax | null;
}

export interface LogCall {
  readonly tracker: string;
  readonly kind: LogKind;
  readonly call: NamedCall;
  readonly names: readonly LoggedName[];
  /** Whether `names` is all: false where a name or a whole dictionary cannot be seen. */
  readonly complete: boolean;
  /** The expression of the step; null where none is given. */
  readonly step: Syntax | null;
  /** Each call is a step of its own when none is given. */
  readonly counts: boolean;
}

/** Every call of a tracker that can be reached, in the order of files and lines. */
export const logCallsOf = factOf(function* (project: Project): Steps<readonly LogCall[]> {
  const found: LogCall[] = [];
  // Thousands of calls have a few hundred names.
  const words = new Map<string, LogWord | undefined>();
  for (const call of project.calls) {
    yield;
    if (call.name === null) continue;
    if (!words.has(call.name))
      words.set(
        call.name,
        logWords.find(({ name }) => name.test(call.name as string)),
      );
    const word = words.get(call.name);
    if (word) found.push(logCallOf(call, word));
  }
  return found;
});

function logCallOf(call: NamedCall, word: LogWord): LogCall {
  const { tracker, kind, step, counts = false } = word;
  const given = step ? (call.keywords.get(step.keyword) ?? (step.at === undefined ? null : (call.args[step.at] ?? null))) : null;
  return { tracker, kind, call, step: given, counts, ...namesOf(call, word) };
}

function namesOf(call: NamedCall, { shape, name }: LogWord): Pick<LogCall, 'names' | 'complete'> {
  if (shape === 'pair') {
    // MlflowClient takes the run first, ClearML a title and a series.
    const first = /[Cc]lient\.log_/.test(name.source) ? 1 : 0;
    const label = call.keywords.get('key') ?? call.keywords.get('tag') ?? call.keywords.get('name') ?? call.args[first];
    const value = call.keywords.get('value') ?? call.args[first + 1] ?? null;
    const text = label ? templateOf(label, call) : null;
    return text === null || !label ? { names: [], complete: false } : { names: [{ text, node: label, value }], complete: true };
  }
  if (shape === 'dict') {
    // `tune.report(mean_accuracy=acc)`: the names are keywords.
    if (/\breport\b/.test(name.source) && call.args.length === 0 && !call.keywords.has('metrics'))
      return { names: [...call.keywords].map(([text, value]) => ({ text, node: value, value })), complete: !call.splat };
    const whole = call.args[0] ?? [...call.keywords.values()][0];
    return whole ? dictionaryNames(whole, call, 0) : { names: [], complete: !call.splat };
  }
  if (shape === 'object' && call.callee.type === 'attribute') {
    const subscript = fieldOf(call.callee, 'object');
    const label = call.keywords.get('name') ?? (subscript?.type === 'subscript' ? fieldOf(subscript, 'subscript') : null);
    const text = label ? templateOf(label, call) : null;
    if (label && text !== null) return { names: [{ text, node: label, value: call.args[0] ?? null }], complete: true };
  }
  return { names: [], complete: false };
}

/** Keys of a dictionary: written out, merged with `**`, by `dict(…)`, by comprehension, or through a variable. */
function dictionaryNames(node: Syntax, call: NamedCall, depth: number): Pick<LogCall, 'names' | 'complete'> {
  const { module } = call;
  if (depth > 4) return { names: [], complete: false };
  if (node.type === 'dictionary') {
    const parts = node.children
      .filter(({ type }) => type !== 'comment')
      .map((pair): Pick<LogCall, 'names' | 'complete'> => {
        if (pair.type === 'dictionary_splat') return pair.children[0] ? dictionaryNames(pair.children[0], call, depth + 1) : { names: [], complete: false };
        const [key, value] = [fieldOf(pair, 'key'), fieldOf(pair, 'value')];
        const text = key ? templateOf(key, call) : null;
        return key && text !== null ? { names: [{ text, node: key, value }], complete: true } : { names: [], complete: false };
      });
    return { names: parts.flatMap(({ names }) => names), complete: parts.every(({ complete }) => complete) };
  }
  if (node.type === 'call' && module.textOf(fieldOf(node, 'function') ?? node) === 'dict') {
    const list = fieldOf(node, 'arguments')?.children.filter(({ type }) => type !== 'comment') ?? [];
    const names = list.flatMap((one) => {
      const name = one.type === 'keyword_argument' ? fieldOf(one, 'name') : null;
      return name ? [{ text: module.textOf(name), node: name, value: fieldOf(one, 'value') }] : [];
    });
    return { names, complete: names.length === list.length };
  }
  if (node.type === 'dictionary_comprehension') {
    const pair = node.children.find(({ type }) => type === 'pair');
    const key = pair ? fieldOf(pair, 'key') : null;
    const text = key ? templateOf(key, call) : null;
    return key && text !== null && text !== '{}'
      ? { names: [{ text, node: key, value: pair ? fieldOf(pair, 'value') : null }], complete: true }
      : { names: [], complete: false };
  }
  if (node.type === 'identifier') return variableNames(node, call, depth);
  return { names: [], complete: false };
}

/** A dictionary in a variable: what it began as, and every `d["key"] = value`. */
function variableNames(node: Syntax, call: NamedCall, depth: number): Pick<LogCall, 'names' | 'complete'> {
  const { module } = call;
  const name = module.textOf(node);
  const bindings = module.scopeOf(node).lookup(name);
  const begun = bindings.map((one) => (one.kind === 'assign' && one.value ? dictionaryNames(one.value, call, depth + 1) : { names: [], complete: false }));
  const around = call.within?.node ?? module.root;
  const added: LoggedName[] = [];
  const open: Syntax[] = [around];
  for (let at = open.pop(); at; at = open.pop()) {
    if (at.type === 'assignment') {
      const left = fieldOf(at, 'left');
      const object = left?.type === 'subscript' ? fieldOf(left, 'value') : null;
      const [key] = left ? fieldsOf(left, 'subscript') : [];
      if (object && key && module.textOf(object) === name) {
        const text = templateOf(key, call);
        if (text !== null) added.push({ text, node: key, value: fieldOf(at, 'right') });
      }
    }
    open.push(...at.children);
  }
  return { names: [...begun.flatMap(({ names }) => names), ...added], complete: begun.length > 0 && begun.every(({ complete }) => complete) };
}

/** A name as written: an f-string with `{}` for what a run fills in; `"a/" + x` too. Null where nothing of it is written. */
function templateOf(node: Syntax, call: NamedCall): string | null {
  const { module } = call;
  if (node.type === 'string') {
    const parts = node.children.flatMap((part) => (part.type === 'interpolation' ? ['{}'] : part.type === 'string_content' ? [module.textOf(part)] : []));
    return parts.join('');
  }
  if (node.type === 'binary_operator') {
    const [left, right] = [fieldOf(node, 'left'), fieldOf(node, 'right')];
    const [a, b] = [left ? templateOf(left, call) : null, right ? templateOf(right, call) : null];
    return a === null && b === null ? null : `${a ?? '{}'}${b ?? '{}'}`;
  }
  const value = constantOf(node, module);
  return typeof value === 'string' ? value : null;
}
