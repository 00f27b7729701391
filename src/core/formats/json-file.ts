// A JSON file that is read whole: its value as far as it goes, and what was wrong with it.

import { type Issue, issue } from '../base/issues';
import type { Value } from '../model/values';
import type { ReadContext } from '../source/reader';
import { SourceError, type SourceFile } from '../source/source';
import { readWhole } from './bytes';
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
  const place = { file: file.path };
  try {
    const { text, bad } = decodeUtf8(await readWhole(file, context.limits, context.signal));
    context.progress(file.size);
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
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { value: undefined, issues: [issue(error.code, error.message, place)] };
  }
}
