// Event files of TensorBoard that were saved into a run's folder: its curves, where the log itself has none.

import { EventFolder, eventFilesIn } from '../../formats/event-folder';
import type { RunEvent, RunKey } from '../../model/events';
import type { ReadContext } from '../../source/reader';
import { pathBelow, type SourceDir, walkDirs } from '../../source/source';

/**
 * Reads every folder of event files below `files`; sub-folders are told apart by their path, as TensorBoard does.
 * @param firstSeries the first number that no series of the run has
 * @returns the number of curves
 */
export async function* readEventFiles(run: RunKey, files: SourceDir, firstSeries: number, context: ReadContext): AsyncGenerator<RunEvent, number> {
  let next = firstSeries;
  for (const dir of walkDirs(files)) {
    const events = eventFilesIn(dir);
    if (events.length === 0) continue;
    const path = pathBelow(files, dir);
    const numbers = new Map<string, number>();
    const folder = new EventFolder(events);
    for await (const output of folder.read(context)) {
      if (output.kind === 'media' || output.kind === 'media-purge') continue;
      const { name } = output.tag;
      const known = numbers.get(name);
      if (known === undefined && output.kind === 'purge') continue;
      const series = known ?? next++;
      numbers.set(name, series);
      if (known === undefined) yield { kind: 'series', run, series, key: { name, context: path === '.' ? {} : { subrun: path } } };
      yield output.kind === 'purge' ? { kind: 'purge', run, fromStep: output.fromStep, series } : { kind: 'points', run, series, ...output.batch };
    }
    for (const told of folder.issues) yield { kind: 'issue', run, issue: told };
  }
  return next - firstSeries;
}
