// Puts paths and their values together again into what was logged: objects, lists and values within each other.

import type { Value, Values } from '../../model/values';
import type { PathPart, Stored } from './encoding';

/** Deeper paths are left out. */
const maxDepth = 64;
/** Places of a list that nothing was stored for, in all; a damaged index could ask for billions. */
const maxGaps = 10_000;

class Branch {
  list = false;
  readonly children = new Map<PathPart, Branch | Value>();
}

/** A tree that grows path by path, in any order. */
export class Tree {
  readonly #root = new Branch();

  /** Takes one value in. False where the path is too deep. */
  put(path: readonly PathPart[], stored: Stored): boolean {
    const last = path.at(-1);
    if (last === undefined || path.length > maxDepth) return path.length === 0;
    let branch = this.#root;
    for (const part of path.slice(0, -1)) branch = branchAt(branch, part);
    if (stored.kind === 'value') branch.children.set(last, stored.value);
    else if (stored.kind === 'bytes') branch.children.set(last, `<${stored.bytes.length} bytes>`);
    else if (stored.kind === 'blob') branch.children.set(last, '<data>');
    else branchAt(branch, last).list = stored.kind === 'array';
    return true;
  }

  /** What stands at a path; undefined where nothing does. */
  at(...path: readonly PathPart[]): Value | undefined {
    let found: Branch | Value | undefined = this.#root;
    for (const part of path) found = found instanceof Branch ? found.children.get(part) : undefined;
    return found instanceof Branch ? joined(found) : found;
  }

  /** Names of what stands below a path. */
  keys(...path: readonly PathPart[]): PathPart[] {
    let found: Branch | Value | undefined = this.#root;
    for (const part of path) found = found instanceof Branch ? found.children.get(part) : undefined;
    return found instanceof Branch ? [...found.children.keys()] : [];
  }
}

function branchAt(parent: Branch, part: PathPart): Branch {
  const there = parent.children.get(part);
  if (there instanceof Branch) return there;
  const made = new Branch();
  parent.children.set(part, made);
  return made;
}

const plain = (child: Branch | Value): Value => (child instanceof Branch ? joined(child) : child);

function joined({ list, children }: Branch): Value {
  return list ? listOf(children) : (Object.fromEntries([...children].map(([part, child]) => [String(part), plain(child)])) as Values);
}

function listOf(children: ReadonlyMap<PathPart, Branch | Value>): Value[] {
  const places = [...children].filter((child): child is [number, Branch | Value] => typeof child[0] === 'number' && child[0] >= 0);
  const items: Value[] = [];
  let gaps = maxGaps;
  for (const [place, child] of places.sort(([a], [b]) => a - b)) {
    gaps -= place - items.length;
    if (gaps < 0) break;
    while (items.length < place) items.push(null);
    items.push(plain(child));
  }
  return items;
}
