// Reads a folder of code into a project: lists, parses file after file, lets go of each tree. Bounded, and it can be cancelled.

import { paceOf } from '../../base/pace';
import { readWhole } from '../../formats/bytes';
import { decodeUtf8 } from '../../formats/text';
import { defaultLimits } from '../../source/reader';
import { SourceError, type SourceFile, type SourceTree } from '../../source/source';
import type { CodeText, PyModule } from '../python/module';
import { type Asset, PythonParser } from '../python/parse';
import { projectFiles, type SetupLimits, setupLimits } from './files';
import { type Notebook, readNotebook } from './notebook';
import { moduleOf, Project } from './project';

export interface ReadProjectContext {
  readonly signal: AbortSignal;
  readonly asset: Asset;
  readonly limits?: SetupLimits;
  /** Files parsed so far, of how many. */
  progress?(done: number, all: number): void;
}

/** Settings files beyond this hold data. */
export const mostSettingsBytes = 256 * 1024;

/**
 * The project in a folder, or of one file.
 * @throws whatever the signal was aborted with
 */
export async function readProject(tree: SourceTree, context: ReadProjectContext): Promise<Project> {
  const { signal, limits = setupLimits } = context;
  const files = projectFiles(tree.root, tree.named, limits);
  const skipped = [...files.skipped];
  const parser = await PythonParser.create(context.asset);
  const pace = paceOf(signal);
  try {
    const modules: PyModule[] = [];
    const notebooks = new Map<string, Notebook>();
    const all = [...files.python, ...files.notebooks];
    for (const [at, file] of all.entries()) {
      await pace.turn();
      context.progress?.(at, all.length);
      const text = await textOf(file, signal);
      const code = text === null ? null : codeOf(file, text, notebooks, skipped);
      const module = code && moduleOf(code, parser);
      if (module) modules.push(module);
      else if (text === null) skipped.push({ path: file.path, reason: 'it could not be read' });
      else if (code) skipped.push({ path: file.path, reason: 'it is too large or too deep to be parsed' });
    }
    const settings = new Map<string, string>();
    for (const file of new Set([...files.settings, ...files.environment, ...(files.gitIgnore ? [files.gitIgnore] : [])])) {
      signal.throwIfAborted();
      const text = file.size > mostSettingsBytes ? null : await textOf(file, signal);
      if (text !== null) settings.set(file.path, text);
    }
    return new Project({ ...files, skipped }, modules, notebooks, settings);
  } finally {
    pace.close();
    parser.close();
  }
}

async function textOf(file: SourceFile, signal: AbortSignal): Promise<string | null> {
  try {
    return decodeUtf8(await readWhole(file, defaultLimits, signal)).text.replaceAll('\r\n', '\n');
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return null;
  }
}

function codeOf(file: SourceFile, text: string, notebooks: Map<string, Notebook>, skipped: { path: string; reason: string }[]): CodeText | null {
  if (!file.name.endsWith('.ipynb')) return { path: file.path, text, cells: null };
  try {
    const notebook = readNotebook(file.path, text);
    if (notebook) notebooks.set(file.path, notebook);
    else skipped.push({ path: file.path, reason: 'it is no Python notebook' });
    return notebook?.code ?? null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    skipped.push({ path: file.path, reason: 'it is no JSON' });
    return null;
  }
}
