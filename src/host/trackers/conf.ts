// A tracker's own configuration file, where its form names one: read, and understood by the tracker.
import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ConfFile, Settings } from '../../core/source/tracker';
import type { Environment } from '../http/wire-up';

const mostBytes = 1024 * 1024;

/** What it says by field, nothing where it is not there or cannot be understood. */
export function confSettings(conf: ConfFile | undefined, env: Environment): Settings {
  if (!conf) return {};
  const home = env.HOME ?? env.USERPROFILE ?? homedir();
  const named = conf.env.map((name) => env[name]?.trim()).find((file) => file);
  for (const file of named ? [named.replace(/^~(?=[\\/])/, home)] : conf.files.map((name) => join(home, name))) {
    try {
      if (statSync(file).size <= mostBytes) return conf.read(readFileSync(file, 'utf8'), (name) => env[name]);
    } catch {
      // Not there, not ours to read, or written by hand with a slip.
    }
  }
  return {};
}
