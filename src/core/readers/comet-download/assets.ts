// Assets and the other files of an experiment: listed; pictures, sounds and films counted by name.

import type { Issue } from '../../base/issues';
import { isObject } from '../../formats/flatten';
import type { RunEvent, RunKey } from '../../model/events';
import type { Checkpoint } from '../../model/facts';
import type { Claim, ReadContext } from '../../source/reader';
import { pathBelow } from '../../source/source';
import { textAt } from '../_comet/facts';
import { readJsonLines } from '../_logs/json-lines';
import type { ExperimentNote } from './reader';

const mediaTypes: ReadonlySet<string> = new Set(['image', 'audio', 'video']);
/** Of `log_model`. */
const modelFolder = 'assets/model-element/';

/** Artifacts named as they lie in the folder, media by the names they were logged under, checkpoints. */
export async function* assetEvents(run: RunKey, claim: Claim, note: ExperimentNote, issues: Issue[], context: ReadContext): AsyncGenerator<RunEvent> {
  // What was read already; of the assets' properties each carries the key of whoever downloaded them.
  const told = new Set([note.metadata, note.metrics, note.params, note.others, note.system, note.assets]);
  const checkpoints: Checkpoint[] = [];
  for (const file of claim.files) {
    if (told.has(file)) continue;
    const path = pathBelow(claim.root, file);
    yield { kind: 'artifact', run, artifact: { path, size: file.size, kind: 'file' }, file };
    if (path.startsWith(modelFolder)) checkpoints.push({ path, step: null, digest: null });
  }
  if (checkpoints.length > 0)
    yield { kind: 'fact', run, fact: { kind: 'checkpoint', value: checkpoints, evidence: checkpoints.slice(0, 10).map(({ path }) => ({ file: path })) } };
  if (!note.assets) return;
  const counts = new Map<string, { readonly name: string; readonly kind: string; count: number }>();
  const trouble = await readJsonLines(
    note.assets,
    (row) => {
      if (!isObject(row)) throw new SyntaxError('no asset');
      const kind = textAt(row, 'type') ?? '';
      const name = textAt(row, 'logAsFileName') ?? textAt(row, 'fileName');
      if (!mediaTypes.has(kind) || name === null) return;
      const known = counts.get(`${kind}\0${name}`);
      if (known) known.count++;
      else counts.set(`${kind}\0${name}`, { name, kind, count: 1 });
    },
    'assets',
    context,
  );
  issues.push(...trouble);
  for (const media of counts.values()) yield { kind: 'media', run, media };
}
