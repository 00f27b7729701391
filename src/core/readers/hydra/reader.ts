// Hydra: the configuration of a job, in the output folder where the training writes its logs.

import type { Claim, RunReader } from '../../source/reader';
import { type SourceDir, type SourceFile, walkDirs } from '../../source/source';
import { artifactsIn, isConfigFile, sidecarsIn } from '../_history/sidecar-names';

const configFolder = '.hydra';
/** Below every tracker that knows its own folder; above tables and event files, whose run is the job then. */
const confidence = 0.85;

export interface Job {
  readonly config: SourceFile;
  readonly hydra: SourceFile | null;
  readonly overrides: SourceFile | null;
  readonly sidecars: readonly SourceFile[];
  /** Listed and not claimed: a log among them is somebody's to read. */
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
  async probe(tree) {
    return tree.named ? [] : [...walkDirs(tree.root)].flatMap(claimOf);
  },
  load: () => import('./read'),
};

function claimOf(root: SourceDir): Claim[] {
  const own = root.dirs.get(configFolder)?.files;
  const config = own?.get('config.yaml');
  const [hydra = null, overrides = null] = ['hydra.yaml', 'overrides.yaml'].map((name) => own?.get(name) ?? null);
  if (!config || (!hydra && !overrides)) return [];
  // The configuration as a whole is in .hydra; a file of settings beside a log is that log's.
  const sidecars = sidecarsIn(root).filter(({ name }) => !isConfigFile(name));
  const note: Job = { config, hydra, overrides, sidecars, artifacts: artifactsIn(root).filter((file) => !sidecars.includes(file)) };
  const settings = [config, hydra, overrides].filter((file) => file !== null);
  return [{ root, confidence, key: [config], files: [...settings, ...sidecars], companion: true, note }];
}
