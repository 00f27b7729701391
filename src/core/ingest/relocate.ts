// Paths of a run that becomes part of a run further up: artifacts, evidence and contents named from there.

import type { Evidence, Fact } from '../model/facts';
import { isEmbedded, type Media, type MediaItem } from '../model/media';
import { contentsOfTable, parseTable, type TableCell, tableBytes } from '../model/media-forms';
import type { Artifact, Content, ReadRun } from '../model/run';

/**
 * The run with its paths relative to another folder.
 * @param home the folder that its paths are relative to now, and `root` the one above it; both relative to the PATH given
 * @param places artifacts that do not lie where their path says → where they lie, relative to the PATH given
 */
export function relocated(read: ReadRun, home: string, root: string, places: ReadonlyMap<string, string>): ReadRun {
  const prefix = home === root ? '' : `${below(root, home)}/`;
  if (prefix === '' && places.size === 0) return read;
  const moved = new Map<string, string>();
  const artifacts = read.run.artifacts.map((artifact): Artifact => {
    if (artifact.kind === 'reference') return artifact;
    const place = places.get(artifact.path);
    const path = place === undefined ? prefix + artifact.path : below(root, place);
    moved.set(artifact.path, path);
    return { ...artifact, path };
  });
  // A reader may name a file that is no artifact: then it lies below the run's folder.
  const pathOf = (path: string): string => moved.get(path) ?? prefix + path;
  const evidence = (one: Evidence): Evidence => ({ ...one, file: pathOf(one.file) });
  const fact = (one: Fact): Fact => {
    const found = { ...one, evidence: one.evidence.map(evidence) } as Fact;
    if (found.kind === 'git_patch') return { ...found, value: moved.get(found.value) ?? found.value };
    if (found.kind === 'checkpoint') return { ...found, value: found.value.map((each) => ({ ...each, path: moved.get(each.path) ?? each.path })) };
    return found;
  };
  const contentPath = (path: string): string => (isEmbedded(path) ? path : pathOf(path));
  const kept = new Map(read.contents.map(({ path, bytes }) => [path, bytes]));
  const tables = new Map<string, Content>();
  const item = (one: MediaItem): MediaItem => {
    if (one.content === null) return one;
    const content = contentPath(one.content);
    const table = one.form === 'table' ? tableWith(kept.get(one.content), contentPath) : null;
    if (!table) return { ...one, content };
    tables.set(one.content, { path: content, bytes: table });
    return { ...one, content, size: table.length };
  };
  const media = read.run.media.map((one): Media => (one.items ? { ...one, items: one.items.map(item) } : one));
  return {
    run: { ...read.run, artifacts, media, facts: read.run.facts.map(fact) },
    points: read.points,
    contents: read.contents.map((content) => tables.get(content.path) ?? { ...content, path: contentPath(content.path) }),
  };
}

/** The bytes of a table whose cells name other contents, with their new names; null for any other. */
function tableWith(bytes: Uint8Array | undefined, contentPath: (path: string) => string): Uint8Array<ArrayBuffer> | null {
  const table = bytes ? parseTable(bytes) : null;
  if (!table || contentsOfTable(table).length === 0) return null;
  const cell = (value: TableCell): TableCell => (typeof value === 'object' && value !== null ? { ...value, content: contentPath(value.content) } : value);
  return tableBytes({ ...table, rows: table.rows.map((row) => row.map(cell)) }).bytes;
}

/** `path` as seen from `root`; in an archive `!` parts them. */
const below = (root: string, path: string): string => (root === '.' ? path : path.slice(root.length + 1));
