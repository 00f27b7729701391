// A folder or a file of this machine as a source.
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Source } from '../../core/ingest/contract';
import type { SourceDir, SourceFile, SourceTree } from '../../core/source/source';
import { hostFile, OpenFiles, sourceError } from './open-files';
import { walkFolder } from './walk';

/** A path on this machine: a folder with all below it, or one file. Nothing is read before it is scanned. */
export function pathSource(path: string): Source {
  const files = new OpenFiles();
  const absolute = resolve(path);
  return {
    label: basename(absolute) || absolute,
    async scan(context) {
      let real: string;
      try {
        real = realpathSync(absolute);
        if (!statSync(real).isDirectory()) return scanFile(absolute, files);
      } catch (error) {
        throw sourceError(error, path);
      }
      return { root: await walkFolder(real, basename(absolute), files, context), named: null };
    },
    close: () => files.close(),
  };
}

/** The file alone, with those beside it that belong to it by name: `mlflow.db` has its `mlflow.db-wal`. */
function scanFile(path: string, open: OpenFiles): SourceTree {
  const folder = dirname(path);
  const name = basename(path);
  const names = readdirSync(folder)
    .filter((other) => other === name || other.startsWith(`${name}-`))
    .sort();
  const files = new Map<string, SourceFile>();
  for (const one of names) {
    const found = statSync(join(folder, one), { throwIfNoEntry: false });
    if (found?.isFile()) files.set(one, hostFile(join(folder, one), one, found, open));
  }
  const root: SourceDir = { name: basename(folder), path: '.', parent: null, dirs: new Map(), files };
  return { root, named: files.get(name) ?? null };
}
