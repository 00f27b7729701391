// LightGBM: the dict of record_evaluation, or the result of cv, dumped as JSON; the lines that it prints.

import type { ProbeContext, RunReader } from '../../source/reader';
import { type SourceDir, type SourceFile, walkDirs } from '../../source/source';
import { claimsOf } from '../_history/find';
import { headRound } from '../_history/round-logs';
import { isConfigFile } from '../_history/sidecar-names';
import { headEvaluations, roundOf } from './evaluations';

/** Surer than any JSON file, less sure than a tracker's own layout. */
const confidence = 0.5;
const headBytes = 64 * 1024;

export const reader: RunReader = {
  meta: {
    id: 'lightgbm',
    family: 'lightgbm',
    title: 'LightGBM evaluations',
    tracker: { name: 'LightGBM', short: 'LGBM' },
    accepts: 'the dict of record_evaluation, or what cv returns, as JSON; what log_evaluation printed',
    words: { param: 'parameter' },
    records: { config: 'optional', commit: 'optional', patch: 'optional', packages: 'optional' },
  },
  async probe(tree, context) {
    const logs = new Set<SourceFile>();
    for (const dir of walkDirs(tree.root)) for (const file of await logsIn(dir, context)) logs.add(file);
    return claimsOf(tree, async (file) => logs.has(file), confidence);
  },
  load: () => import('./read'),
};

/** Dumps, else printed lines: those repeat with fewer digits what was dumped beside them. */
async function logsIn(dir: SourceDir, context: ProbeContext): Promise<readonly SourceFile[]> {
  const files = [...dir.files.values()];
  const dumps: SourceFile[] = [];
  for (const file of files)
    if (/\.json$/i.test(file.name) && !isConfigFile(file.name) && headEvaluations(await context.head(file, headBytes))) dumps.push(file);
  if (dumps.length > 0) return dumps;
  const texts: SourceFile[] = [];
  for (const file of files) if (/\.(?:log|txt|out)$/i.test(file.name) && headRound(await context.head(file, headBytes), roundOf)) texts.push(file);
  return texts;
}
