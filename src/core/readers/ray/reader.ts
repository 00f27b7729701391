// Ray Tune: an experiment's folder with the folders of its trials, or one of those.

import { eventFilesIn } from '../../formats/event-folder';
import type { Claim, ProbeContext, RunReader } from '../../source/reader';
import { type SourceDir, type SourceFile, walkDirs, walkFiles } from '../../source/source';

const confidence = 0.95;
const headBytes = 64 * 1024;
const stateName = /^experiment_state-.+\.json$/;
/** What Tune writes into a trial's folder, beside event files and checkpoints. */
const trialFiles = ['result.json', 'progress.csv', 'params.json', 'params.pkl', 'error.txt', 'error.pkl', 'stdout', 'stderr'];
const experimentFile = /^(?:experiment_state-|basic-variant-state-|searcher-state-|search_gen_state-|tuner\.pkl$|trainer\.pkl$|\.validate_storage_marker$)/;

export interface Experiment {
  /** The newest: names hold the time at which the experiment was begun or restored. */
  readonly state: SourceFile | null;
  readonly trials: readonly SourceDir[];
}

export const reader: RunReader = {
  meta: {
    id: 'ray',
    family: 'ray',
    title: 'Ray Tune results',
    tracker: { name: 'Ray Tune', short: 'Ray' },
    accepts: 'the folder of an experiment (in `ray_results`), or of one trial',
    words: { run: 'trial', param: 'config entry' },
    records: { seed: 'optional', config: 'auto', end: 'auto' },
  },
  async probe(tree, context) {
    const experiments = new Map<SourceDir, SourceDir[]>();
    for (const dir of walkDirs(tree.root)) {
      if (!(await isTrial(dir, tree.named, context))) continue;
      const root = dir.parent && stateOf(dir.parent) ? dir.parent : dir;
      const trials = experiments.get(root);
      if (trials) trials.push(dir);
      else experiments.set(root, [dir]);
    }
    return [...experiments].map(([root, trials]) => claimOf(root, trials));
  },
  load: () => import('./read'),
};

const stateOf = (dir: SourceDir): SourceFile | null => [...dir.files.values()].findLast(({ name }) => stateName.test(name)) ?? null;

/** Results with an iteration and the trial's id; or a trial that has not reported yet, below an experiment's state. */
async function isTrial(dir: SourceDir, only: SourceFile | null, context: ProbeContext): Promise<boolean> {
  const text = async (name: string) => {
    const file = dir.files.get(name);
    return file && (!only || only === file) ? new TextDecoder().decode(await context.head(file, headBytes)) : '';
  };
  const isResult = (head: string) => head.includes('training_iteration') && /trial_id|experiment_id/.test(head);
  if (isResult(await text('result.json')) || isResult(await text('progress.csv'))) return true;
  if (only || !dir.files.has('params.json')) return false;
  return dir.parent !== null && stateOf(dir.parent) !== null && (dir.files.has('result.json') || dir.files.has('params.pkl'));
}

export const checkpointFolders = (dir: SourceDir): SourceDir[] => [...dir.dirs.values()].filter(({ name }) => name.startsWith('checkpoint_'));

function claimOf(root: SourceDir, trials: readonly SourceDir[]): Claim {
  const own = trials.flatMap((dir) => [
    ...trialFiles.flatMap((name) => dir.files.get(name) ?? []),
    ...eventFilesIn(dir),
    ...checkpointFolders(dir).flatMap((checkpoint) => [...walkFiles(checkpoint)]),
  ]);
  const shared = trials.includes(root) ? [] : [...root.files.values()].filter(({ name }) => experimentFile.test(name));
  const note: Experiment = { state: stateOf(root), trials };
  return { root, confidence, key: own.slice(0, 1), files: [...new Set([...own, ...shared])], note };
}
