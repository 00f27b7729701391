// NumPy's .npz: a zip of arrays, of which those asked for are read.

import { type Issue, issue } from '../base/issues';
import type { ReadContext } from '../source/reader';
import { SourceError, type SourceFile } from '../source/source';
import { openZip } from './archive/zip';
import { readWhole } from './bytes';
import { mostElements, type NpyArray, parseNpy } from './npy';

export interface Npz {
  /** Name without `.npy` → array; those that are absent or cannot be read are left out. */
  readonly arrays: ReadonlyMap<string, NpyArray>;
  readonly issues: readonly Issue[];
}

/** Reads some arrays of the file; trouble is an issue, never a throw. Nothing in it is unpickled. */
export async function readNpz(file: SourceFile, names: readonly string[], context: Pick<ReadContext, 'limits' | 'signal' | 'progress'>): Promise<Npz> {
  const issues: Issue[] = [];
  const arrays = new Map<string, NpyArray>();
  const limits = { wholeFileBytes: Math.min(context.limits.wholeFileBytes, 9 * mostElements) };
  try {
    const archive = await openZip(file, null, { signal: context.signal, limits: context.limits, issue: (one) => issues.push(one) });
    for (const name of names) {
      const member = archive.files.get(`${name}.npy`);
      if (!member) continue;
      const place = { file: file.path, where: `array ${name}` };
      try {
        const array = parseNpy(await readWhole(member, limits, context.signal));
        if (array.rounded) issues.push(issue('precision', `Integers of “${name}” are larger than 2^53.`, place));
        arrays.set(name, array);
      } catch (error) {
        if (error instanceof SyntaxError) issues.push(issue('unsupported', `The array “${name}” of ${file.name} cannot be read: ${error.message}.`, place));
        else if (error instanceof SourceError) issues.push(issue(error.code, error.message, place));
        else throw error;
      }
    }
    context.progress(file.size);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    issues.push(issue(error.code, error.message, { file: file.path }));
  }
  return { arrays, issues };
}
