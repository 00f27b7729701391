// What a PATH of a command line means: a path from where the user stands, or the address of a bucket.
import { resolve } from 'node:path';
import type { Source } from '../core/ingest/contract';
import { SettingsError } from '../core/source/tracker';
import { isAddress } from '../host/buckets/address';
import { bucketSource } from '../host/buckets/bucket';
import { type BucketAccess, bucketAccess, isNear } from '../host/buckets/settings';
import { pathSource } from '../host/sources/folder';
import { pollFarAway, type Watch, watchPath } from '../host/watch';
import { UsageError } from './exit';
import type { CliContext } from './verb';
import { version } from './version';

/** The absolute path; an address stays what it is. */
export const placeOf = (path: string, { cwd }: Pick<CliContext, 'cwd'>): string => (isAddress(path) ? path : resolve(cwd, path));

/**
 * What lies at a PATH, as a source.
 * @throws UsageError for an address that cannot be read, with a way to read what lies there
 */
export function sourceOf(path: string, context: CliContext): Source {
  if (!isAddress(path)) return pathSource(resolve(context.cwd, path));
  const waiting = (ms: number, why: string) => context.status(`Waiting ${Math.ceil(ms / 1000)} s: ${why}`);
  return bucketSource(accessTo(path, context), { env: context.env, version, waiting });
}

/** Tells when to look at a PATH again. @throws UsageError as `sourceOf` */
export const watchOf = (path: string, context: CliContext): Watch =>
  isAddress(path) ? pollFarAway(isNear(accessTo(path, context))) : watchPath(resolve(context.cwd, path));

function accessTo(place: string, { env }: CliContext): BucketAccess {
  try {
    return bucketAccess({ place }, env);
  } catch (error) {
    if (error instanceof SettingsError) throw new UsageError(error.message.replace(/\.$/, ''));
    throw error;
  }
}
