// Reads the configuration of one job, and what a person put beside it.

import { joinBytes, readExactly } from '../../formats/bytes';
import type { RunEvent } from '../../model/events';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { pathBelow, SourceError, type SourceFile } from '../../source/source';
import { readSidecar } from '../_history/sidecars';
import type { Job } from './reader';
import { readSettings } from './settings';

const identityBytes = 4096;
const run = 0;

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const { root, files } = claim;
  const job = claim.note as Job;
  const settings = await readSettings(job, root, context);
  const head = joinBytes([new TextEncoder().encode(settings.place), await headOf(job.config, context)]);
  yield { kind: 'begin', run, identity: { nativeId: null, within: '.', head }, path: root.path };
  yield { kind: 'header', run, set: settings.header };
  yield { kind: 'params', run, values: settings.params };
  const found = await Promise.all(job.sidecars.filter((file) => files.includes(file)).map((file) => readSidecar(file, pathBelow(root, file), context)));
  for (const fact of [...settings.facts, ...found.flatMap(({ facts }) => facts)]) yield { kind: 'fact', run, fact };
  for (const file of [job.config, job.hydra, job.overrides, ...job.artifacts].filter((one) => one !== null))
    yield { kind: 'artifact', run, artifact: { path: pathBelow(root, file), size: file.size, kind: 'file' }, file };
  for (const issue of [...settings.issues, ...found.flatMap(({ issues }) => issues)]) yield { kind: 'issue', run, issue };
  yield { kind: 'end', run };
};

async function headOf(file: SourceFile, context: ReadContext): Promise<Uint8Array> {
  try {
    return await readExactly(file, 0, identityBytes, context.signal);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return new Uint8Array(0);
  }
}
