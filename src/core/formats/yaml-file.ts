// A YAML file that is read whole: its value, and what was wrong with it.

import { type Issue, issue } from '../base/issues';
import type { Value } from '../model/values';
import type { ReadContext } from '../source/reader';
import { SourceError, type SourceFile } from '../source/source';
import { readWhole } from './bytes';
import { decodeUtf8 } from './text';
import { parseYaml } from './yaml';

/** Reads the file, with types unless `parse` is another; trouble is added to `issues`, never thrown. Null where there is no file or nothing of it can be understood. */
export async function readYamlFile(
  file: SourceFile | null,
  issues: Issue[],
  context: Pick<ReadContext, 'limits' | 'signal' | 'progress'>,
  parse: (text: string) => Value = parseYaml,
): Promise<Value> {
  if (!file) return null;
  const tell = (code: Issue['code'], message: string) => issues.push(issue(code, message, { file: file.path }));
  try {
    const { text, bad } = decodeUtf8(await readWhole(file, context.limits, context.signal));
    context.progress(file.size);
    if (bad) tell('bad-utf8', `${file.name} is not valid UTF-8.`);
    return parse(text);
  } catch (error) {
    if (error instanceof SourceError) tell(error.code, error.message);
    else if (error instanceof SyntaxError) tell('bad-record', `${file.name} cannot be understood: ${error.message}`);
    else throw error;
    return null;
  }
}
