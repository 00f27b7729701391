// Reads evaluations as curves over the round, and what a saved model says of itself.

import { readExactly } from '../../formats/bytes';
import type { RunEvent, RunKey } from '../../model/events';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { pathBelow, SourceError, type SourceFile } from '../../source/source';
import { readCurves } from '../_history/curves';
import { finishRuns } from '../_history/runs';
import { HistoryWriter } from '../_history/writer';
import { evaluationsOf, roundOf } from './evaluations';
import { readModel } from './model';
import type { TrainingNote } from './reader';

const identityBytes = 4096;
const curves = readCurves(evaluationsOf, roundOf);

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const note = claim.note as TrainingNote;
  const models = note.models.filter((file) => claim.files.includes(file));
  for await (const event of note.logs.length > 0 ? curves(claim, context) : modelRun(note, claim, context)) {
    if (event.kind === 'end') for (const model of models) yield* modelEvents(event.run, model, note, models.length > 1, context);
    yield event;
  }
};

/** A run of which only its model is there. */
async function* modelRun(note: TrainingNote, claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const [model] = note.models;
  if (!model) return;
  let head: Uint8Array = new Uint8Array(0);
  try {
    head = await readExactly(model, 0, identityBytes, context.signal);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
  }
  const writer = new HistoryWriter(context.limits.seriesPerRun, () => ({ identity: { nativeId: null, within: model.name, head }, path: note.path }));
  writer.touch('');
  yield* finishRuns(note, claim, writer, context);
}

async function* modelEvents(run: RunKey, file: SourceFile, { home, sidecars }: TrainingNote, several: boolean, context: ReadContext): AsyncGenerator<RunEvent> {
  const path = pathBelow(home, file);
  const { params, attributes, version } = await readModel(file, context);
  // Settings that people wrote down count before those that the model kept; of several models none says what was set for all.
  if (sidecars.length === 0 && !several && Object.keys(params).length > 0) yield { kind: 'params', run, values: params };
  if (Object.keys(attributes).length > 0 && !several) yield { kind: 'summary', run, values: attributes };
  if (version !== null)
    yield { kind: 'fact', run, fact: { kind: 'framework', value: { xgboost: version }, evidence: [{ file: path, where: 'key version', value: version }] } };
  yield { kind: 'fact', run, fact: { kind: 'checkpoint', value: [{ path, step: null, digest: null }], evidence: [{ file: path }] } };
}
