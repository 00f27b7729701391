// The meta.yaml files of a store: what each kind says, tolerant of empty and half-written ones.

import { decodeUtf8, readWhole } from '../../formats/bytes';
import { parseYamlText } from '../../formats/yaml';
import type { Value } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import type { SourceDir, SourceFile } from '../../source/source';

export interface Meta {
  /** Text of a field; null where it is absent, empty or null. */
  text(key: string): string | null;
  /** Milliseconds or another whole number. */
  number(key: string): number | null;
  /** A nested map's text. */
  nested(key: string, inner: string): string | null;
}

/** @returns null where the file is empty or no YAML map: MLflow overwrites in place, so a reader may meet one half-written */
export async function readMeta(file: SourceFile, context: Pick<ReadContext, 'limits' | 'signal'>): Promise<Meta | null> {
  const { text } = decodeUtf8(await readWhole(file, context.limits, context.signal));
  const map = mapOf(text);
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
      return isMap(value) ? textOf(own(value, inner)) : null;
    },
  };
}

function mapOf(text: string): Readonly<Record<string, Value>> | null {
  try {
    const value = parseYamlText(text);
    return isMap(value) && Object.keys(value).length > 0 ? value : null;
  } catch {
    return null;
  }
}

const isMap = (value: Value | undefined): value is { readonly [key: string]: Value } => typeof value === 'object' && value !== null && !Array.isArray(value);

export type MetaKind = 'run' | 'experiment' | 'other';

/** Which kind of meta.yaml the first bytes of one are. Logged models name a model, runs an artifact URI, experiments a location. */
export function metaKind(head: Uint8Array): MetaKind {
  const { text } = decodeUtf8(head);
  if (/^model_id:/m.test(text)) return 'other';
  if (/^artifact_uri:/m.test(text) || /^run_(uu)?id:/m.test(text)) return 'run';
  return /^(artifact_location|experiment_id):/m.test(text) ? 'experiment' : 'other';
}

/** Names directly below an experiment that are never runs. */
const reserved: ReadonlySet<string> = new Set(['tags', 'datasets', 'traces', 'models', 'assessments']);

/** Whether a folder looks like a run by its sub-folders, for one whose meta.yaml is empty or cut. */
export const hasRunParts = (dir: SourceDir): boolean =>
  !reserved.has(dir.name) && (dir.dirs.has('metrics') || dir.dirs.has('params') || (dir.dirs.has('tags') && dir.dirs.has('artifacts')));
