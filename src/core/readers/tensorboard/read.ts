// Reads one run: the event files of its folder and of the sub-runs below it.

import { type Issue, issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import { eventFingerprint, eventFoldersOf } from '../../formats/event-folder';
import { openEventFolder } from '../../formats/event-memory';
import { SeriesWriter } from '../../formats/event-series';
import type { RunEvent } from '../../model/events';
import type { Values } from '../../model/values';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { pathBelow } from '../../source/source';
import { readSidecar } from '../_history/sidecars';
import { isBeside } from './folders';
import { sessionEvents } from './sessions';

const run = 0;
const emptyTip = 'Nothing to do if the run has just begun. Images, graphs and text alone are not shown as a run.';

/**
 * A folder is a run when it holds scalars or hyperparameters; pictures, graphs or an experiment's description alone are none.
 * Pictures may come before the first of them: what began with those alone is taken back.
 */
export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const series = new SeriesWriter(run);
  const held: RunEvent[] = [];
  const issues: Issue[] = [];
  const started: number[] = [];
  const logs = claim.files.filter(({ name }) => !isBeside(name));
  const begin = await beginEvents({ ...claim, files: logs }, context);
  let begun = false;
  let isRun = false;
  const start = function* (): Generator<RunEvent> {
    if (!begun) yield* begin;
    begun = true;
  };

  for (const [path, files] of eventFoldersOf(claim.root, logs)) {
    const { folder, outputs } = await openEventFolder(files, context);
    const subrun: Values = path === '.' ? {} : { subrun: path };
    series.folder(subrun);
    for await (const output of outputs()) {
      yield* start();
      isRun ||= output.kind === 'points' || output.kind === 'purge';
      yield* series.write(output);
    }
    if (folder.sessions.params.size > 0) {
      yield* start();
      isRun = true;
    }
    held.push(...sessionEvents(run, folder.sessions, pathBelow(claim.root, files[0] ?? claim.root)));
    for (const media of folder.media) held.push({ kind: 'media', run, media: path === '.' ? media : { ...media, context: subrun } });
    if (folder.startedMs !== null) started.push(folder.startedMs);
    issues.push(...folder.issues);
  }

  if (!isRun) {
    if (begun) yield { kind: 'discard', run };
    if (issues.length === 0) issues.push(issue('empty', 'The event files hold no scalars and no hyperparameters.', { file: claim.root.path, tip: emptyTip }));
    for (const one of issues) yield { kind: 'issue', issue: one };
    return;
  }
  if (started.length > 0) yield { kind: 'header', run, set: { startedMs: epochMs(Math.min(...started)) } };
  yield* held;
  for (const file of claim.files.filter(({ name }) => isBeside(name))) {
    const { facts, issues: found } = await readSidecar(file, pathBelow(claim.root, file), context);
    for (const fact of facts) yield { kind: 'fact', run, fact };
    issues.push(...found);
  }
  for (const one of issues) yield { kind: 'issue', run, issue: one };
  yield { kind: 'end', run };
};

/** TensorBoard names a run by its path below the log folder. */
async function beginEvents({ root, files }: Claim, { tree, signal }: ReadContext): Promise<RunEvent[]> {
  const name = pathBelow(tree.root, root);
  return [
    { kind: 'begin', run, identity: { nativeId: null, within: '.', head: await eventFingerprint(files, signal) }, path: root.path },
    { kind: 'header', run, set: { name: name === '.' ? null : name } },
  ];
}
