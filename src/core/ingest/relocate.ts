// Paths of a run that becomes part of a run further up: artifacts, evidence and contents named from there.

import type { Evidence, Fact } from '../model/facts';
import type { MediaItem } from '../model/media';
import type { Artifact, ReadRun } from '../model/run';

/**
 * The run with its paths relative to another folder.
 * @param home the folder that its paths are relative to now, and `root` the one above it; both relative to the PATH given
 * @param label tells media that are embedded in this run's files from those of the others
 * @param places artifacts that do not lie where their path says → where they lie, relative to the PATH given
 */
export function relocated(read: ReadRun, home: string, root: string, places: ReadonlyMap<string, string>, label: string): ReadRun {
  const prefix = home === root ? '' : `${below(root, home)}/`;
  const hasMedia = read.run.media.some(({ items }) => items !== undefined);
  if (prefix === '' && places.size === 0 && !hasMedia) return read;
  const moved = new Map<string, string>();
  const artifacts = read.run.artifacts.map((artifact): Artifact => {
    if (artifact.kind === 'reference') return artifact;
    const place = places.get(artifact.path);
    const path = place === undefined ? prefix + artifact.path : below(root, place);
    moved.set(artifact.path, path);
    return { ...artifact, path };
  });
  // A reader may name a file that is no artifact: then it lies below the run's folder.
  const pathOf = (path: string): string => moved.get(path) ?? (embedded.test(path) ? `${path}-${label}` : prefix + path);
  const item = (one: MediaItem): MediaItem => (one.content === null ? one : { ...one, content: pathOf(one.content) });
  const media = read.run.media.map((one) => (one.items ? { ...one, items: one.items.map(item) } : one));
  const evidence = (one: Evidence): Evidence => ({ ...one, file: pathOf(one.file) });
  const fact = (one: Fact): Fact => {
    const found = { ...one, evidence: one.evidence.map(evidence) } as Fact;
    if (found.kind === 'git_patch') return { ...found, value: moved.get(found.value) ?? found.value };
    if (found.kind === 'checkpoint') return { ...found, value: found.value.map((each) => ({ ...each, path: moved.get(each.path) ?? each.path })) };
    return found;
  };
  return {
    run: { ...read.run, artifacts, media, facts: read.run.facts.map(fact) },
    points: read.points,
    contents: read.contents.map((content) => ({ ...content, path: pathOf(content.path) })),
  };
}

/** How the shelf names what has no file of its own (media-shelf). */
const embedded = /^@+media\/\d+$/;

/** `path` as seen from `root`; in an archive `!` parts them. */
const below = (root: string, path: string): string => (root === '.' ? path : path.slice(root.length + 1));
