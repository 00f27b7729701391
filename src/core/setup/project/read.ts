// Reads a folder of code into a project: lists, parses file after file, lets go of each tree. Bounded, and it can be cancelled.

import { paceOf } from '../../base/pace';
import { readWhole } from '../../formats/bytes';
import { decodeUtf8 } from '../../formats/text';
import { defaultLimits } from '../../source/reader';
import { SourceError, type SourceFile, type SourceTree } from '../../source/source';
import type { CodeText, PyModule, TextForm } from '../python/module';
import { type Asset, PythonParser } from '../python/parse';
import { Shelf } from '../python/shelf';
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

/** Nodes of syntax that are kept at hand while rules ask for them: those of about thirty files of two hundred lines. */
const shelfNodes = 50_000;

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
  const shelf = new Shelf<PyModule>(shelfNodes);
  try {
    let held = 0;
    const modules: PyModule[] = [];
    const notebooks = new Map<string, Notebook>();
    const all = [...files.python, ...files.notebooks];
    for (const [at, file] of all.entries()) {
      await pace.turn();
      context.progress?.(at, all.length);
      if (held > limits.characters && file.name.endsWith('.ipynb')) {
        skipped.push({ path: file.path, reason: `the notebooks before it hold more than ${limits.characters} characters` });
        continue;
      }
      if (parser.nodes > limits.nodes) {
        skipped.push({ path: file.path, reason: `the files before it have more than ${limits.nodes} nodes of syntax` });
        continue;
      }
      const read = await textOf(file, signal);
      const code = read === null ? null : codeOf(file, read, notebooks, skipped);
      held += charactersOf(notebooks.get(file.path));
      const module = code && moduleOf(code, parser, shelf);
      if (module) modules.push(module);
      else if (read === null) skipped.push({ path: file.path, reason: 'it could not be read' });
      else if (code) skipped.push({ path: file.path, reason: 'it is too large or too deep to be parsed' });
    }
    const settings = new Map<string, string>();
    for (const file of new Set([...files.settings, ...files.environment, ...(files.gitIgnore ? [files.gitIgnore] : [])])) {
      await pace.turn();
      if (file.size > mostSettingsBytes) continue;
      if (held > limits.characters) {
        skipped.push({ path: file.path, reason: `the settings and notebooks before it hold more than ${limits.characters} characters` });
        continue;
      }
      const read = await textOf(file, signal);
      if (read !== null) settings.set(file.path, read.text);
      held += read?.text.length ?? 0;
    }
    const project = new Project({ ...files, skipped }, modules, notebooks, settings);
    await pace.through(project.link());
    return project;
  } finally {
    pace.close();
    parser.close();
  }
}

const charactersOf = (notebook: Notebook | undefined): number =>
  notebook?.cells.reduce((sum, { source, output }) => sum + source.length + output.length, 0) ?? 0;

type ReadText = Pick<CodeText, 'text' | 'form'>;

async function textOf(file: SourceFile, signal: AbortSignal): Promise<ReadText | null> {
  try {
    const bytes = await readWhole(file, defaultLimits, signal);
    const { text, bad } = decodeUtf8(bytes);
    return { text: text.replaceAll('\r\n', '\n'), form: bad ? null : formOf(text, bytes) };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return null;
  }
}

/** @param text with its own line ends */
function formOf(text: string, [first, second]: Uint8Array): TextForm | null {
  // UTF-16, by its mark.
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return null;
  const mark = first === 0xef && second === 0xbb;
  if (!text.includes('\r\n')) return { lineEnd: '\n', mark };
  return /(^|[^\r])\n/.test(text) ? null : { lineEnd: '\r\n', mark };
}

function codeOf(file: SourceFile, { text, form }: ReadText, notebooks: Map<string, Notebook>, skipped: { path: string; reason: string }[]): CodeText | null {
  if (!file.name.endsWith('.ipynb')) return { path: file.path, text, form, cells: null };
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
