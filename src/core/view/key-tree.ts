// Flat names such as `optimizer.sched.gamma` as a tree, so that hundreds of params can be folded.

export interface TreeFolder<T> {
  readonly kind: 'folder';
  /** The whole path, with its separators. */
  readonly path: string;
  readonly label: string;
  readonly children: readonly TreeNode<T>[];
  /** Leaves below. */
  readonly leaves: readonly T[];
}

export interface TreeLeaf<T> {
  readonly kind: 'leaf';
  readonly label: string;
  readonly value: T;
}

export type TreeNode<T> = TreeFolder<T> | TreeLeaf<T>;

/** A name cut at `.` and `/`, the separators kept at the end of each part but the last. */
const partsOf = (name: string): readonly string[] => name.match(/[^./]*[./]|[^./]+$/g) ?? [name];

/**
 * Groups names that share a prefix; a prefix of one name only is not a folder, and chains of single folders are joined.
 * Order is kept. Linear in the total length of the names, apart from sorting, which is the caller's.
 */
export function keyTree<T>(items: readonly T[], nameOf: (item: T) => string): readonly TreeNode<T>[] {
  return build(
    items.map((value) => ({ value, parts: partsOf(nameOf(value)) })),
    0,
    '',
  );
}

interface Entry<T> {
  readonly value: T;
  readonly parts: readonly string[];
}

function build<T>(entries: readonly Entry<T>[], depth: number, path: string): readonly TreeNode<T>[] {
  const groups = new Map<string, Entry<T>[]>();
  for (const entry of entries) {
    const isLeaf = entry.parts.length - depth <= 1;
    const head = isLeaf ? `\u0000${entry.parts.slice(depth).join('')}` : (entry.parts[depth] as string);
    const group = groups.get(head);
    if (group) group.push(entry);
    else groups.set(head, [entry]);
  }
  return [...groups].flatMap(([head, group]): readonly TreeNode<T>[] => {
    if (head.startsWith('\u0000') || group.length === 1) return group.map(({ value, parts }) => ({ kind: 'leaf', label: parts.slice(depth).join(''), value }));
    const children = build(group, depth + 1, path + head);
    const [only] = children;
    if (children.length === 1 && only?.kind === 'folder') return [{ ...only, label: head + only.label }];
    return [{ kind: 'folder', path: path + head, label: head, children, leaves: group.map(({ value }) => value) }];
  });
}
