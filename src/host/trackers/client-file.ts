// The file in which a tracker's own client keeps address and key: read as what the environment leaves open.
import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import type { Tracker } from '../../core/source/tracker';
import type { Environment } from '../http/wire-up';

const mostBytes = 1024 * 1024;

/** The environment, and below it what the file says. A file that cannot be read says nothing. */
export function withClientFile({ file }: Pick<Tracker, 'file'>, env: Environment): Environment {
  if (!file) return env;
  const named = file.named.map((name) => env[name]).find((value) => value);
  const path = named ?? join(env.HOME ?? env.USERPROFILE ?? homedir(), file.path);
  for (const one of [path, join(path, basename(file.path))]) {
    try {
      const { size } = statSync(one);
      if (size <= mostBytes) return { ...file.variables(readFileSync(one, 'utf8')), ...env };
    } catch {
      // Not there, a folder, or not ours to read.
    }
  }
  return env;
}
