// Which files a mapping names, and the run that each belongs to.

import { type Issue, issue } from '../../base/issues';
import { decodeUtf8 } from '../../formats/text';
import { anyGlob, type PathTest } from '../../mapping/globs';
import { type Mapping, type MappingDocument, mappingFileBytes } from '../../mapping/mapping';
import { parseMapping } from '../../mapping/parse';
import type { Claim } from '../../source/reader';
import { fileAt, pathBelow, type SourceDir, type SourceFile, type SourceTree, walkFiles } from '../../source/source';
import type { Found } from '../_history/find';
import { artifactsIn, isOwnFile, sidecarsIn } from '../_history/sidecar-names';

/** Files that make up one run, or one file of many runs. */
export interface Unit extends Found {
  readonly mapping: Mapping;
  /** The folder that the mapping file lies in. */
  readonly base: SourceDir;
  /** Files of settings that the mapping names, the nearest of each name. */
  readonly settings: readonly SourceFile[];
}

/** What a probe leaves for the read. */
export interface MappedFiles {
  readonly units: readonly Unit[];
  /** What is wrong with the mapping file, and mappings that name nothing. */
  readonly issues: readonly Issue[];
}

/** A person said so: nothing else is surer. */
const confidence = 1;

/** @param bytes of the mapping file, as many as may be read */
export function claimOf(tree: SourceTree, dir: SourceDir, file: SourceFile, bytes: Uint8Array): Claim {
  const note = read(tree, dir, file, bytes);
  return { root: dir, confidence, key: [file], files: [file, ...filesOf(note.units, dir)], note };
}

/** A mapping that was given along: nothing where it names no file of this tree. What is wrong with it was told to whoever gave it. */
export function givenClaims(tree: SourceTree, text: string): readonly Claim[] {
  const { document } = parseMapping(text);
  const units = document ? unitsOf(tree, tree.root, document).units : [];
  const [first] = units;
  if (!first) return [];
  const note: MappedFiles = { units, issues: [] };
  return [{ root: tree.root, confidence, key: first.logs.slice(0, 1), files: filesOf(units, tree.root), note }];
}

const filesOf = (units: readonly Unit[], dir: SourceDir): readonly SourceFile[] =>
  [...new Set(units.flatMap(({ logs, sidecars, settings }) => [...logs, ...sidecars, ...settings]))].filter((file) => isBelow(dir, file));

function read(tree: SourceTree, dir: SourceDir, file: SourceFile, bytes: Uint8Array): MappedFiles {
  if (file.size > mappingFileBytes) {
    const tip = 'One mapping by a glob does for many files.';
    return { units: [], issues: [issue('too-large', `${file.name} is larger than ${mappingFileBytes} bytes.`, { file: file.path, tip })] };
  }
  const { document, issues } = parseMapping(decodeUtf8(bytes).text, file.path);
  if (!document) return { units: [], issues };
  const { units, idle } = unitsOf(tree, dir, document);
  const told = idle.map((at) => {
    const globs = document.mappings[at]!.files.join(', ');
    return issue('missing-file', `No file is named by ${globs}.`, {
      file: file.path,
      where: `mappings[${at}].files`,
      tip: 'Globs begin in the folder of the mapping file; ** stands for any folders.',
    });
  });
  return { units, issues: [...issues, ...told] };
}

/** The files of each mapping as units; `idle` are the mappings that name no file. A file belongs to the first mapping that names it. */
export function unitsOf(
  tree: SourceTree,
  dir: SourceDir,
  { mappings }: MappingDocument,
): { readonly units: readonly Unit[]; readonly idle: readonly number[] } {
  const tests = mappings.map(({ files }) => testOf(files, tree.named !== null));
  const files: SourceFile[][] = mappings.map(() => []);
  for (const file of tree.named ? [tree.named] : walkFiles(dir)) {
    if (isOwnFile(file.name)) continue;
    const path = pathBelow(dir, file);
    const at = tests.findIndex((test) => test(path));
    if (at >= 0) files[at]!.push(file);
  }
  const units = mappings.flatMap((mapping, at) => grouped(mapping, dir, files[at]!, tree.named !== null));
  return { units, idle: mappings.flatMap((_, at) => (files[at]!.length === 0 ? [at] : [])) };
}

/** A file that was named itself is meant by a glob whatever folders that names. */
const testOf = (globs: readonly string[], named: boolean): PathTest => anyGlob(named ? globs.map((glob) => glob.slice(glob.lastIndexOf('/') + 1)) : globs);

function grouped(mapping: Mapping, base: SourceDir, files: readonly SourceFile[], named: boolean): Unit[] {
  const homes = new Map<string, { readonly home: SourceDir; readonly logs: SourceFile[] }>();
  for (const file of files) {
    const home = homeOf(base, file);
    const known = homes.get(home.path);
    if (known) known.logs.push(file);
    else homes.set(home.path, { home, logs: [file] });
  }
  return [...homes.values()].flatMap(({ home, logs }) => {
    // A log alone in a folder of its own is that folder's run; many runs in one file are the file's.
    const owns = !named && typeof mapping.run !== 'object' && (mapping.run === 'folder' || (logs.length === 1 && home !== base));
    const settings = mapping.paramFiles.flatMap((name) => nearest(base, home, name) ?? []);
    const others = (all: readonly SourceFile[]) => all.filter((file) => !logs.includes(file) && !settings.includes(file));
    const sidecars = owns ? others(sidecarsIn(home)) : [];
    const artifacts = owns ? others(artifactsIn(home)).filter((file) => !sidecars.includes(file)) : [];
    const unit = { mapping, base, home, settings, sidecars, artifacts };
    if (owns) return [{ ...unit, logs, path: home.path }];
    return logs.map((log) => ({ ...unit, logs: [log], path: log.path }));
  });
}

function homeOf(base: SourceDir, file: SourceFile): SourceDir {
  let at = base;
  for (const part of pathBelow(base, file).split('/').slice(0, -1)) at = at.dirs.get(part) ?? at;
  return at;
}

/** The file in the log's folder, or in the nearest one above it, up to the mapping file's. */
function nearest(base: SourceDir, home: SourceDir, name: string): SourceFile | undefined {
  for (let at: SourceDir | null = home; at; at = at === base ? null : at.parent) {
    const found = fileAt(at, name);
    if (found) return found;
    if (at.path === base.path) return undefined;
  }
  return undefined;
}

const isBelow = (dir: SourceDir, file: SourceFile): boolean =>
  dir.path === '.' || (file.path.startsWith(dir.path) && /^[/!]/.test(file.path.slice(dir.path.length)));
