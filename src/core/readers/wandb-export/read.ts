// Reads the tables of one folder: tables of runs first, then panels, whose runs they may know, then histories.

import type { Issue } from '../../base/issues';
import type { Identity, RunEvent } from '../../model/events';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { pathBelow } from '../../source/source';
import { endDownloads } from '../_downloads/ending';
import { type Download, downloadsOf, placeOf } from '../_downloads/find';
import { HistoryWriter } from '../_history/writer';
import { readHistory } from './history';
import { readPanel } from './panel';
import type { WandbTable } from './reader';
import { readObjects, readRuns } from './runs';

/** The runs of a folder's tables. W&B's own id is in few of them; what else tells runs apart is said when a run begins. */
export class WandbRuns {
  readonly writer: HistoryWriter;
  /** Of the tables, not of one run. */
  readonly trouble: Issue[] = [];
  private readonly starts = new Map<string, { readonly identity: Identity; readonly path: string }>();
  /** Name of a run → keys of the runs that tables know by it. */
  private readonly byName = new Map<string, string[]>();

  constructor(
    private readonly path: string,
    maxSeries: number,
  ) {
    this.writer = new HistoryWriter(maxSeries, (key) => this.starts.get(key)!);
  }

  /**
   * Begins a run, or goes on with it.
   * @param tells what tells it from others of its name, where it has no id
   * @param path where it is, if not where all are
   */
  begin(key: string, name: string | null, id: string | null, tells: string, path = this.path): string {
    if (!this.starts.has(key)) {
      const identity: Identity = id === null ? { nativeId: null, within: name ?? '', head: new TextEncoder().encode(tells) } : { nativeId: id };
      this.starts.set(key, { identity, path });
      if (name !== null) this.byName.set(name, [...(this.byName.get(name) ?? []), key]);
      this.writer.header(key, { name });
    }
    return key;
  }

  /** The one run of this name, or null where there is none, or several. */
  called(name: string): string | null {
    const keys = this.byName.get(name) ?? [];
    return keys.length === 1 ? keys[0]! : null;
  }
}

const ranks = { runs: 0, objects: 1, panel: 2, history: 3 } as const;

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const runs = new WandbRuns(placeOf(claim), context.limits.seriesPerRun);
  const tables: Download<WandbTable>[] = [...downloadsOf<WandbTable>(claim)].sort((a, b) => ranks[a.kind.kind] - ranks[b.kind.kind]);
  for (const { file, kind: table } of tables) {
    const given = { file, dialect: table.dialect, path: pathBelow(claim.root, file) };
    if (table.kind === 'runs') await readRuns(given, runs, context);
    else if (table.kind === 'objects') await readObjects(given, runs, context);
    else if (table.kind === 'panel') yield* readPanel(given, runs, context);
    else yield* readHistory(given, runs, context);
  }
  yield* endDownloads(claim, runs.writer, runs.trouble, 'The table of W&B');
};
