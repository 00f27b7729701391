// Where Diptych keeps its own files on this machine: the platform's usual places, or all below DIPTYCH_HOME.
import { chmodSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';

export interface UserPaths {
  /** What must last: which places were opened, secrets of this machine. Only the user can read it. */
  readonly data: string;
  /** What can be made again. */
  readonly cache: string;
}

/** Creates the folders on first use. */
export function userPaths(env: NodeJS.ProcessEnv = process.env): UserPaths {
  const home = env.DIPTYCH_HOME;
  const usual = envPaths('diptych', { suffix: '' });
  const found = home ? { data: join(resolve(home), 'data'), cache: join(resolve(home), 'cache') } : { data: usual.data, cache: usual.cache };
  for (const folder of [found.data, found.cache]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(found.data, 0o700);
  return found;
}
