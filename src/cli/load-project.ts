// Finds and reads the project file that belongs to the PATHs of a command (docs/project-file.md).

import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Issue } from '../core/base/issues';
import { emptyProject, type Project } from '../core/project/project';
import { parseProject, projectFileBytes, projectFileName } from '../core/project/project-file';
import { isAddress } from '../host/buckets/address';
import { UsageError } from './exit';
import type { CliContext, OptionSpec, VerbArgs } from './verb';

/** The option of every verb that heeds what people state. */
export const projectOptions: Readonly<Record<string, OptionSpec>> = {
  project: { type: 'string', help: `The project file; else ${projectFileName} in a PATH or above it, up to the root of its repository.` },
};

export interface LoadedProject {
  readonly project: Project;
  /** Where it was read from; null where nothing is stated. */
  readonly file: string | null;
  /** Entries that could not be understood. */
  readonly issues: readonly Issue[];
}

/**
 * What is stated about the runs below the PATHs.
 * @throws UsageError where a named file is missing, PATHs lead to different files, or a file is refused: gates must not pass unread
 */
export function loadProject(args: VerbArgs, context: CliContext, paths: readonly string[]): LoadedProject {
  const named = args.text('project');
  const file = named === undefined ? foundFor(paths, context) : resolve(context.cwd, named);
  if (file === null) return { project: emptyProject, file, issues: [] };
  const { project, issues } = parseProject(textOf(file), file);
  if (project) return { project, file, issues };
  const [first] = issues;
  throw new UsageError(`${file}: ${first?.message.replace(/\.$/, '')}. ${first?.tip.replace(/\.$/, '')}`);
}

function foundFor(paths: readonly string[], context: CliContext): string | null {
  const found = new Set(paths.flatMap((path) => (isAddress(path) ? [] : (nearest(resolve(context.cwd, path), context) ?? []))));
  if (found.size > 1) throw new UsageError(`the PATHs belong to different projects: ${[...found].join(', ')}. Name one with --project FILE`);
  return [...found][0] ?? null;
}

/** Looks in the PATH, then upwards as far as a repository's root; outside of a repository one folder up, so that no stranger's file is met. */
function nearest(path: string, context: CliContext): string | null {
  const folders = [path];
  for (let at = path; dirname(at) !== at; at = dirname(at)) folders.push(dirname(at));
  const root = folders.findIndex((folder) => existsSync(resolve(folder, '.git')));
  const own = root < 0 ? 2 : root + 1;
  return (
    folders
      .slice(0, own)
      .map((folder) => resolve(folder, projectFileName))
      .find((file) => isFile(file) && context.mayRead?.(file) !== false) ?? null
  );
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

function textOf(file: string): string {
  try {
    const { size } = statSync(file);
    if (size > projectFileBytes) throw new Error(`it has ${size} bytes`);
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`the project file ${file} cannot be read: ${(error as Error).message}`);
  }
}
