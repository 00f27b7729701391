// Finds exports in a tree: folders of parts, the files that were downloaded for them, and the report of errors.

import { isParquet } from '../../formats/parquet-head';
import type { ProbeContext } from '../../source/reader';
import { type SourceDir, SourceError, type SourceFile, walkDirs, walkFiles } from '../../source/source';
import { looksLikeExport } from './marks';

/** The parts of one run, in the order of their numbers. */
export interface PartSet {
  readonly parts: readonly { readonly number: number; readonly file: SourceFile }[];
  /** Parts that were still being written when the exporter stopped. */
  readonly unfinished: readonly SourceFile[];
}

/** A folder of parts: the runs of a project, or its models. */
export interface ProjectFolder {
  readonly sets: readonly PartSet[];
  /** Where the project's files were downloaded to; null where they are not here. */
  readonly files: SourceDir | null;
  /** `models` or `model_versions` for entities of the model registry. */
  readonly scope: string | null;
}

export interface ExportNote {
  readonly folders: readonly ProjectFolder[];
  readonly errors: SourceFile | null;
}

export interface FoundExport {
  readonly root: SourceDir;
  readonly key: readonly SourceFile[];
  readonly files: readonly SourceFile[];
  readonly note: ExportNote;
}

const part = /^(?:(.*)_)?part_(\d{1,9})\.parquet(\.tmp)?$/;
/** Names that the exporter makes unique end in 16 hex digits: a damaged file is still known by them. */
const hashed = /-[0-9a-f]{16}$/;
const scopes: ReadonlySet<string> = new Set(['models', 'model_versions']);
const report = 'neptune_exporter_errors.jsonl';
/** Parquet files of other names that are looked into per folder. */
const mostStrangers = 64;

export async function exportsIn(top: SourceDir, context: ProbeContext): Promise<readonly FoundExport[]> {
  const byRoot = new Map<SourceDir, { key: SourceFile[]; files: Set<SourceFile>; folders: ProjectFolder[]; errors: SourceFile | null }>();
  for (const dir of walkDirs(top)) {
    const sets = await partsIn(dir, context);
    if (sets.length === 0) continue;
    const scope = scopes.has(dir.name) && dir.parent ? dir.name : null;
    const project = scope === null ? dir : (dir.parent as SourceDir);
    const beside = project.parent?.parent ?? null;
    const files = project.parent && beside ? (filesRoot(project.parent, beside)?.dirs.get(project.name) ?? null) : null;
    const errors = reportNear(project);
    const root = errors?.dir ?? (files && beside ? beside : dir);
    const found = byRoot.get(root) ?? { key: [], files: new Set<SourceFile>(), folders: [], errors: errors?.file ?? null };
    byRoot.set(root, found);
    const parts = sets.flatMap((set) => [...set.parts.map(({ file }) => file), ...set.unfinished]);
    if (found.key.length === 0) found.key.push(...parts.slice(0, 1));
    for (const file of parts) found.files.add(file);
    if (files) for (const file of walkFiles(files)) found.files.add(file);
    if (errors) for (const file of errors.dir.files.values()) if (file === errors.file || /^neptune_exporter_.*\.log$/.test(file.name)) found.files.add(file);
    found.folders.push({ sets, files, scope });
  }
  return [...byRoot].map(([root, { key, files, folders, errors }]) => ({ root, key, files: [...files], note: { folders, errors } }));
}

/** `files` beside `data`, `model_files` beside `model_data`. */
function filesRoot(data: SourceDir, beside: SourceDir): SourceDir | undefined {
  const model = data.name.startsWith('model');
  return beside.dirs.get(model ? 'model_files' : 'files') ?? beside.dirs.get('files');
}

/** The exporter writes its report where it was started: beside the data, or a folder or two above. */
function reportNear(project: SourceDir): { readonly dir: SourceDir; readonly file: SourceFile } | null {
  let dir: SourceDir | null = project;
  for (let up = 0; dir && up < 4; up++, dir = dir.parent) {
    const file = dir.files.get(report);
    if (file) return { dir, file };
  }
  return null;
}

async function partsIn(dir: SourceDir, context: ProbeContext): Promise<readonly PartSet[]> {
  const named = new Map<string, { parts: { number: number; file: SourceFile }[]; unfinished: SourceFile[] }>();
  const strangers: SourceFile[] = [];
  for (const file of dir.files.values()) {
    if (!/\.parquet(\.tmp)?$/.test(file.name)) continue;
    const match = part.exec(file.name);
    if (!match) {
      strangers.push(file);
      continue;
    }
    const prefix = match[1] ?? '';
    const set = named.get(prefix) ?? { parts: [], unfinished: [] };
    named.set(prefix, set);
    if (match[3]) set.unfinished.push(file);
    else set.parts.push({ number: Number(match[2]), file });
  }
  const sets: PartSet[] = [];
  if (named.size > 0 && (await isExport(dir, named, context)))
    for (const { parts, unfinished } of named.values()) sets.push({ parts: parts.sort((a, b) => a.number - b.number), unfinished });
  for (const file of strangers.slice(0, mostStrangers)) {
    if (!file.name.endsWith('.tmp') && (await marked(file, context))) sets.push({ parts: [{ number: 0, file }], unfinished: [] });
  }
  return sets;
}

/** One part that shows the exporter's columns speaks for its folder; else the names must be the exporter's. */
async function isExport(dir: SourceDir, named: ReadonlyMap<string, { readonly parts: readonly { readonly file: SourceFile }[] }>, context: ProbeContext) {
  for (const { parts } of [...named.values()].slice(0, 3)) if (parts[0] && (await marked(parts[0].file, context))) return true;
  const folder = scopes.has(dir.name) ? (dir.parent?.name ?? '') : dir.name;
  return hashed.test(folder) && [...named.keys()].every((prefix) => hashed.test(prefix));
}

async function marked(file: SourceFile, context: ProbeContext): Promise<boolean> {
  try {
    return isParquet(await context.head(file, 4)) && (await looksLikeExport(file, context.signal));
  } catch (error) {
    if (error instanceof SourceError) return false;
    throw error;
  }
}
