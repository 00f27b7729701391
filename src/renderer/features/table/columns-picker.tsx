// Chooses columns one by one: a list of all of them, however many, with boxes to show and pins to keep at the left.

import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useMemo, useState } from 'react';
import { type Column, nameTest } from '../../../core/view/table-columns';
import { Button, IconButton } from '../../widgets/button';
import { Checkbox } from '../../widgets/checkbox';
import { Popover } from '../../widgets/popover';
import { TextField } from '../../widgets/text-field';
import { togglePin } from './column-changes';
import styles from './table.module.css';
import type { TableModel } from './use-table';

const kindWords = { attributes: 'run', metrics: 'metric', params: 'param', summary: 'summary', tags: 'tag' } as const;

export function ColumnsPicker({ table, children }: { readonly table: TableModel; readonly children: ReactNode }) {
  return (
    <Popover label="Columns" className={styles.picker} trigger={<Button icon="columns">{children}</Button>}>
      <List table={table} />
    </Popover>
  );
}

function List({ table }: { readonly table: TableModel }) {
  const { all, slice, change } = table;
  const [search, setSearch] = useState('');
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const found = useMemo(() => {
    const matches = nameTest(search);
    return all.filter((column) => matches(column.title) && (slice.system || !column.system));
  }, [all, search, slice.system]);
  const virtual = useVirtualizer({ count: found.length, getScrollElement: () => scroller, estimateSize: () => 28, overscan: 8 });
  const hide = (columns: readonly Column[], hidden: boolean): void =>
    change(hidden ? 'hide columns' : 'show columns', (now) => {
      const next = new Set(now.hidden);
      for (const { id } of columns) hidden ? next.add(id) : next.delete(id);
      return { ...now, hidden: next };
    });
  return (
    <>
      <TextField label="Find a column (pattern)" icon="search" value={search} onText={setSearch} />
      <div className={styles.pickerActions}>
        <Button size="s" kind="ghost" onClick={() => hide(found, false)}>
          Show {search === '' ? 'all' : 'these'}
        </Button>
        <Button size="s" kind="ghost" onClick={() => hide(found, true)}>
          Hide {search === '' ? 'all' : 'these'}
        </Button>
      </div>
      <div ref={setScroller} className={styles.pickerList}>
        <div className={styles.pickerAll} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const column = found[item.index];
            if (!column) return null;
            const pinned = slice.pinned.includes(column.id);
            return (
              <div key={column.id} className={styles.pickerRow} style={{ transform: `translateY(${item.start}px)` }}>
                <Checkbox bare label={column.title} checked={!slice.hidden.has(column.id)} onChange={(on) => hide([column], !on)} />
                <span className={styles.pickerName} title={column.title}>
                  {column.title}
                </span>
                <span className={styles.pickerKind}>{kindWords[column.field.kind]}</span>
                <IconButton
                  icon="pin"
                  size="s"
                  label={pinned ? `Unpin ${column.title}` : `Pin ${column.title}`}
                  pressed={pinned}
                  onClick={() => change('pin', togglePin(column.id))}
                />
              </div>
            );
          })}
        </div>
      </div>
    </>
  );
}
