// The folders that a session may read, and what a path in a call means.

import { existsSync, realpathSync } from 'node:fs';
import { isAbsolute, resolve, sep } from 'node:path';
import { SettingsError } from '../../core/source/tracker';
import { addressText, bucketAddress, isAddress } from '../../host/buckets/address';
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
    if (isAddress(path)) return bucketOf(path);
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
      const address = roots.flatMap((root) => addressBelow(root, path) ?? [])[0];
      if (address !== undefined) return [address];
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

/** What a path means below a bucket that is served; a prefix never leads up. */
function addressBelow(root: string, path: string): string | null {
  if (!isAddress(root) || isAbsolute(path)) return null;
  if (path === '.') return root;
  const address = bucketOf(isAddress(path) ? path : `${root}/${path}`);
  return address === root || address.startsWith(`${root}/`) ? address : null;
}

function bucketOf(address: string): string {
  try {
    return addressText(bucketAddress(address));
  } catch (error) {
    throw error instanceof SettingsError ? new UsageError(error.message.replace(/\.$/, '')) : error;
  }
}

const isBelow = (root: string, path: string): boolean => path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);

function realOf(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
