// Finds the settings of RL Zoo, apart from their reading, which needs a parser that a probe does not.

import type { SourceDir, SourceFile } from '../../source/source';

/** `config.yml` and `args.yml` in the one folder (called after the environment) that holds both. */
export function zooFiles(root: SourceDir): readonly SourceFile[] {
  for (const dir of root.dirs.values()) {
    const files = ['config.yml', 'args.yml'].flatMap((name) => dir.files.get(name) ?? []);
    if (files.length === 2) return files;
  }
  return [];
}
