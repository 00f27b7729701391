// Checkpoints of a version folder: listed, never opened.

import type { RunEvent, RunKey } from '../../model/events';
import type { Checkpoint } from '../../model/facts';
import type { Claim } from '../../source/reader';
import { pathBelow } from '../../source/source';

/** Artifacts for all files below `checkpoints/`, and one fact with the checkpoints (a sharded one is a folder). */
export function* checkpointEvents(run: RunKey, { root, files }: Claim): Generator<RunEvent> {
  const checkpoints = new Map<string, Checkpoint>();
  for (const file of files) {
    const path = pathBelow(root, file);
    if (!path.startsWith('checkpoints/')) continue;
    yield { kind: 'artifact', run, artifact: { path, size: file.size, kind: 'file' }, file };
    const checkpoint = /^checkpoints\/(?:.*?\/)?[^/]*\.ckpt(?=\/|$)/.exec(path)?.[0];
    if (checkpoint) checkpoints.set(checkpoint, { path: checkpoint, step: stepOf(checkpoint), digest: null });
  }
  if (checkpoints.size === 0) return;
  const evidence = [...checkpoints.keys()].slice(0, 10).map((file) => ({ file }));
  yield { kind: 'fact', run, fact: { kind: 'checkpoint', value: [...checkpoints.values()], evidence } };
}

/** `epoch=4-step=115.ckpt` → 115. */
function stepOf(path: string): number | null {
  const digits = /(?:^|[^a-z])step[=_](\d{1,15})/i.exec(path)?.[1];
  return digits === undefined ? null : Number(digits);
}
