// Everything that a run holds as one flat list: each attribute with its place in a tree, its value as a line, and what it is.

import type { Fact } from '../model/facts';
import type { Media } from '../model/media';
import { type Artifact, contextText, type Run, type Series } from '../model/run';
import type { Value, Values } from '../model/values';
import { formats } from '../readers';
import { shortNumber as chartNumber } from './chart-numbers';
import { bytesText, counted, isoText, missingText, shortNumber, typeText, valueText } from './format';

/** `path`: all of a run in one tree of names, as Neptune showed it. `kind`: params, metrics, files … each in a folder of its own. */
export type AttributeOrder = 'path' | 'kind';

export type AttributeKind = 'about' | 'param' | 'summary' | 'tag' | 'series' | 'media' | 'file' | 'fact';

interface Placed {
  /** Unique within the run. */
  readonly id: string;
  /** As the tracker names it. */
  readonly path: string;
  /** Folders, then the name. Never empty. */
  readonly parts: readonly string[];
  /** The value as a short line. */
  readonly text: string;
  readonly type: string;
}

export type Attribute = Placed &
  (
    | { readonly kind: 'about' | 'param' | 'summary' | 'tag'; readonly value: Value }
    | { readonly kind: 'fact'; readonly value: Value; readonly fact: Fact }
    /** `index` in `run.series`. */
    | { readonly kind: 'series'; readonly series: Series; readonly index: number }
    | { readonly kind: 'media'; readonly media: Media }
    | { readonly kind: 'file'; readonly artifact: Artifact }
  );

/** Folders of the order by kind, in this order. */
const folders: readonly (readonly [AttributeKind, string])[] = [
  ['about', 'run'],
  ['param', 'params'],
  ['summary', 'summary'],
  ['series', 'metrics'],
  ['media', 'media'],
  ['tag', 'tags'],
  ['file', 'files'],
  ['fact', 'facts'],
];
const folderOf = new Map(folders);
/** Place of a top folder in the order by kind; 0 for any other. */
export const folderRank = (label: string): number => folders.findIndex(([, folder]) => folder === label) + 1;

/** Deeper than this, the rest of a name stays in one piece. */
const mostParts = 32;
/** Characters of a value that are shown in a row and searched. */
const longestLine = 300;
/** Values inside of dicts that become attributes of their own; beyond, a dict is one value. */
const mostUnfolded = 50_000;

/** How the tracker of a run shows it: Neptune's runs are one tree of names. */
export const naturalOrder = (format: string): AttributeOrder => (formats.find(({ id }) => id === format)?.family === 'neptune' ? 'path' : 'kind');

/**
 * Everything that a run holds, in no particular order. Dicts are unfolded. Names are cut at `/`; a name without one, as flattened configs
 * have them, at `.`.
 */
export function attributesOf(run: Run, order: AttributeOrder): readonly Attribute[] {
  const found: Attribute[] = [];
  const place = placer(order);
  const room = { left: mostUnfolded };
  const put = (kind: 'about' | 'param' | 'summary' | 'tag', values: Values): void => {
    for (const [name, value] of Object.entries(values))
      for (const one of unfolded(name, partsOf(name), value, room))
        found.push({
          kind,
          id: `${kind} ${one.path}`,
          path: one.path,
          parts: place(kind, one.parts),
          text: line(valueText(one.value)),
          type: typeText(one.value),
          value: one.value,
        });
  };
  put('about', aboutOf(run));
  put('param', run.params);
  put('summary', run.summary);
  put('tag', run.tags);
  for (const [index, series] of run.series.entries()) {
    const { parts, context } = inContext(series.name, series.context);
    found.push({
      kind: 'series',
      id: `series ${series.name} ${context}`,
      path: series.name,
      parts: place('series', parts),
      text: series.last === null ? missingText : shortNumber(series.last, 7),
      type: counted(series.count, 'point'),
      series,
      index,
    });
  }
  for (const media of run.media) {
    const { parts, context } = inContext(media.name, media.context ?? {});
    found.push({
      kind: 'media',
      id: `media ${media.kind} ${media.name} ${context}`,
      path: media.name,
      parts: place('media', parts),
      text: `${counted(media.count, 'entry', 'entries')} of ${media.kind}`,
      type: 'media',
      media,
    });
  }
  for (const artifact of run.artifacts) {
    const text = artifact.kind === 'reference' ? 'elsewhere' : bytesText(artifact.size);
    const parts = place('file', cut(artifact.path, '/'));
    found.push({ kind: 'file', id: `file ${artifact.path}`, path: artifact.path, parts, text, type: artifact.kind, artifact });
  }
  for (const fact of run.facts)
    for (const one of unfolded(fact.kind, [fact.kind], fact.value as Value, room))
      found.push({
        kind: 'fact',
        id: `fact ${one.path}`,
        path: one.path,
        parts: place('fact', one.parts),
        text: line(valueText(one.value)),
        type: typeText(one.value),
        value: one.value,
        fact,
      });
  return found;
}

/** What is copied of an attribute: its value at full precision. */
export function attributeText(attribute: Attribute): string {
  switch (attribute.kind) {
    case 'series':
      return attribute.series.last === null ? '' : valueText(attribute.series.last);
    case 'media':
      return attribute.text;
    case 'file':
      return attribute.path;
    default:
      return valueText(attribute.value);
  }
}

/** A series in numbers: `1,200 points, steps 0 to 1199, 0.1 to 2.3, mean 0.5`. */
export function seriesText({ count, finite, firstStep, lastStep, min, max, mean }: Series): string {
  const lost = count - finite;
  return [
    counted(count, 'point') + (lost > 0 ? ` (${lost} not finite)` : ''),
    firstStep === null ? 'steps not logged' : `steps ${chartNumber(firstStep, 12)} to ${chartNumber(lastStep ?? firstStep, 12)}`,
    ...(min === null || max === null ? [] : [`${shortNumber(min)} to ${shortNumber(max)}`]),
    ...(mean === null ? [] : [`mean ${shortNumber(mean)}`]),
  ].join(', ');
}

/** In one tree of names, a bare tag and what we know ourselves still have folders: they are no names of the run's. */
function placer(order: AttributeOrder): (kind: AttributeKind, parts: readonly string[]) => readonly string[] {
  const inFolder = (kind: AttributeKind, parts: readonly string[]): readonly string[] => [folderOf.get(kind) as string, ...parts];
  if (order === 'kind') return inFolder;
  return (kind, parts) => (kind === 'about' || kind === 'fact' || (kind === 'tag' && parts.length === 1) ? inFolder(kind, parts) : parts);
}

const partsOf = (name: string): readonly string[] => cut(name, name.includes('/') ? '/' : '.');

function cut(name: string, separator: string): readonly string[] {
  const parts = name.split(separator, mostParts);
  const taken = parts.reduce((sum, part) => sum + part.length + 1, -1);
  const rest = taken < name.length ? [...parts.slice(0, -1), `${parts.at(-1)}${name.slice(taken)}`] : parts;
  // `…/` and `.x` leave empty pieces: they stay with their neighbour, so that every row has a name.
  return rest.some((part) => part === '') ? joined(rest, separator) : rest;
}

function joined(parts: readonly string[], separator: string): readonly string[] {
  const kept: string[] = [];
  let lead = '';
  for (const part of parts) {
    if (part === '') lead += separator;
    else {
      kept.push(lead + part);
      lead = '';
    }
  }
  if (kept.length === 0) return [lead.slice(1) || '""'];
  return lead === '' ? kept : [...kept.slice(0, -1), (kept.at(-1) as string) + lead];
}

function inContext(name: string, values: Values): { readonly parts: readonly string[]; readonly context: string } {
  const parts = partsOf(name);
  const context = contextText(values);
  return { parts: context === '' ? parts : [...parts.slice(0, -1), `${parts.at(-1)} [${context}]`], context };
}

interface Unfolded {
  readonly path: string;
  readonly parts: readonly string[];
  readonly value: Value;
}

/** A dict as one attribute a member, nested ones too; anything else as it is. */
function* unfolded(path: string, parts: readonly string[], value: Value, room: { left: number }): Generator<Unfolded> {
  const members = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value as Values) : [];
  if (members.length === 0 || members.length > room.left || parts.length >= mostParts) yield { path, parts, value };
  else {
    room.left -= members.length;
    for (const [key, member] of members) yield* unfolded(`${path}.${key}`, [...parts, key === '' ? '""' : key], member, room);
  }
}

const line = (text: string): string => {
  const flat = (text.length > longestLine ? `${text.slice(0, longestLine)}…` : text).replace(/\s+/g, ' ');
  return flat === '' ? '""' : flat;
};

/** What is known of the run as a whole; what is not known is left out. */
function aboutOf(run: Run): Values {
  const known: Record<string, Value> = {
    name: run.name,
    experiment: run.experiment,
    group: run.group,
    job_type: run.jobType,
    parent: run.parent,
    status: run.status,
    native_status: run.nativeStatus,
    started: isoText(run.startedMs) ?? null,
    ended: isoText(run.endedMs) ?? null,
    user: run.user,
    notes: run.notes,
    deleted: run.deleted || null,
    id: run.nativeId,
    diptych_id: run.id,
    format: run.format,
    format_version: run.formatVersion,
    path: run.path,
  };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null));
}
