// A workspace as a file: to hand on, or to keep apart from the store.

import * as v from 'valibot';
import { fromLosslessJson, toLosslessJson } from '../../core/base/lossless';
import type { RunId } from '../../core/base/units';
import type { Workspace } from './workspace';
import { checkWorkspace, workspaceVersion } from './workspace-shape';

const format = 'diptych-workspace';
/** Bytes; a workspace over ten thousand runs with notes is a few megabytes. */
export const longestFile = 64 * 1024 * 1024;

/** Version 1 had no names. */
const envelope = v.object({
  format: v.literal(format),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  runs: v.optional(v.array(v.object({ id: v.string(), name: v.pipe(v.string(), v.maxLength(1000)) })), []),
  workspace: v.optional(v.unknown()),
});

/**
 * The workspace as JSON text. Runs are named by id: it fits wherever the same runs are imported.
 * @param names what runs are called, so that one that is missing there can be named
 */
export function workspaceToFile(workspace: Workspace, names: ReadonlyMap<RunId, string> = new Map()): string {
  const runs = [...names].map(([id, name]) => ({ id, name }));
  const { id: _, absent: __, ...rest } = workspace;
  return `${toLosslessJson({ format, version: workspaceVersion, runs, workspace: toPlain(rest) })}\n`;
}

/**
 * A workspace out of a file; its id and which runs are missing are not the file's to say.
 * @throws Error with words for people when it is none, of a newer version, or not as it should be
 */
export function workspaceFromFile(text: string): { readonly workspace: Workspace; readonly names: ReadonlyMap<RunId, string> } {
  let file: unknown;
  try {
    file = fromLosslessJson(text);
  } catch {
    throw new Error('This file is no workspace: it is not JSON.');
  }
  const read = v.safeParse(envelope, file);
  if (!read.success) throw new Error('This file is no workspace of Diptych.');
  const { version, runs, workspace } = read.output;
  if (version > workspaceVersion)
    throw new Error(`This workspace has version ${version}; this Diptych reads up to ${workspaceVersion}. A newer Diptych opens it.`);
  const plain = fromPlain(workspace);
  const checked = checkWorkspace(isObject(plain) ? { ...plain, version, id: 'file', absent: new Map() } : plain);
  if ('wrong' in checked) throw new Error(`The workspace in this file is damaged at ${checked.wrong}.`);
  return { workspace: checked.workspace, names: new Map(runs.map(({ id, name }) => [id as RunId, name])) };
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

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
