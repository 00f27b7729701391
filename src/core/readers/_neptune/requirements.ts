// The packages that the clients list in `source_code/requirements`, where that file is here.

import { readWhole } from '../../formats/bytes';
import { decodeUtf8 } from '../../formats/text';
import type { Evidence, Fact } from '../../model/facts';
import type { ReadContext } from '../../source/reader';
import { SourceError, type SourceFile } from '../../source/source';

export const requirementsPath = 'source_code/requirements';

/** Pins of a requirements file; null where there are none, or the file cannot be read. */
export async function packagesFact(file: SourceFile, evidence: Evidence, context: ReadContext): Promise<Fact | null> {
  let text: string;
  try {
    ({ text } = decodeUtf8(await readWhole(file, { wholeFileBytes: context.limits.contentBytes }, context.signal)));
  } catch (error) {
    if (error instanceof SourceError) return null;
    throw error;
  }
  const pins = text.split('\n').flatMap((line) => {
    // Other kinds of requirement name no version.
    const match = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*===?\s*([^\s;#,*]+)/.exec(line);
    return match ? [[match[1] as string, match[2] as string] as const] : [];
  });
  return pins.length === 0 ? null : { kind: 'packages', value: Object.fromEntries(pins), evidence: [evidence] };
}
