// A workspace as a file: to hand on, or to keep apart from the store.

import { fromLosslessJson, toLosslessJson } from '../../core/base/lossless';
import { emptyWorkspace, parseWorkspace, type Workspace } from './workspace';

export const workspaceFileVersion = 1;
const format = 'diptych-workspace';

/** The workspace as JSON text. Runs are named by id: it fits wherever the same runs are imported. */
export function workspaceToFile(workspace: Workspace): string {
  return toLosslessJson({ format, version: workspaceFileVersion, workspace: toPlain(workspace) });
}

/**
 * A workspace out of a file.
 * @throws Error with words for people when it is none, or of a newer version
 */
export function workspaceFromFile(text: string): Workspace {
  let file: unknown;
  try {
    file = fromLosslessJson(text);
  } catch {
    throw new Error('This file is no workspace: it is not JSON.');
  }
  const { format: found, version, workspace } = (typeof file === 'object' && file !== null ? file : {}) as Record<string, unknown>;
  if (found !== format || typeof version !== 'number') throw new Error('This file is no workspace of Diptych.');
  if (version > workspaceFileVersion) throw new Error(`This workspace has version ${version}; this Diptych reads up to ${workspaceFileVersion}.`);
  const read = parseWorkspace(fromPlain(workspace));
  return { ...read, id: read.id || emptyWorkspace().id };
}

/** Maps and sets as JSON: `{"map": […]}`, `{"set": […]}`; an object with one such key is marked so that it comes back as it was. */
function toPlain(value: unknown): unknown {
  if (value instanceof Map) return { map: [...value].map(toPlain) };
  if (value instanceof Set) return { set: [...value].map(toPlain) };
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value !== 'object' || value === null) return value;
  const plain = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toPlain(member)]));
  return isMarked(plain) ? { object: Object.entries(plain) } : plain;
}

function fromPlain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromPlain);
  if (typeof value !== 'object' || value === null) return value;
  const [entry, ...more] = Object.entries(value);
  if (entry && more.length === 0 && Array.isArray(entry[1])) {
    const members = entry[1].map(fromPlain);
    if (entry[0] === 'set') return new Set(members);
    if (entry[0] === 'map') return new Map(members.filter(isPair));
    if (entry[0] === 'object') return Object.fromEntries(members.filter(isPair));
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, fromPlain(member)]));
}

const isMarked = (plain: object): boolean => {
  const keys = Object.keys(plain);
  return keys.length === 1 && ['map', 'set', 'object'].includes(keys[0] ?? '');
};
const isPair = (value: unknown): value is [string, unknown] => Array.isArray(value) && value.length === 2;
