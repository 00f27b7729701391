// Hydra: the output folder of a job, whose training wrote tables or event files beside its configuration.

import { eventFilesIn } from '../../formats/event-folder';
import type { Claim, ProbeContext, RunReader } from '../../source/reader';
import { type SourceDir, type SourceFile, walkDirs } from '../../source/source';
import { stemOf } from '../_history/find';
import { artifactsIn, isConfigFile, sidecarsIn } from '../_history/sidecar-names';
import { tableOf } from '../_history/table';

const configFolder = '.hydra';
/** Below every tracker that knows its own folder, above tables and event files that anyone may have written. */
const confidence = 0.85;
const headBytes = 64 * 1024;
const tableEnding = /\.(?:csv|tsv)(?:\.gz)?$/i;
/** Files that another reader may make a run of. */
const otherLog = /\.(?:jsonl|ndjson|json|db|sqlite|wandb|swanlab)$/i;

export interface Job {
  readonly config: SourceFile;
  readonly hydra: SourceFile | null;
  readonly overrides: SourceFile | null;
  readonly tables: readonly SourceFile[];
  readonly events: readonly SourceFile[];
  readonly sidecars: readonly SourceFile[];
  readonly artifacts: readonly SourceFile[];
}

export const reader: RunReader = {
  meta: {
    id: 'hydra',
    family: 'hydra',
    title: 'Hydra job',
    tracker: { name: 'Hydra', short: 'Hydra' },
    accepts: 'an `outputs` or `multirun` folder of Hydra',
    words: { run: 'job', param: 'config entry' },
    records: { seed: 'optional', config: 'auto', commit: 'optional', patch: 'optional', packages: 'optional' },
  },
  async probe(tree, context) {
    if (tree.named) return [];
    const jobs = new Set([...walkDirs(tree.root)].filter(isJob));
    const claims: Claim[] = [];
    for (const dir of jobs) {
      const claim = await claimOf(dir, jobs, context);
      if (claim) claims.push(claim);
    }
    return claims;
  },
  load: () => import('./read'),
};

function isJob(dir: SourceDir): boolean {
  const files = dir.dirs.get(configFolder)?.files;
  return files?.has('config.yaml') === true && (files.has('hydra.yaml') || files.has('overrides.yaml'));
}

/** What the training wrote is the key: where a tracker knows it better, there is no job beside that tracker's run. */
async function claimOf(root: SourceDir, jobs: ReadonlySet<SourceDir>, context: ProbeContext): Promise<Claim | null> {
  const own = root.dirs.get(configFolder)?.files;
  const config = own?.get('config.yaml');
  if (!own || !config) return null;
  const tables: SourceFile[] = [];
  for (const file of root.files.values()) {
    if (!tableEnding.test(file.name)) continue;
    const head = await context.head(file, headBytes);
    if (tableOf(head, head.length >= file.size, stemOf(file.name), false)) tables.push(file);
  }
  const folders = [...foldersOf(root, jobs)];
  const events = folders.flatMap(eventFilesIn);
  const key = tables[0] ?? events[0] ?? (isLone(root, folders) ? config : null);
  if (!key) return null;
  const sidecars = sidecarsIn(root).filter(({ name }) => !isConfigFile(name));
  const artifacts = artifactsIn(root).filter((file) => !sidecars.includes(file) && !tables.includes(file));
  const note: Job = { config, hydra: own.get('hydra.yaml') ?? null, overrides: own.get('overrides.yaml') ?? null, tables, events, sidecars, artifacts };
  const settings = [config, ...['hydra.yaml', 'overrides.yaml'].flatMap((name) => own.get(name) ?? [])];
  return { root, confidence, key: [key], files: [...new Set([...settings, ...tables, ...events, ...sidecars, ...artifacts])], note };
}

/** The job's folder and all below it that belong to no other job. */
function* foldersOf(dir: SourceDir, jobs: ReadonlySet<SourceDir>): Generator<SourceDir> {
  yield dir;
  for (const child of dir.dirs.values()) if (child.name !== configFolder && !jobs.has(child)) yield* foldersOf(child, jobs);
}

/** Nothing lies there that another reader might read: then the configuration is all there is of the run. */
function isLone(root: SourceDir, folders: readonly SourceDir[]): boolean {
  const below = folders.filter((dir) => dir !== root).some((dir) => dir.files.size > 0);
  return !below && ![...root.files.values()].some(({ name }) => otherLog.test(name));
}
