// Reads one output folder of the Trainer into one run; its checkpoints are no runs of their own.

import type { Issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import { readWhole } from '../../formats/bytes';
import { decodeUtf8 } from '../../formats/text';
import type { RunEvent } from '../../model/events';
import type { Values } from '../../model/values';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { SourceError } from '../../source/source';
import { type EventArguments, readArguments } from './arguments';
import { type ModelCard, readCard } from './card';
import { fileEvents } from './files';
import { historyEvents, statusOf, summaryOf } from './history';
import { paramEvents } from './params';
import { readJson, readState, type TrainerState } from './state';

const run = 0;
/** Entries that tell runs apart; the first ones stay while the log grows. */
const knownEntries = 3;
const resultFiles = ['train_results.json', 'eval_results.json', 'test_results.json', 'predict_results.json', 'all_results.json'] as const;

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const { root } = claim;
  const { state, issues } = await readState(root, context);
  yield { kind: 'begin', run, identity: { nativeId: null, within: '.', head: fingerprint(state) }, path: root.path };
  for (const one of issues) yield { kind: 'issue', run, issue: one };
  if (state) {
    yield { kind: 'header', run, set: { status: statusOf(state) } };
    yield* historyEvents(run, state);
  }
  yield* resultEvents(claim, state, context);

  const logged = await readArguments(claim, state, context);
  for (const one of logged.issues) yield { kind: 'issue', run, issue: one };
  const card = await cardOf(claim, context);
  yield* paramEvents(run, claim, { state, logged, card }, context);
  yield { kind: 'tags', run, values: card.tags };
  for (const fact of card.facts) yield { kind: 'fact', run, fact };
  yield* headerEvents(state, logged);
  yield* fileEvents(run, claim);
  yield { kind: 'end', run };
};

function fingerprint(state: TrainerState | null): Uint8Array {
  const known = (state?.history ?? []).slice(0, knownEntries).map((entry) => Object.entries(entry).map(([name, value]) => `${name}=${String(value)}`));
  return new TextEncoder().encode(known.map((entry) => entry.sort().join('\n')).join('\n\n'));
}

/** Final metrics from the files beside the state; the final log entry wins. */
async function* resultEvents({ root, files }: Claim, state: TrainerState | null, context: ReadContext): AsyncGenerator<RunEvent> {
  const issues: Issue[] = [];
  const summary: Record<string, Values[string]> = Object.create(null);
  for (const name of resultFiles) {
    const file = root.files.get(name);
    if (!file || !files.includes(file)) continue;
    const { epoch: _, ...values } = (await readJson(file, context, issues)) ?? {};
    Object.assign(summary, values);
  }
  yield { kind: 'summary', run, values: Object.assign(summary, state ? summaryOf(state) : {}) };
  for (const one of issues) yield { kind: 'issue', run, issue: one };
}

async function cardOf({ root, files }: Claim, { limits, signal }: ReadContext): Promise<ModelCard> {
  const file = root.files.get('README.md');
  const none: ModelCard = { params: {}, tags: {}, facts: [] };
  if (!file || !files.includes(file)) return none;
  try {
    return readCard(decodeUtf8(await readWhole(file, limits, signal)).text);
  } catch (error) {
    if (error instanceof SourceError) return none;
    throw error;
  }
}

/** The Trainer names a run after its output folder unless told otherwise: that is no name of its own. */
function* headerEvents(state: TrainerState | null, { args, startedMs, endedMs }: EventArguments): Generator<RunEvent> {
  const name = args?.values.run_name;
  if (typeof name === 'string' && name !== '' && name !== args?.values.output_dir) yield { kind: 'header', run, set: { name } };
  if (startedMs !== null) yield { kind: 'header', run, set: { startedMs: epochMs(startedMs) } };
  if (endedMs !== null && state && statusOf(state) === 'finished') yield { kind: 'header', run, set: { endedMs: epochMs(endedMs) } };
}
