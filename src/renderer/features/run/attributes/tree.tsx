// The tree of a run's attributes: virtualised rows, walked by the keys of the tree pattern, with the current attribute beside it.

import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useDeferredValue, useMemo, useRef, useState } from 'react';
import type { Run } from '../../../../core/model/run';
import { allFolders, attributeRows, attributeTree, countLeaves, folderPath, openAtFirst, searchTree, treeMove } from '../../../../core/view/attribute-tree';
import { type Attribute, attributesOf, attributeText, naturalOrder } from '../../../../core/view/attributes';
import { counted } from '../../../../core/view/format';
import { useApp, useSlice } from '../../../state/app';
import { Button } from '../../../widgets/button';
import { ContextMenu, type MenuItem } from '../../../widgets/menu';
import { Select } from '../../../widgets/select';
import { Empty } from '../../../widgets/states';
import { TextField } from '../../../widgets/text-field';
import styles from './attributes.module.css';
import { Detail } from './detail';
import { openAttribute, openWord } from './open';
import { rowId, TreeRow } from './row';
import { parseSlice } from './slice';

const rowHeight = 28;
/** Rows that are open at first: Neptune opens all that is there, elsewhere a screen is enough. */
const room = { path: 400, kind: 40 } as const;

export function AttributeTree({ run }: { readonly run: Run }) {
  const app = useApp();
  const [slice, change] = useSlice('run', parseSlice);
  const [typed, setSearch] = useState('');
  const search = useDeferredValue(typed);
  const scroller = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const order = slice.tree === 'auto' ? naturalOrder(run.format) : slice.tree;
  const attributes = useMemo(() => attributesOf(run, order), [run, order]);
  const tree = useMemo(() => attributeTree(attributes, order), [attributes, order]);
  const shown = useMemo(() => searchTree(tree, search), [tree, search]);
  const first = useMemo(() => (search.trim() === '' ? openAtFirst(tree, room[order]) : allFolders(shown)), [tree, shown, search, order]);
  // What a person opened and closed holds for one tree, and for one search.
  const [opened, setOpened] = useState<{ readonly of: ReadonlySet<string>; readonly now: ReadonlySet<string> } | null>(null);
  const open = opened?.of === first ? opened.now : first;
  const setOpen = (now: ReadonlySet<string>): void => setOpened({ of: first, now });
  const rows = useMemo(() => attributeRows(shown, open), [shown, open]);
  const at = Math.max(0, current === null ? 0 : rows.findIndex(({ node }) => node.id === current));
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 10 });

  const stand = (index: number): void => setCurrent(rows[index]?.node.id ?? null);
  const withOpen = (ids: readonly string[]): void => setOpen(new Set([...open, ...ids]));
  const withoutOpen = (id: string): void => setOpen(new Set([...open].filter((one) => one !== id)));
  const copy = (text: string, what: string): void => {
    navigator.clipboard.writeText(text).then(
      () => app.toasts.show({ kind: 'good', text: `${what} copied.` }),
      () => app.toasts.show({ kind: 'bad', text: 'The clipboard cannot be used here.' }),
    );
  };
  const act = (index: number): void => {
    const node = rows[index]?.node;
    if (!node) return;
    if (node.kind === 'leaf') openAttribute(app, run, node.attribute);
    else if (open.has(node.id)) withoutOpen(node.id);
    else withOpen([node.id]);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget && !(event.target instanceof Element && event.target.getAttribute('role') === 'treeitem')) return;
    const node = rows[at]?.node;
    const mod = event.ctrlKey || event.metaKey;
    if (mod && event.key.toLowerCase() === 'c' && node && getSelection()?.isCollapsed !== false) {
      if (node.kind === 'leaf' && !event.shiftKey) copy(attributeText(node.attribute), 'Value');
      else copy(node.kind === 'leaf' ? node.attribute.path : folderPath(node), 'Path');
    } else if (mod || event.altKey) return;
    else if (event.key === 'Enter' || event.key === ' ') act(at);
    else {
      const move = treeMove(rows, at, event.key, Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1));
      if (!move) return;
      if ('open' in move) withOpen(move.open);
      else if ('close' in move) withoutOpen(move.close);
      else {
        stand(move.to);
        virtual.scrollToIndex(move.to);
      }
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const menu = (): readonly MenuItem[] => {
    const node = rows[at]?.node;
    if (!node) return [];
    if (node.kind === 'folder') return [{ label: 'Copy path', icon: 'copy', onPick: () => copy(folderPath(node), 'Path') }];
    return menuOf(node.attribute, openWord(node.attribute), () => act(at), copy);
  };
  const found = countLeaves(shown);
  const all = open.size > 0;
  return (
    <div className={styles.view}>
      <div className={styles.bar}>
        <TextField className={styles.search} label="Find an attribute or a value" value={typed} onText={setSearch} icon="search" />
        <Select
          label="Order of attributes"
          value={order}
          options={[
            { value: 'path', label: 'One tree by path' },
            { value: 'kind', label: 'By kind' },
          ]}
          onPick={(next) => change('order of attributes', (before) => ({ ...before, tree: next === naturalOrder(run.format) ? 'auto' : next }))}
        />
        <Button size="s" onClick={() => setOpen(all ? new Set() : allFolders(shown))}>
          {all ? 'Close all' : 'Open all'}
        </Button>
        <span className={styles.muted} role="status">
          {found === attributes.length ? counted(found, 'attribute') : `${counted(found, 'attribute')} of ${counted(attributes.length, 'attribute')}`}
        </span>
      </div>
      {rows.length === 0 ? (
        <Empty icon="search" title="Nothing matches" actions={<Button onClick={() => setSearch('')}>Show all</Button>}>
          No path and no value holds these words.
        </Empty>
      ) : (
        <div className={styles.panes}>
          <ContextMenu className={styles.grow} items={menu}>
            <div
              ref={scroller}
              role="tree"
              aria-label="Attributes"
              aria-activedescendant={rowId(at)}
              tabIndex={0}
              className={styles.tree}
              onKeyDown={press}
              onMouseDown={(event) => {
                const index = indexOf(event.target);
                if (index !== null) stand(index);
              }}
              onClick={(event) => {
                const index = indexOf(event.target);
                if (index !== null && rows[index]?.node.kind === 'folder') act(index);
              }}
              onDoubleClick={(event) => {
                const index = indexOf(event.target);
                if (index !== null && rows[index]?.node.kind === 'leaf') act(index);
              }}
            >
              <div role="presentation" className={styles.canvas} style={{ height: virtual.getTotalSize() }}>
                {virtual.getVirtualItems().map(({ index, start }) => {
                  const row = rows[index];
                  return row && <TreeRow key={row.node.id} run={run} row={row} index={index} top={start} current={index === at} />;
                })}
              </div>
            </div>
          </ContextMenu>
          <Detail run={run} node={rows[at]?.node} />
        </div>
      )}
    </div>
  );
}

const indexOf = (target: EventTarget): number | null => {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  return row ? Number(row.dataset.row) : null;
};

function menuOf(attribute: Attribute, word: string | null, onOpen: () => void, copy: (text: string, what: string) => void): readonly MenuItem[] {
  return [
    ...(word === null ? [] : [{ label: word, onPick: onOpen, keys: 'enter' } as const]),
    { label: 'Copy value', icon: 'copy', keys: 'mod+c', onPick: () => copy(attributeText(attribute), 'Value') },
    { label: 'Copy path', icon: 'copy', keys: 'shift+mod+c', onPick: () => copy(attribute.path, 'Path') },
  ];
}
