// Flat names back into the nested settings that they were: `optimizer.lr` into `optimizer: {lr}`.

import type { Value, Values } from '../model/values';

/** A Map keeps hostile names such as `__proto__` plain keys. */
export type Nested = Map<string, Nested | Leaf>;

export interface Leaf {
  readonly value: Value;
}

export const isLeaf = (node: Nested | Leaf): node is Leaf => !(node instanceof Map);

/** A name stays flat where a part of it is empty, or where it would have to be a setting and a group at once. */
export function nested(params: Values): Nested {
  const names = Object.keys(params);
  const prefixes = new Set(names);
  const root: Nested = new Map();
  for (const name of names) {
    const leaf: Leaf = { value: params[name] as Value };
    const parts = name.split('.');
    const clashes = parts.includes('') || parts.some((_, i) => i > 0 && prefixes.has(parts.slice(0, i).join('.')));
    if (clashes) {
      root.set(name, leaf);
      continue;
    }
    let node = root;
    for (const part of parts.slice(0, -1)) {
      const next = node.get(part);
      const group: Nested = next !== undefined && !isLeaf(next) ? next : new Map();
      node.set(part, group);
      node = group;
    }
    node.set(parts.at(-1) as string, leaf);
  }
  return root;
}

/** As plain data, with what `of` makes of a setting. */
export function mapped<T>(node: Nested, leaf: (value: Value) => T, group: (members: Map<string, unknown>) => unknown): Map<string, unknown> {
  return new Map([...node].map(([name, child]) => [name, isLeaf(child) ? leaf(child.value) : group(mapped(child, leaf, group))]));
}
