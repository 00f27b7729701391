// Who a run is that has lost the id its tracker gave it.

import { readExactly } from '../../formats/bytes';
import type { Identity } from '../../model/events';
import type { ReadContext } from '../../source/reader';
import { SourceError, type SourceFile } from '../../source/source';

/** The native id, or else the first bytes of the run's file. */
export async function identityOf(nativeId: string | null | undefined, file: SourceFile, { signal }: ReadContext): Promise<Identity> {
  if (nativeId) return { nativeId };
  try {
    return { nativeId: null, within: file.name, head: await readExactly(file, 0, 4096, signal) };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { nativeId: null, within: file.name, head: new Uint8Array(0) };
  }
}
