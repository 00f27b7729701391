// DVCLive: a folder with plots/metrics/….tsv and metrics.json, alone or in a DVC project.

import type { Claim, ProbeContext, RunReader } from '../../source/reader';
import { dirAt, type SourceDir, type SourceFile, walkDirs, walkFiles } from '../../source/source';

const confidence = 0.9;
const headBytes = 4096;
const tableEnding = '.tsv';
/** How far above its folder the project of a run may begin. */
const maxAbove = 4;

/** A run's folder, with the curves in it. */
export interface LiveFolder {
  readonly dir: SourceDir;
  readonly tables: readonly SourceFile[];
}

export interface LiveClaim {
  readonly runs: readonly LiveFolder[];
  /** Has dvc.yaml or dvc.lock; null where a run lies alone. */
  readonly project: SourceDir | null;
}

export const reader: RunReader = {
  meta: {
    id: 'dvclive',
    family: 'dvclive',
    title: 'DVCLive',
    tracker: { name: 'DVCLive', short: 'DVC' },
    accepts: 'a `dvclive` folder, or a DVC project with one',
    words: { run: 'experiment' },
    records: { seed: 'optional', config: 'optional', data: 'optional', command: 'optional' },
  },
  async probe(tree, context) {
    if (tree.named) return [];
    const claims = new Map<SourceDir, LiveFolder[]>();
    for (const dir of walkDirs(tree.root)) {
      const tables = tablesIn(dir);
      if (!(await isLive(dir, tables, context))) continue;
      const root = projectOf(dir) ?? dir;
      const runs = claims.get(root);
      if (runs) runs.push({ dir, tables });
      else claims.set(root, [{ dir, tables }]);
    }
    return Promise.all([...claims].map(([root, runs]) => claimOf(root, runs, context)));
  },
  load: () => import('./read'),
};

/** Where the curves of a run lie: the path below is the metric's name. */
export const metricsFolder = (dir: SourceDir): SourceDir | undefined => dirAt(dir, 'plots/metrics');

function tablesIn(dir: SourceDir): SourceFile[] {
  const folder = metricsFolder(dir);
  return folder ? [...walkFiles(folder)].filter(({ name }) => name.endsWith(tableEnding)) : [];
}

/** One column of the first table is `step`, the last is called like the file. */
async function isLive(dir: SourceDir, tables: readonly SourceFile[], context: ProbeContext): Promise<boolean> {
  const [first] = tables;
  if (!first) return false;
  const columns = (new TextDecoder().decode(await context.head(first, headBytes)).split('\n', 1)[0] ?? '').trim().split('\t');
  return columns.includes('step') && (columns.at(-1) === first.name.slice(0, -tableEnding.length) || dir.files.has('metrics.json'));
}

/** The nearest folder at or above with dvc.yaml or dvc.lock. */
function projectOf(dir: SourceDir): SourceDir | null {
  let at: SourceDir | null = dir;
  for (let above = 0; at && above <= maxAbove; above++, at = at.parent) if (at.files.has('dvc.yaml') || at.files.has('dvc.lock')) return at;
  return null;
}

async function claimOf(root: SourceDir, runs: readonly LiveFolder[], context: ProbeContext): Promise<Claim> {
  const isProject = root.files.has('dvc.yaml') || root.files.has('dvc.lock');
  const files: SourceFile[] = [];
  for (const { dir, tables } of runs) {
    files.push(...tables, ...['metrics.json', 'params.yaml', 'report.md', 'report.html'].flatMap((name) => dir.files.get(name) ?? []));
    for (const name of ['plots', 'artifacts']) files.push(...(dir.dirs.has(name) ? walkFiles(dir.dirs.get(name) as SourceDir) : []));
  }
  if (isProject) files.push(...['dvc.yaml', 'dvc.lock', 'params.yaml'].flatMap((name) => root.files.get(name) ?? []));
  // Saved `dvc exp show --csv` and `--json`: one row per experiment, no curve.
  for (const file of isProject ? root.files.values() : []) {
    const head = /\.(?:csv|json)$/i.test(file.name) ? new TextDecoder().decode(await context.head(file, headBytes)) : '';
    if (head.startsWith('Experiment,rev,typ,') || /^\s*\[?\s*\{[\s\S]*"(?:rev|baseline)"\s*:/.test(head)) files.push(file);
  }
  const note: LiveClaim = { runs, project: isProject ? root : null };
  return { root, confidence, key: runs[0]?.tables.slice(0, 1) ?? [], files: [...new Set(files)], note };
}
