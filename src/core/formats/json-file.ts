// A JSON file that is read whole: its value as far as it goes, and what was wrong with it.

import { type Issue, issue } from '../base/issues';
import type { Value } from '../model/values';
import type { Limits, ReadContext } from '../source/reader';
import { SourceError, type SourceFile } from '../source/source';
import { joinBytes, readWhole } from './bytes';
import { parseJson } from './json';
import { parsePartial } from './json-partial';
import { decodeUtf8 } from './text';

export interface JsonFile {
  /** Undefined where nothing of it could be read. */
  readonly value: Value | undefined;
  readonly issues: readonly Issue[];
}

/** Reads the file; trouble is an issue, never a throw. A text that was cut gives what stands before the cut. */
export async function readJsonFile(file: SourceFile, context: Pick<ReadContext, 'limits' | 'signal' | 'progress'>): Promise<JsonFile> {
  try {
    const bytes = await readWhole(file, context.limits, context.signal);
    context.progress(file.size);
    return jsonOf(bytes, file);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { value: undefined, issues: [issue(error.code, error.message, { file: file.path })] };
  }
}

/**
 * The same of a file that comes in pieces, unpacked for instance.
 * @throws SourceError `too-large` beyond `limits.wholeFileBytes`, and what the pieces throw
 */
export async function readJsonPieces(pieces: AsyncIterable<Uint8Array>, file: SourceFile, limits: Pick<Limits, 'wholeFileBytes'>): Promise<JsonFile> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > limits.wholeFileBytes)
      throw new SourceError('too-large', `${file.name} holds more than ${limits.wholeFileBytes} bytes; the limit for a file read whole.`, file.path);
    parts.push(piece.slice());
  }
  return jsonOf(joinBytes(parts), file);
}

function jsonOf(bytes: Uint8Array, file: SourceFile): JsonFile {
  const place = { file: file.path };
  const { text, bad } = decodeUtf8(bytes);
  const issues = bad ? [issue('bad-utf8', `${file.name} is not valid UTF-8.`, place)] : [];
  try {
    return { value: parseJson(text), issues };
  } catch (error) {
    const value = parsePartial(text);
    const why = error instanceof Error ? error.message : String(error);
    const message =
      value === undefined ? `${file.name} cannot be understood: ${why}` : `${file.name} is no whole JSON document (${why}); it was read as far as it goes.`;
    return { value, issues: [...issues, issue(value === undefined ? 'bad-record' : 'truncated', message, place)] };
  }
}
