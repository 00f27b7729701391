// CatBoost's train_dir (catboost_info): its JSON and TSV files; the event files beside them repeat the same curves.

import { eventFilesIn } from '../../formats/event-folder';
import type { Claim, ProbeContext, RunReader } from '../../source/reader';
import { type SourceDir, walkDirs } from '../../source/source';

export const trainingName = 'catboost_training.json';
const tableNames = ['learn_error.tsv', 'test_error.tsv'] as const;
const otherNames = ['time_left.tsv'] as const;
const confidence = 0.95;

export const reader: RunReader = {
  meta: {
    id: 'catboost',
    family: 'catboost',
    title: 'CatBoost training folder',
    tracker: { name: 'CatBoost', short: 'CB' },
    accepts: 'a `catboost_info` folder',
    words: { param: 'parameter' },
    records: {},
  },
  async probe(tree, context) {
    const claims: Claim[] = [];
    for (const dir of walkDirs(tree.root)) {
      const claim = await claimOf(dir, context);
      if (claim && (!tree.named || claim.key.includes(tree.named))) claims.push(claim);
    }
    return claims;
  },
  load: () => import('./read'),
};

async function claimOf(root: SourceDir, context: ProbeContext): Promise<Claim | null> {
  const text = async (name: string, length: number) => {
    const file = root.files.get(name);
    return file ? new TextDecoder().decode(await context.head(file, length)) : '';
  };
  const named = (names: readonly string[]) => names.flatMap((name) => root.files.get(name) ?? []);
  const tables = named(tableNames);
  const isTraining = /^\s*\{\s*"(?:meta|iterations)"/.test(await text(trainingName, 64));
  const isTable = tables[0] !== undefined && /^iter\t\S/.test(await text(tables[0].name, 64));
  if (!isTraining && !isTable) return null;
  const key = isTraining ? named([trainingName]) : tables.slice(0, 1);
  const events = [...root.dirs.values()].filter(({ name }) => /^(?:learn|test\d*)$/.test(name)).flatMap(eventFilesIn);
  return { root, confidence, key, files: [...new Set([...key, ...named([trainingName]), ...tables, ...named(otherNames), ...events])] };
}
