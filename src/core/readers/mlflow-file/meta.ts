// The meta.yaml files of a store: what each kind says, tolerant of empty and half-written ones.

import { readWhole } from '../../formats/bytes';
import { isObject } from '../../formats/flatten';
import { decodeUtf8 } from '../../formats/text';
import { parseYamlText } from '../../formats/yaml';
import type { Value } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import { type SourceDir, SourceError, type SourceFile } from '../../source/source';

export interface Meta {
  /** Text of a field; null where it is absent, empty or null. */
  text(key: string): string | null;
  /** Milliseconds or another whole number. */
  number(key: string): number | null;
  /** A nested map's text. */
  nested(key: string, inner: string): string | null;
  /** The file ends in the middle of a line: that line was left out, and what follows it is unknown. */
  readonly cut: boolean;
}

/**
 * Reads a meta.yaml, every scalar as text: a run id `12e345` stays what it is.
 * @returns null where the file is empty, unreadable or no YAML map: MLflow overwrites in place, so one may be met half-written
 */
export async function readMeta(file: SourceFile, context: Pick<ReadContext, 'limits' | 'signal'>): Promise<Meta | null> {
  let text: string;
  try {
    ({ text } = decodeUtf8(await readWhole(file, context.limits, context.signal)));
  } catch (error) {
    if (error instanceof SourceError) return null;
    throw error;
  }
  // MLflow ends every line, the last one too: what has no line feed may be half a number.
  const end = text.lastIndexOf('\n') + 1;
  const cut = end < text.length;
  const map = mapOf(text.slice(0, end));
  if (!map) return null;
  const textOf = (value: Value | undefined): string | null => (typeof value === 'string' && !/^(null|~|)$/i.test(value) ? value : null);
  const own = (from: Readonly<Record<string, Value>>, key: string): Value | undefined => (Object.hasOwn(from, key) ? from[key] : undefined);
  return {
    text: (key) => textOf(own(map, key)),
    number: (key) => {
      const digits = textOf(own(map, key));
      return digits !== null && /^[+-]?\d+(\.\d+)?$/.test(digits) ? Number(digits) : null;
    },
    nested: (key, inner) => {
      const value = own(map, key);
      return isObject(value) ? textOf(own(value, inner)) : null;
    },
    cut,
  };
}

function mapOf(text: string): Readonly<Record<string, Value>> | null {
  try {
    const value = parseYamlText(text);
    return isObject(value) && Object.keys(value).length > 0 ? value : null;
  } catch {
    return null;
  }
}

export type MetaKind = 'run' | 'experiment' | 'half' | 'other';

/**
 * Which kind of meta.yaml the first bytes of one are. Keys are sorted, so the telling one is the first line: a run has an
 * artifact URI, an experiment a location; models and their versions name a creation time stamp. `half` has not even one line.
 */
export function metaKind(head: Uint8Array): MetaKind {
  const { text } = decodeUtf8(head);
  if (!text.includes('\n')) return 'half';
  if (/^(artifact_uri|run_uuid):/m.test(text)) return 'run';
  if (/^(model_id|creation_timestamp):/m.test(text)) return 'other';
  return /^(artifact_location|experiment_id):/m.test(text) ? 'experiment' : 'other';
}

/** Names directly below an experiment that are never runs. */
const reserved: ReadonlySet<string> = new Set(['tags', 'datasets', 'traces', 'models', 'assessments']);

/** Whether a folder looks like a run by its sub-folders, for one whose meta.yaml is missing, empty or cut. */
export const hasRunParts = (dir: SourceDir): boolean =>
  !reserved.has(dir.name) && (dir.dirs.has('metrics') || dir.dirs.has('params') || (dir.dirs.has('tags') && dir.dirs.has('artifacts')));

/** Files that desktops leave in every folder; each would be a param or metric of its own. */
export const isLitter = (name: string): boolean => /^(\.DS_Store|\._.*|Thumbs\.db|desktop\.ini)$/.test(name);
