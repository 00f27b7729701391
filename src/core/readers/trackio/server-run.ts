// The events of runs that a Trackio dashboard listed.

import { issue } from '../../base/issues';
import type { RunEvent, RunKey } from '../../model/events';
import type { ReadContext } from '../../source/reader';
import type { ListedRun } from '../../source/tracker';
import { keptBytes } from '../_remote/kept-bytes';
import { configEvents } from '../_trackio/logged';
import { logRows } from './grown-log';
import { type MediaHome, servedHome } from './media';
import { objectOf } from './project';
import { RowEvents } from './rows';
import type { TrackioApi } from './server';

export interface RunNote {
  /** JSON, as it is kept. */
  readonly config: string | null;
  readonly tables: ReadonlySet<string>;
}

export async function* readListed(runs: readonly ListedRun[], api: TrackioApi, context: ReadContext): AsyncGenerator<RunEvent> {
  const { signal, keepMedia } = context;
  const folder = keepMedia ? await api.mediaFolder(signal) : null;
  const bytes = await keptBytes(context);
  const home = folder === null ? null : servedHome((path, most) => bytes(path, () => api.media(folder, path, most, signal)));
  for (const [run, listed] of runs.entries()) yield* oneRun(run, listed, home, api, context);
}

async function* oneRun(
  run: RunKey,
  { nativeId, project, name, note }: ListedRun,
  home: MediaHome | null,
  api: TrackioApi,
  context: ReadContext,
): AsyncGenerator<RunEvent> {
  const { config, tables } = note as RunNote;
  yield { kind: 'begin', run, identity: { nativeId }, path: `${project}/${nativeId}` };
  yield { kind: 'header', run, set: { name, experiment: project, status: 'unknown' } };
  const place = { file: project, where: `table configs, run ${nativeId}` };
  const stored = config === null ? null : objectOf(config);
  if (stored) yield* configEvents(run, stored, place);
  else if (config !== null) yield { kind: 'issue', run, issue: issue('bad-value', 'The config of the run is no JSON object.', place) };
  const rows = new RowEvents(run, home, context);
  for (const table of ['metrics', 'system_metrics'] as const) {
    if (!tables.has(table)) continue;
    for await (const row of logRows({ project, table, run: nativeId }, api, context)) yield* rows.row(row, table === 'system_metrics');
  }
  yield* rows.end(project);
  yield { kind: 'end', run };
}
