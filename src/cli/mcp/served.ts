// The folders that a session may read, and what a path in a call means.

import { existsSync, realpathSync } from 'node:fs';
import { isAbsolute, resolve, sep } from 'node:path';
import { UsageError } from '../exit';

export interface Served {
  /** As they really lie, in the order in which they were named. */
  readonly roots: readonly string[];
  /** The one path that a call names, or all served ones where it names none. @throws UsageError outside of them, or where nothing is there */
  resolve(path: string | undefined): readonly string[];
  /** Whether a file lies below a served path, links followed. */
  mayRead(path: string): boolean;
}

/**
 * @param paths as named on the command line
 * @throws UsageError for one that is not there
 */
export function servedPaths(paths: readonly string[], cwd: string): Served {
  const roots = paths.map((path) => {
    const real = realOf(resolve(cwd, path));
    if (real === null) throw new UsageError(`${path} is not there`);
    return real;
  });
  const mayRead = (path: string): boolean => {
    const real = realOf(path);
    return real !== null && roots.some((root) => isBelow(root, real));
  };
  return {
    roots,
    mayRead,
    resolve(path) {
      if (path === undefined) return roots;
      const candidates = isAbsolute(path) ? [path] : roots.map((root) => resolve(root, path));
      const found = candidates.find(mayRead);
      if (found !== undefined) return [realpathSync(found)];
      // What lies outside is refused in the same words whether it exists or not.
      const inside = candidates.some((candidate) => roots.some((root) => isBelow(root, resolve(candidate))));
      throw new UsageError(
        inside && !candidates.some(existsSync)
          ? `there is nothing at '${path}'. Call list_runs without a path to see what is there`
          : `'${path}' is outside of what this server may read. Name a path below ${roots.join(' or ')}, relative to it or whole`,
      );
    },
  };
}

const isBelow = (root: string, path: string): boolean => path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);

function realOf(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
