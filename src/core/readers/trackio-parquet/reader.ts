// Trackio's projects as Parquet: what it keeps on the Hub, and what it exports for a static page.

import { isParquet } from '../../formats/parquet-head';
import type { Claim, RunReader } from '../../source/reader';
import { type SourceDir, type SourceFile, walkDirs } from '../../source/source';
import { trackio } from '../_trackio/logged';

/** The tables of one project. */
export interface ProjectTables {
  /** Null for an export, which does not tell it. */
  readonly project: string | null;
  readonly metrics: SourceFile | null;
  readonly system: SourceFile | null;
  readonly configs: SourceFile | null;
}

const sidecar = /^(.+)_(?:configs|system)\.parquet$/;

export const reader: RunReader = {
  meta: {
    id: 'trackio-parquet',
    title: 'Trackio tables',
    accepts: '`<project>.parquet` with `<project>_configs.parquet`, or Trackio’s static export',
    ...trackio,
  },
  async probe(tree, context) {
    if (tree.named) return [];
    const claims: Claim[] = [];
    for (const dir of walkDirs(tree.root)) {
      for (const tables of [...projectsIn(dir), ...exportIn(dir)]) {
        const files = [tables.metrics, tables.system, tables.configs].filter((file) => file !== null);
        const [first] = files;
        if (first && isParquet(await context.head(first, 4))) claims.push({ root: dir, confidence: 0.9, key: [first], files, note: tables });
      }
    }
    return claims;
  },
  load: () => import('./read'),
};

/** Projects by their sidecars; one whose database is there is left to that. */
function* projectsIn(dir: SourceDir): Generator<ProjectTables> {
  const names = new Set([...dir.files.keys()].flatMap((name) => sidecar.exec(name)?.[1] ?? []));
  for (const project of [...names].sort()) {
    const table = (end: string) => dir.files.get(`${project}${end}.parquet`) ?? null;
    if (!dir.files.has(`${project}.db`)) yield { project, metrics: table(''), system: table('_system'), configs: table('_configs') };
  }
}

function* exportIn(dir: SourceDir): Generator<ProjectTables> {
  const metrics = dir.files.get('metrics.parquet');
  const others = dir.dirs.get('aux')?.files;
  if (!metrics || !dir.files.has('settings.json') || !(dir.files.has('runs.json') || others?.has('configs.parquet'))) return;
  yield { project: null, metrics, system: others?.get('system_metrics.parquet') ?? null, configs: others?.get('configs.parquet') ?? null };
}
