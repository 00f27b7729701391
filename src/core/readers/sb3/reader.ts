// Stable-Baselines3: the folder of its logger, and the files of Monitor.

import { eventFilesIn } from '../../formats/event-folder';
import type { Claim, ProbeContext, RunReader } from '../../source/reader';
import { type SourceDir, type SourceFile, walkDirs } from '../../source/source';
import { artifactsIn, sidecarsIn } from '../_history/sidecar-names';
import { zooFiles } from './zoo-files';

export const stepColumn = 'time/total_timesteps';
const monitorName = /^(?:.+\.)?monitor\.csv$/;
const confidence = 0.9;
const headBytes = 64 * 1024;

/** What a folder of one training holds. */
export interface TrainingFolder {
  /** `progress.csv`, or `progress.json` where there is no table. */
  readonly progress: SourceFile | null;
  readonly monitors: readonly SourceFile[];
  readonly sidecars: readonly SourceFile[];
  /** Settings of RL Zoo. */
  readonly zoo: readonly SourceFile[];
  readonly artifacts: readonly SourceFile[];
}

export const reader: RunReader = {
  meta: {
    id: 'sb3',
    family: 'sb3',
    title: 'Stable-Baselines3 logs',
    tracker: { name: 'Stable-Baselines3', short: 'SB3' },
    accepts: 'a log folder with progress.csv or monitor.csv',
    records: { config: 'optional', commit: 'optional', patch: 'optional', packages: 'optional' },
  },
  async probe(tree, context) {
    const claims: Claim[] = [];
    for (const dir of walkDirs(tree.root)) {
      const claim = await claimOf(dir, tree.named, context);
      if (claim) claims.push(claim);
    }
    return claims;
  },
  load: () => import('./read'),
};

async function claimOf(root: SourceDir, only: SourceFile | null, context: ProbeContext): Promise<Claim | null> {
  const head = async (file: SourceFile) => new TextDecoder().decode(await context.head(file, headBytes));
  const named = (name: string) => {
    const file = root.files.get(name);
    return file && (!only || only === file) ? file : undefined;
  };
  const table = named('progress.csv');
  const rows = named('progress.json');
  const isTable =
    table !== undefined &&
    firstLine(await head(table))
      .split(',')
      .includes(stepColumn);
  const isRows = rows !== undefined && (await head(rows)).includes(`"${stepColumn}"`);
  const monitors: SourceFile[] = [];
  for (const file of root.files.values()) {
    if (monitorName.test(file.name) && (!only || only === file) && /^#\s*\{.*"t_start"/.test(firstLine(await head(file)))) monitors.push(file);
  }
  const logs = [...(isTable ? [table] : []), ...(isRows ? [rows] : [])];
  const key = logs[0] ?? monitors[0];
  if (!key) return null;
  const sidecars = only ? [] : sidecarsIn(root);
  const artifacts = only ? [] : artifactsIn(root).filter((file) => !sidecars.includes(file));
  // The event files repeat the rows of the logger; without its rows they are all there is, and are left to their own reader.
  const events = logs.length > 0 && !only ? eventFilesIn(root) : [];
  const zoo = only ? [] : zooFiles(root);
  const note: TrainingFolder = { progress: logs[0] ?? null, monitors, sidecars, zoo, artifacts };
  return { root, confidence, key: [key], files: [...new Set([...logs, ...monitors, ...sidecars, ...zoo, ...artifacts, ...events])], note };
}

const firstLine = (text: string): string => text.slice(0, (text.indexOf('\n') + 1 || text.length + 1) - 1).replace(/\r$/, '');
