// Where the artifacts of a database's runs lie: in folders beside it, as MLflow and its server make them.

import { dirAt, pathBelow, type SourceDir } from '../../source/source';
import type { ArtifactFolder } from '../_mlflow/artifacts';
import type { StoredRun } from '../_mlflow/stored';
import type { ModelOutput } from './store';

const usualNames: ReadonlySet<string> = new Set(['mlartifacts', 'mlruns', 'mlflow-artifacts', 'artifacts']);
const runId = /^[0-9a-f]{32}$/;

/** Folders beside a database that hold artifacts of runs: by their usual names, or because they are built like it. */
export function artifactRoots(beside: SourceDir): readonly SourceDir[] {
  return [...beside.dirs.values()].filter((dir) => usualNames.has(dir.name) || holdsRuns(dir) || [...dir.dirs.values()].some(holdsRuns));
}

const holdsRuns = (experiment: SourceDir): boolean => [...experiment.dirs].some(([name, dir]) => runId.test(name) && dir.dirs.has('artifacts'));

/** The run's own artifacts, and the models that it logged (MLflow 3 keeps them beside the runs). */
export function artifactFolders(run: StoredRun, models: readonly ModelOutput[], beside: SourceDir, roots: readonly SourceDir[]): readonly ArtifactFolder[] {
  const folders: ArtifactFolder[] = [];
  const own = byUri(run, beside) ?? firstOf(roots, (root) => experimentOf(root, run)?.dirs.get(run.id) ?? root.dirs.get(run.id))?.dirs.get('artifacts');
  if (own) folders.push({ dir: own, prefix: '', step: null });
  for (const { id, step } of models) {
    const model = firstOf(roots, (root) => experimentOf(root, run)?.dirs.get('models')?.dirs.get(id)?.dirs.get('artifacts'));
    if (model) folders.push({ dir: model, prefix: `${pathBelow(beside, model)}/`, step });
  }
  return folders;
}

const experimentOf = (root: SourceDir, { experimentId }: StoredRun): SourceDir | undefined => (experimentId === null ? undefined : root.dirs.get(experimentId));

function firstOf<T>(roots: readonly SourceDir[], find: (root: SourceDir) => T | undefined): T | undefined {
  for (const root of roots) {
    const found = find(root);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The longest end of the stored address that is a folder here: the rest is of the machine that trained. It must name the run. */
function byUri({ id, artifactUri }: StoredRun, beside: SourceDir): SourceDir | undefined {
  const path = (artifactUri ?? '').replace(/^[a-z][\w+.-]*:\/*/i, '').replaceAll('\\', '/');
  const parts = path.split('/').filter((part) => part !== '');
  const last = parts.lastIndexOf(id);
  for (let from = Math.max(0, parts.length - 12); from <= last; from++) {
    const end = parts.slice(from).join('/');
    const found = dirAt(beside, end) ?? dirAt(beside, decoded(end));
    if (found) return found;
  }
  return undefined;
}

function decoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) =>
    new TextDecoder().decode(Uint8Array.from(bytes.slice(1).split('%'), (hex) => Number.parseInt(hex, 16))),
  );
}
