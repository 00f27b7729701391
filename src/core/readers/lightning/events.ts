// Event files of the TensorBoardLogger: what goes straight to the run, and what is held back to be joined with metrics.csv.

import { PointColumns } from '../../base/growable';
import { EventFolder, eventFoldersOf, isEventFile } from '../../formats/event-folder';
import type { SeriesWriter } from '../../formats/event-series';
import type { RunEvent } from '../../model/events';
import type { Value, Values } from '../../model/values';
import type { Claim, ReadContext } from '../../source/reader';

export interface EventLogs {
  /** Points of the tags that were held back. */
  readonly held: ReadonlyMap<string, PointColumns>;
  /** Hyperparameters as the event files have them: nested ones as text. */
  readonly params: ReadonlyMap<string, Value>;
  readonly startedMs: number | null;
}

/** Reads all event files of a version. `hold` names the tags of the version folder itself that are to be held back. */
export async function* readEventLogs(
  claim: Claim,
  context: ReadContext,
  series: SeriesWriter,
  hold: (tag: string) => boolean,
): AsyncGenerator<RunEvent, EventLogs> {
  const { run } = series;
  const held = new Map<string, PointColumns>();
  const params = new Map<string, Value>();
  const started: number[] = [];
  const files = claim.files.filter((file) => isEventFile(file.name));
  for (const [path, members] of eventFoldersOf(claim.root, files)) {
    const folder = new EventFolder(members, context);
    const subrun: Values = path === '.' ? {} : { subrun: path };
    series.folder(subrun);
    for await (const output of folder.read(context)) {
      const media = output.kind === 'media' || output.kind === 'media-purge';
      const name = output.kind === 'media' ? '' : output.tag.name;
      if (path !== '.' || media || !hold(name)) {
        yield* series.write(output);
        continue;
      }
      const columns = held.get(name) ?? new PointColumns();
      held.set(name, columns);
      if (output.kind === 'purge') columns.purge(output.fromStep);
      else columns.append(output.batch.steps, output.batch.values, output.batch.times, output.batch.exactSteps);
    }
    for (const [name, value] of folder.sessions.params) params.set(name, value);
    for (const media of folder.media) yield { kind: 'media', run, media: path === '.' ? media : { ...media, context: subrun } };
    for (const issue of folder.issues) yield { kind: 'issue', run, issue };
    if (folder.startedMs !== null) started.push(folder.startedMs);
  }
  return { held, params, startedMs: started.length > 0 ? Math.min(...started) : null };
}
