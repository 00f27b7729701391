// What the practices may know of the Git repository that runs lie in: which folders its ignore files leave out. Git itself is not run.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import type { RunId } from '../core/base/units';
import type { Run } from '../core/model/run';
import type { Repository } from '../core/practices/rule';
import { isAddress } from '../host/buckets/address';
import type { CliContext } from './verb';

/** Nobody writes a longer ignore file. */
const mostBytes = 1024 * 1024;
const secretFiles = ['.env', '.env.local'];

/** The repositories around the PATHs; null where there is none, or none that may be read. */
export function repositoryOf(paths: readonly string[], runs: readonly Run[], { mayRead }: Pick<CliContext, 'mayRead'>): Repository | null {
  const roots = paths.map((path) => (isAddress(path) ? null : rootOf(path))).map((root) => (root !== null && mayRead?.(root) === false ? null : root));
  if (roots.every((root) => root === null)) return null;
  const rules = rulesReader();
  const folders = new Map<RunId, { readonly path: string; readonly ignored: boolean }>();
  for (const run of runs) {
    const root = roots[run.source];
    const given = paths[run.source];
    if (!root || given === undefined) continue;
    const place = placeOf(given, run);
    const files = run.sources.flatMap((source) => source.files).slice(0, 3);
    const ignored = (path: string) => isIgnored(root, path, rules);
    folders.set(run.id, {
      path: posix(relative(root, place)) || '.',
      ignored: ignored(place) || (files.length > 0 && files.every((file) => ignored(join(given, file.split('!')[0] as string)))),
    });
  }
  const exposed = [...new Set(roots.flatMap((root) => (root === null ? [] : secretFiles.map((name) => join(root, name)))))];
  return {
    folders,
    exposed: exposed.filter((file) => isFile(file) && !isIgnored(dirname(file), file, rules)).map((file) => file.split(sep).at(-1) as string),
  };
}

/** A run in an archive or a database lies where that lies. */
function placeOf(given: string, run: Run): string {
  const inside = run.path.split('!')[0] as string;
  return inside === '.' || inside === '' || isFile(given) ? given : join(given, inside);
}

function rootOf(path: string): string | null {
  for (let at = resolve(path); ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return null;
  }
}

/** As Git reads them: files nearer to the path win, and what lies in an ignored folder stays ignored. */
function isIgnored(root: string, path: string, rulesIn: (folder: string) => Ignore | null): boolean {
  const parts = posix(relative(root, path)).split('/');
  if (parts[0] === '..' || parts[0] === '') return false;
  let ignored = false;
  for (let depth = 0; depth < parts.length && !ignored; depth++) {
    const part = join(root, ...parts.slice(0, depth + 1));
    const ending = existsSync(part) && statSync(part).isDirectory() ? '/' : '';
    for (let above = 0; above <= depth; above++) {
      const rules = rulesIn(join(root, ...parts.slice(0, above)));
      if (!rules) continue;
      const found = rules.test(`${parts.slice(above, depth + 1).join('/')}${ending}`);
      if (found.ignored) ignored = true;
      else if (found.unignored) ignored = false;
    }
  }
  return ignored;
}

function rulesReader(): (folder: string) => Ignore | null {
  const known = new Map<string, Ignore | null>();
  return (folder) => {
    const cached = known.get(folder);
    if (cached !== undefined) return cached;
    const texts = [join(folder, '.git', 'info', 'exclude'), join(folder, '.gitignore')].flatMap((file) => textOf(file) ?? []);
    const rules = texts.length === 0 ? null : texts.reduce((all, text) => all.add(text), ignore());
    known.set(folder, rules);
    return rules;
  };
}

/** Null for a file that is not there, not to be read, or too large to be what it should be. */
function textOf(file: string): string | null {
  try {
    return isFile(file) && statSync(file).size <= mostBytes ? readFileSync(file, 'utf8') : null;
  } catch {
    return null;
  }
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();
const posix = (path: string): string => path.split(sep).join('/');
