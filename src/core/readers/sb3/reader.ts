// Stable-Baselines3: the folder of its logger, the files of Monitor, and what EvalCallback saves.

import { eventFilesIn } from '../../formats/event-folder';
import type { Claim, ProbeContext, RunReader } from '../../source/reader';
import { type SourceDir, type SourceFile, walkDirs } from '../../source/source';
import { artifactsIn, sidecarsIn } from '../_history/sidecar-names';
import { zooFiles } from './zoo-files';

export const stepColumn = 'time/total_timesteps';
const evaluationsName = 'evaluations.npz';
const monitorName = /^(?:.+\.)?monitor\.csv$/;
const confidence = 0.9;
const headBytes = 64 * 1024;

/** What a folder of one training holds. */
export interface TrainingFolder {
  /** `progress.csv`, or `progress.json` where there is no table. */
  readonly progress: SourceFile | null;
  readonly monitors: readonly SourceFile[];
  /** What EvalCallback saves, in the folder or in one below it. */
  readonly evaluations: SourceFile | null;
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
    accepts: 'a log folder with progress.csv, monitor.csv or evaluations.npz',
    records: { config: 'optional', commit: 'optional', patch: 'optional', packages: 'optional' },
  },
  async probe(tree, context) {
    const claims: Claim[] = [];
    const taken = new Set<SourceFile>();
    for (const dir of walkDirs(tree.root)) {
      const claim = await claimOf(dir, tree.named, taken, context);
      if (!claim) continue;
      claims.push(claim);
      for (const file of claim.files) taken.add(file);
    }
    return claims;
  },
  load: () => import('./read'),
};

async function claimOf(root: SourceDir, only: SourceFile | null, taken: ReadonlySet<SourceFile>, context: ProbeContext): Promise<Claim | null> {
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
  const hasLogs = logs.length > 0 || monitors.length > 0;
  const evaluations = await evaluationsOf(root, only, { hasLogs, hasRows: logs.length > 0 }, context);
  const key = logs[0] ?? monitors[0] ?? evaluations;
  if (!key || taken.has(key)) return null;
  const sidecars = only ? [] : sidecarsIn(root);
  const artifacts = only ? [] : artifactsIn(root).filter((file) => !sidecars.includes(file));
  const listed = evaluations && !artifacts.includes(evaluations) && !only ? [...artifacts, evaluations] : artifacts;
  // The event files repeat the rows of the logger; without its rows they are all there is, and are left to their own reader.
  const events = logs.length > 0 && !only ? eventFilesIn(root) : [];
  const zoo = only ? [] : zooFiles(root);
  const note: TrainingFolder = { progress: logs[0] ?? null, monitors, evaluations, sidecars, zoo, artifacts: listed };
  return {
    root,
    confidence,
    key: [key],
    files: [...new Set([...logs, ...monitors, ...(evaluations ? [evaluations] : []), ...sidecars, ...zoo, ...listed, ...events])],
    note,
  };
}

/**
 * The evaluations of a training: in its folder, or in the only folder below it that has some (`log_path` is often another). Event files have
 * the same means: without the logger's rows they are left to their own reader, and the evaluations with them.
 */
async function evaluationsOf(
  root: SourceDir,
  only: SourceFile | null,
  { hasLogs, hasRows }: { readonly hasLogs: boolean; readonly hasRows: boolean },
  context: ProbeContext,
): Promise<SourceFile | null> {
  if (!hasRows && eventFilesIn(root).length > 0) return null;
  const own = root.files.get(evaluationsName);
  const isOwn = own && (!only || only === own);
  const below = hasLogs && !only && !own ? [...root.dirs.values()].filter(({ files }) => files.has(evaluationsName) && ![...files.keys()].some(isLogName)) : [];
  const file = isOwn ? own : below.length === 1 ? below[0]!.files.get(evaluationsName) : undefined;
  // The first array of the zip is named in its first bytes.
  return file && new TextDecoder('latin1').decode(await context.head(file, 64)).includes('timesteps.npy') ? file : null;
}

const isLogName = (name: string): boolean => /^progress\.(?:csv|json)$/.test(name) || monitorName.test(name);

const firstLine = (text: string): string => text.slice(0, (text.indexOf('\n') + 1 || text.length + 1) - 1).replace(/\r$/, '');
