// Folders that the 0.x and 1.x clients of Neptune keep beside the script: logs of operations that wait to be sent.

import type { Claim, ProbeContext, RunReader } from '../../source/reader';
import { type SourceDir, walkDirs, walkFiles } from '../../source/source';
import { neptune } from '../_neptune/meta';
import { type Execution, executionIn } from './find';

/** The executions of one run, oldest first: a resumed run has several. */
export interface OfflineNote {
  readonly executions: readonly Execution[];
}

export const reader: RunReader = {
  meta: {
    id: 'neptune-offline',
    title: 'Neptune offline folder (client 0.x and 1.x)',
    accepts: 'a `.neptune` folder',
    ...neptune,
    // The clients sent commits by another way than the log.
    records: {
      seed: 'optional',
      data: 'optional',
      patch: 'optional',
      packages: 'optional',
      python: 'optional',
      hardware: 'optional',
      command: 'optional',
      config: 'optional',
    },
  },
  async probe(tree, context) {
    const byRun = new Map<string, { dir: SourceDir; execution: Execution }[]>();
    for (const dir of walkDirs(tree.root)) {
      const execution = await found(dir, context);
      if (!execution) continue;
      const key = `${execution.home.path}\0${execution.type}\0${execution.id}`;
      byRun.set(key, [...(byRun.get(key) ?? []), { dir, execution }]);
    }
    return [...byRun.values()].map(claimOf);
  },
  load: () => import('./read'),
};

const found = async (dir: SourceDir, context: ProbeContext) => (dir.files.size === 0 ? null : executionIn(dir, context));

function claimOf(parts: readonly { readonly dir: SourceDir; readonly execution: Execution }[]): Claim {
  // By the time that was written down, else by names, which begin with it (`exec-<seconds>-…`).
  const executions = parts.map(({ execution }) => execution).sort((a, b) => (a.created < b.created ? -1 : a.created > b.created ? 1 : 0));
  const dirs = parts.map(({ dir }) => dir);
  const keys = executions.flatMap(({ logs, metadata }) => [...logs, ...(metadata ? [metadata] : [])]);
  return {
    root: dirs.reduce(commonDir),
    confidence: 0.95,
    key: keys.slice(0, 1),
    files: dirs.flatMap((dir) => [...walkFiles(dir)]),
    note: { executions } satisfies OfflineNote,
  };
}

/** The deepest directory that holds both. */
function commonDir(a: SourceDir, b: SourceDir): SourceDir {
  const above = new Set<SourceDir>();
  for (let dir: SourceDir | null = a; dir; dir = dir.parent) above.add(dir);
  let dir = b;
  while (!above.has(dir) && dir.parent) dir = dir.parent;
  return dir;
}
