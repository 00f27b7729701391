// The `.netrc` file: user and password by host, as curl, git and wandb keep them.
import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../http/wire-up';

const mostBytes = 1024 * 1024;

export interface NetrcEntry {
  readonly login: string;
  readonly password: string;
}

/** The entry of a host, or null. A file that cannot be read has none. */
export function netrcEntry(host: string, env: Environment): NetrcEntry | null {
  const home = env.HOME ?? env.USERPROFILE ?? homedir();
  for (const file of env.NETRC ? [env.NETRC] : [join(home, '.netrc'), join(home, '_netrc')]) {
    try {
      if (statSync(file).size > mostBytes) continue;
      const found = entryOf(readFileSync(file, 'utf8'), host);
      if (found) return found;
    } catch {
      // Not there, or not ours to read.
    }
  }
  return null;
}

/** Words in any layout: `machine HOST login NAME password WORD`; `macdef` runs to an empty line. */
export function entryOf(text: string, host: string): NetrcEntry | null {
  const words = text
    .replace(/^\s*macdef[\s\S]*?\n\s*\n/gm, '')
    .replace(/(?:^|\s)#.*$/gm, '')
    .split(/\s+/);
  for (let at = 0; at < words.length; at++) {
    if (words[at] !== 'machine' || words[at + 1] !== host) continue;
    const fields: Record<string, string> = {};
    for (let next = at + 2; next + 1 < words.length && words[next] !== 'machine' && words[next] !== 'default'; next += 2) {
      const key = words[next];
      if (key) fields[key] = words[next + 1] ?? '';
    }
    return { login: fields.login ?? '', password: fields.password ?? '' };
  }
  return null;
}
