// The files of an output folder: artifacts and checkpoints.

import { isEventFile } from '../../formats/event-folder';
import type { RunEvent, RunKey } from '../../model/events';
import type { Checkpoint } from '../../model/facts';
import type { Claim } from '../../source/reader';
import { pathBelow } from '../../source/source';
import { checkpointStep, stateName } from './state';

/** Every file but the logs, and the checkpoints as a fact. Weights and pickles are listed, never opened. */
export function* fileEvents(run: RunKey, { root, files }: Claim): Generator<RunEvent> {
  const checkpoints = new Map<string, Checkpoint>();
  const evidence = new Map<string, string>();
  for (const file of files) {
    if (isEventFile(file.name)) continue;
    const path = pathBelow(root, file);
    yield { kind: 'artifact', run, artifact: { path, size: file.size, kind: 'file' }, file };
    const folder = path.slice(0, path.indexOf('/'));
    const step = checkpointStep(folder);
    if (step === null) continue;
    checkpoints.set(folder, { path: folder, step, digest: null });
    if (file.name === stateName || !evidence.has(folder)) evidence.set(folder, path);
  }
  if (checkpoints.size === 0) return;
  const value = [...checkpoints.values()].sort((a, b) => (a.step ?? 0) - (b.step ?? 0));
  yield { kind: 'fact', run, fact: { kind: 'checkpoint', value, evidence: [...evidence.values()].map((path) => ({ file: path })) } };
}
