// Patches as `git apply` takes them, into a folder of their own: the text that it leaves, or what it says.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const hasGit = spawnSync('git', ['--version']).status === 0;

/** Files as bytes or UTF-8 text, with a patch made. @throws with the words of git where it refuses */
export function gitApplied(files: Readonly<Record<string, string | Uint8Array>>, patch: string): Readonly<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'diptych-patch-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    // Outside of any repository, and as written: no line end is turned into another.
    const env = { ...process.env, GIT_CEILING_DIRECTORIES: dirname(folder), GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: join(folder, 'none') };
    const { status, stderr } = spawnSync('git', ['apply', '-'], { cwd: folder, input: patch, encoding: 'utf8', env });
    if (status !== 0) throw new Error(`git apply: ${stderr}\n${patch}`);
    return Object.fromEntries(Object.keys(files).map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
