// Event files that only describe an experiment of the hyperparameter plugin: their folder holds runs and is none.

import type { ProbeContext } from '../../source/reader';
import type { SourceDir, SourceFile } from '../../source/source';

/** A description names hyperparameters and metrics: it is short. */
const longest = 64 * 1024;
const frameBytes = 16;
const ownTag = '_hparams_/experiment';
const versionMark = 'brain.Event';

/**
 * Folders above others that hold nothing but such a description. TensorFlow's guide writes it into `logs/hparam_tuning` and
 * the trials below it, which would otherwise be taken for parts of one run.
 */
export async function describingFolders(folders: ReadonlyMap<SourceDir, readonly SourceFile[]>, context: ProbeContext): Promise<SourceDir[]> {
  const above = new Set<SourceDir>();
  for (const dir of folders.keys()) for (let at = dir.parent; at !== null; at = at.parent) if (folders.has(at)) above.add(at);
  const found: SourceDir[] = [];
  for (const dir of above) {
    const heads = await Promise.all((folders.get(dir) ?? []).map((file) => (file.size > longest ? null : context.head(file, longest))));
    if (heads.every((head) => head !== null && describes(head))) found.push(dir);
  }
  return found;
}

/** Every record of the file is its version or the description, and there is one. */
function describes(head: Uint8Array): boolean {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  let described = false;
  for (let at = 0; at + frameBytes <= head.length; ) {
    const length = view.getUint32(at, true);
    const text = new TextDecoder('latin1').decode(head.subarray(at + 12, at + 12 + length));
    const isDescription = text.includes(ownTag);
    if (!isDescription && !text.includes(versionMark)) return false;
    described ||= isDescription;
    at += frameBytes + length;
  }
  return described;
}
