// The file in which a tracker's own client keeps address and key: read here, understood by the tracker.
import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import type { ClientFile, Settings } from '../../core/source/tracker';
import type { Environment } from '../http/wire-up';

const mostBytes = 1024 * 1024;

/** What it says by field, nothing where it is not there or cannot be understood. */
export function clientSettings(file: ClientFile | undefined, env: Environment): Settings {
  if (!file) return {};
  const home = env.HOME ?? env.USERPROFILE ?? homedir();
  const named = file.env.map((name) => env[name]?.trim()).find((path) => path);
  const place = named?.replace(/^~(?=[\\/])/, home);
  const candidates = place ? [place, join(place, basename(file.files[0]))] : file.files.map((path) => join(home, path));
  for (const path of candidates) {
    try {
      const { size } = statSync(path);
      if (size <= mostBytes) return file.read(readFileSync(path, 'utf8'), (name) => env[name]);
    } catch {
      // Not there, a folder, not ours to read, or written by hand with a slip.
    }
  }
  return {};
}
