// The attributes of a run as a tree of folders, and the tree as the rows that a person sees: folded, or narrowed by a search.

import { type Attribute, type AttributeOrder, folderRank } from './attributes';

export interface AttributeFolder {
  readonly kind: 'folder';
  readonly id: string;
  readonly label: string;
  readonly children: readonly AttributeNode[];
  /** Attributes below, at any depth. */
  readonly count: number;
}

export interface AttributeLeaf {
  readonly kind: 'leaf';
  readonly id: string;
  readonly label: string;
  readonly attribute: Attribute;
}

export type AttributeNode = AttributeFolder | AttributeLeaf;

interface Draft {
  readonly folders: Map<string, Draft>;
  readonly leaves: AttributeLeaf[];
}

/** Folders first, then attributes, by name with numbers as numbers; in the order by kind, the kinds in their own order. Linear but for sorting. */
export function attributeTree(attributes: readonly Attribute[], order: AttributeOrder): readonly AttributeNode[] {
  const root: Draft = { folders: new Map(), leaves: [] };
  for (const attribute of attributes) {
    let at = root;
    for (const part of attribute.parts.slice(0, -1)) {
      const next = at.folders.get(part) ?? { folders: new Map(), leaves: [] };
      at.folders.set(part, next);
      at = next;
    }
    at.leaves.push({ kind: 'leaf', id: attribute.id, label: attribute.parts.at(-1) as string, attribute });
  }
  const top = nodesOf(root, '');
  return order === 'kind' ? top.toSorted((a, b) => folderRank(a.label) - folderRank(b.label)) : top;
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
const byLabel = (a: AttributeNode, b: AttributeNode): number => collator.compare(a.label, b.label) || (a.label < b.label ? -1 : a.label > b.label ? 1 : 0);
/** Two attributes of one name, such as a series and its summary, stand in the order of their ids. */
const byLabelAndId = (a: AttributeNode, b: AttributeNode): number => byLabel(a, b) || (a.id < b.id ? -1 : 1);

/** Ids of folders end with a NUL, which no id of an attribute does. */
function nodesOf({ folders, leaves }: Draft, path: string): readonly AttributeNode[] {
  const made = [...folders].map(([label, draft]): AttributeFolder => {
    const id = `${path}${label.replaceAll('\0', '␀')}\0`;
    const children = nodesOf(draft, id);
    return { kind: 'folder', id, label, children, count: children.reduce((sum, child) => sum + (child.kind === 'folder' ? child.count : 1), 0) };
  });
  return [...made.sort(byLabel), ...leaves.sort(byLabelAndId)];
}

/** The path of a folder as a person would write it. */
export const folderPath = ({ id }: AttributeFolder): string => id.slice(0, -1).replaceAll('\0', '/');

/** Folders that are open at first: from the top down, as long as no more rows than `room` come of it. */
export function openAtFirst(tree: readonly AttributeNode[], room: number): ReadonlySet<string> {
  const open = new Set<string>();
  let rows = tree.length;
  let level = tree;
  while (level.length > 0) {
    const next: AttributeNode[] = [];
    for (const node of level) {
      if (node.kind === 'leaf' || rows + node.children.length > room) continue;
      open.add(node.id);
      rows += node.children.length;
      next.push(...node.children);
    }
    level = next;
  }
  return open;
}

export const allFolders = (tree: readonly AttributeNode[]): ReadonlySet<string> => openAtFirst(tree, Number.POSITIVE_INFINITY);

/** The tree narrowed to attributes whose path or value holds all words; their folders stay, with what is left in them. */
export function searchTree(tree: readonly AttributeNode[], search: string): readonly AttributeNode[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return tree;
  const found = ({ attribute }: AttributeLeaf): boolean => {
    const text = `${attribute.path} ${attribute.parts.join('/')} ${attribute.text}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const narrowed = (nodes: readonly AttributeNode[]): readonly AttributeNode[] =>
    nodes.flatMap((node): readonly AttributeNode[] => {
      if (node.kind === 'leaf') return found(node) ? [node] : [];
      const children = narrowed(node.children);
      const count = children.reduce((sum, child) => sum + (child.kind === 'folder' ? child.count : 1), 0);
      return count === 0 ? [] : [{ ...node, children, count }];
    });
  return narrowed(tree);
}

export const countLeaves = (tree: readonly AttributeNode[]): number => tree.reduce((sum, node) => sum + (node.kind === 'folder' ? node.count : 1), 0);

export interface AttributeRow {
  readonly node: AttributeNode;
  /** From 1. */
  readonly level: number;
  /** Place among its brothers, from 1, and how many they are. */
  readonly place: number;
  readonly brothers: number;
  readonly open: boolean;
  /** Index of the folder's row; −1 at the top. */
  readonly parent: number;
}

/** What is seen of the tree, from the top. */
export function attributeRows(tree: readonly AttributeNode[], open: ReadonlySet<string>): readonly AttributeRow[] {
  const rows: AttributeRow[] = [];
  const walk = (nodes: readonly AttributeNode[], level: number, parent: number): void => {
    for (const [at, node] of nodes.entries()) {
      const isOpen = node.kind === 'folder' && open.has(node.id);
      rows.push({ node, level, place: at + 1, brothers: nodes.length, open: isOpen, parent });
      if (isOpen) walk(node.children, level + 1, rows.length - 1);
    }
  };
  walk(tree, 1, -1);
  return rows;
}

/** Where a key of the tree pattern leads: a row to stand on, or folders to open or close; null where the key means nothing there. */
export type TreeMove = { readonly to: number } | { readonly open: readonly string[] } | { readonly close: string };

/** Keys as the ARIA tree pattern has them. @param page rows of a page */
export function treeMove(rows: readonly AttributeRow[], at: number, key: string, page: number): TreeMove | null {
  const row = rows[at];
  if (!row) return null;
  const { node } = row;
  const to = (place: number): TreeMove => ({ to: Math.max(0, Math.min(rows.length - 1, place)) });
  switch (key) {
    case 'ArrowDown':
      return to(at + 1);
    case 'ArrowUp':
      return to(at - 1);
    case 'Home':
      return to(0);
    case 'End':
      return to(rows.length - 1);
    case 'PageDown':
      return to(at + page);
    case 'PageUp':
      return to(at - page);
    case 'ArrowRight':
      return node.kind === 'leaf' ? null : row.open ? to(at + 1) : { open: [node.id] };
    case 'ArrowLeft':
      return row.open ? { close: node.id } : row.parent < 0 ? null : to(row.parent);
    case '*': {
      const brothers = rows.filter((other) => other.parent === row.parent && other.node.kind === 'folder');
      return { open: brothers.map((other) => other.node.id) };
    }
    default:
      return null;
  }
}
