// Which runs of a running TensorBoard are one, as for their folders, and their curves.

import { ahead } from '../../base/ahead';
import { pureSha256 } from '../../base/sha256';
import type { Curve } from './curves';
import { parts } from './folders';
import type { TensorBoardApi } from './server';
import type { Session } from './server-sessions';

/** A folder of event files as the server names it. */
export interface Member {
  readonly name: string;
  /** Below the run; '.' for the run itself. */
  readonly below: string;
  readonly tags: readonly string[];
  readonly session: Session | null;
}

export interface NamedCurve {
  readonly tag: string;
  readonly below: string;
  readonly curve: Curve;
}

const tagsAtOnce = 4;

/** Path of a run → names of what is part of it. On Windows the server's names have its own slashes. */
export function gathered(names: Iterable<string>): ReadonlyMap<string, { readonly name: string; readonly below: string }[]> {
  const byPath = new Map([...names].map((name) => [name.replaceAll('\\', '/'), name]));
  const found = new Map<string, { name: string; below: string }[]>();
  for (const [path, name] of byPath) {
    const run = runPathOf(path, byPath);
    const below = path === run ? '.' : run === '.' ? path : path.slice(run.length + 1);
    const there = found.get(run);
    if (there) there.push({ name, below });
    else found.set(run, [{ name, below }]);
  }
  return found;
}

/** The log folder itself has no name of its own. */
export const nameOf = (path: string): string | null => (path === '.' ? null : path);

/** The topmost run above; for a lone `train` or `validation` its parent; else itself. */
function runPathOf(path: string, names: ReadonlyMap<string, unknown>): string {
  if (path === '.' || names.has('.')) return '.';
  const words = path.split('/');
  for (let end = 1; end < words.length; end++) {
    const above = words.slice(0, end).join('/');
    if (names.has(above)) return above;
  }
  return parts.has(words.at(-1) ?? '') ? words.slice(0, -1).join('/') || '.' : path;
}

/** The curves of several runs: each tag is asked for all of them at once. In the order of members and tags. */
export async function curvesOf(runs: readonly (readonly Member[])[], api: TensorBoardApi, signal: AbortSignal): Promise<readonly (readonly NamedCurve[])[]> {
  const byTag = new Map<string, string[]>();
  for (const { name, tags } of runs.flat()) {
    for (const tag of tags) {
      const names = byTag.get(tag);
      if (names) names.push(name);
      else byTag.set(tag, [name]);
    }
  }
  const answers = new Map<string, ReadonlyMap<string, Curve>>();
  for await (const [tag, curves] of ahead(byTag, tagsAtOnce, async ([tag, names]) => [tag, await api.curves(tag, names, signal)] as const))
    answers.set(tag, curves);
  return runs.map((members) =>
    members.flatMap(({ name, below, tags }) =>
      tags.flatMap((tag): NamedCurve[] => {
        const curve = answers.get(tag)?.get(name);
        return curve ? [{ tag, below, curve }] : [];
      }),
    ),
  );
}

const markDigits = 24;

/** Changes with every point: the server says of no run when it changed. */
export function markOf(members: readonly Member[], curves: readonly NamedCurve[]): string {
  const hash = pureSha256();
  const text = (...words: readonly unknown[]): void => hash.update(new TextEncoder().encode(`${JSON.stringify(words)}\n`));
  for (const { below, session } of members)
    text(below, session && [[...session.params].map(([name, value]) => [name, String(value)]), { ...session, params: 0 }]);
  for (const { tag, below, curve } of curves) {
    text(below, tag, curve.values.length, curve.exactSteps ?? null);
    for (const { buffer } of [curve.steps, curve.values, curve.times]) hash.update(new Uint8Array(buffer));
  }
  return hash.hex().slice(0, markDigits);
}
