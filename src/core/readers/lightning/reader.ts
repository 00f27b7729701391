// Lightning's own loggers: version folders with hparams.yaml and metrics.csv or event files.

import { eventFilesIn } from '../../formats/event-folder';
import type { Claim, ProbeContext, RunReader } from '../../source/reader';
import { type SourceDir, walkDirs, walkFiles } from '../../source/source';
import { isMetricsHead } from './metrics-csv';

const versionName = /^version_\d+$/;
/** Where both Lightning and Fabric put runs unless told otherwise. */
const defaultFolder = 'lightning_logs';
const headBytes = 64 * 1024;
const confidence = { hparams: 0.92, metrics: 0.9, events: 0.85 };

export const reader: RunReader = {
  meta: {
    id: 'lightning',
    family: 'lightning',
    title: 'Lightning logs',
    tracker: { name: 'Lightning', short: 'PL' },
    accepts: 'a lightning_logs folder, or any version_0 folder of CSVLogger or TensorBoardLogger',
    words: { run: 'version', param: 'hyperparameter' },
    records: { config: 'optional', seed: 'optional' },
  },
  async probe(tree, context) {
    const found = new Map<SourceDir, number>();
    for (const dir of walkDirs(tree.root)) {
      const sure = await likelihood(dir, context);
      if (sure > 0) found.set(dir, sure);
    }
    return [...found].map(([dir, sure]) => claimOf(dir, sure, found));
  },
  load: () => import('./read'),
};

/** How sure it is that a folder is one version of Lightning's loggers; 0 where it is none. */
async function likelihood(dir: SourceDir, context: ProbeContext): Promise<number> {
  const metrics = dir.files.get('metrics.csv');
  const hasMetrics = metrics !== undefined && (metrics.size === 0 || isMetricsHead(await context.head(metrics, headBytes)));
  const hasEvents = eventFilesIn(dir).length > 0;
  const isVersion = versionName.test(dir.name);
  if (dir.files.has('hparams.yaml') && (hasMetrics || hasEvents || isVersion || dir.dirs.has('checkpoints'))) return confidence.hparams;
  if (hasMetrics && isVersion) return confidence.metrics;
  return hasEvents && isVersion && dir.parent?.name === defaultFolder ? confidence.events : 0;
}

/** The loggers' files, event files of sub-runs (`add_scalars`), and checkpoints. A version inside a version is its own run. */
function claimOf(root: SourceDir, sure: number, versions: ReadonlyMap<SourceDir, number>): Claim {
  const own = ['metrics.csv', 'hparams.yaml'].flatMap((name) => root.files.get(name) ?? []);
  const events = eventFilesIn(root);
  const files = [...own, ...['config.yaml'].flatMap((name) => root.files.get(name) ?? []), ...events];
  for (const dir of ownDirs(root, versions)) files.push(...eventFilesIn(dir));
  const checkpoints = root.dirs.get('checkpoints');
  if (checkpoints) files.push(...walkFiles(checkpoints));
  return { root, confidence: sure, key: own.length > 0 ? own : events, files: [...new Set(files)] };
}

function* ownDirs(root: SourceDir, versions: ReadonlyMap<SourceDir, number>): Generator<SourceDir> {
  for (const dir of root.dirs.values()) {
    if (versions.has(dir)) continue;
    yield dir;
    yield* ownDirs(dir, versions);
  }
}
