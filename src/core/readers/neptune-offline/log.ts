// Reads the operations of a log: JSON objects one behind the other, the last of them perhaps cut.

import { type Issue, issue } from '../../base/issues';
import { isObject } from '../../formats/flatten';
import { parseJson } from '../../formats/json';
import { readLines } from '../../formats/lines';
import type { Value } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import type { SourceFile } from '../../source/source';

export interface Operation {
  readonly type: string;
  /** Attribute path, joined with `/`. */
  readonly path: string;
  readonly fields: { readonly [name: string]: Value };
  /** Number of the operation, from 1; null where it was not kept. */
  readonly version: number | null;
}

/** Operations, or what is wrong with a line. */
export type LogOutput = Operation | Issue;

export const isIssue = (output: LogOutput): output is Issue => 'code' in output;

/** All operations of a file in order. @throws SourceError */
export async function* readLog(file: SourceFile, context: ReadContext): AsyncGenerator<LogOutput[]> {
  for await (const { lines, firstLine, complete, bad, tooLong } of readLines(file, context)) {
    const outputs: LogOutput[] = [];
    for (const [at, line] of lines.entries()) {
      if (line.trim() === '') continue;
      const where = `line ${firstLine + at}`;
      const cut = !complete && at === lines.length - 1;
      const left = take(line, outputs);
      if (left === null) continue;
      if (cut) outputs.push(issue('truncated', `${file.name} ends in the middle of an operation.`, { file: file.path, where }));
      else outputs.push(issue('bad-record', `An operation of ${file.name} is damaged and was skipped.`, { file: file.path, where }));
    }
    for (const line of tooLong)
      outputs.push(
        issue('too-large', `An operation is longer than ${context.limits.recordBytes} bytes (limit recordBytes).`, { file: file.path, where: `line ${line}` }),
      );
    if (bad) outputs.push(issue('bad-utf8', `${file.name} holds bytes that are no UTF-8.`, { file: file.path }));
    yield outputs;
  }
}

/** Takes the operations of a line in. @returns what is none, or null */
function take(line: string, outputs: LogOutput[]): string | null {
  const whole = operationOf(line);
  if (whole) {
    outputs.push(whole);
    return null;
  }
  // Very old clients put no line feed between operations.
  let from = 0;
  for (const end of objectEnds(line)) {
    const one = operationOf(line.slice(from, end));
    if (!one) break;
    outputs.push(one);
    from = end;
  }
  const left = line.slice(from);
  return left.trim() === '' ? null : left;
}

/** Where each object on the outermost level ends. */
function* objectEnds(text: string): Generator<number> {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (quoted) {
      if (char === '\\') at++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) yield at + 1;
  }
}

function operationOf(text: string): Operation | null {
  let record: Value;
  try {
    record = parseJson(text);
  } catch {
    return null;
  }
  if (!isObject(record) || !isObject(record.obj)) return null;
  const { obj } = record;
  const { type, path } = obj;
  if (typeof type !== 'string' || !Array.isArray(path)) return null;
  return { type, path: path.map((part: Value) => String(part)).join('/'), fields: obj, version: typeof record.version === 'number' ? record.version : null };
}
