// The run list on the left: what there is, what is drawn (eye), what an action takes (checkbox).

import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { ListRow } from '../../../core/view/run-list';
import { useRunList } from '../../queries/use-run-list';
import { setting as density, rowHeights } from '../../settings/items/density';
import { useApp, useSession, useSetting } from '../../state/app';
import { makeBaseline, toggleVisible } from '../../state/run-actions';
import { setChecked } from '../../state/workspace';
import { Button } from '../../widgets/button';
import { ContextMenu } from '../../widgets/menu';
import { Empty } from '../../widgets/states';
import { BulkBar } from './bulk-bar';
import { ListTools } from './list-tools';
import styles from './run-list.module.css';
import { runMenu } from './run-menu';
import { GroupRow, RunRow } from './run-row';

export function RunList() {
  const view = useRunList();
  return (
    <section className={styles.panel} aria-label="Runs">
      <ListTools view={view} />
      {view.rows.length === 0 ? <NothingFound /> : <Rows rows={view.rows} />}
      <BulkBar />
    </section>
  );
}

function NothingFound() {
  const change = useStore(useApp().workspace, (state) => state.change);
  return (
    <Empty
      icon="search"
      title="No run matches"
      actions={<Button onClick={() => change('clear filter', (now) => ({ ...now, search: '', filter: '', experiment: null }))}>Clear search and filter</Button>}
    />
  );
}

function Rows({ rows }: { readonly rows: readonly ListRow[] }) {
  const app = useApp();
  const current = useSession((state) => state.current);
  const rowHeight = rowHeights[useSetting(density)];
  const scroller = useRef<HTMLDivElement>(null);
  const menuFor = useRef<ListRow | null>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    getItemKey: (at) => rows[at]?.key ?? at,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes are estimated once unless told that they changed
  useLayoutEffect(() => virtual.measure(), [virtual, rowHeight]);
  const at = rows.findIndex((row) => row.kind === 'run' && row.run.id === current);

  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at);
  }, [at, virtual]);

  const go = (from: number, by: 1 | -1): void => {
    for (let next = from + by; next >= 0 && next < rows.length; next += by) {
      const row = rows[next];
      if (row?.kind !== 'run') continue;
      app.session.setState({ current: row.run.id });
      return;
    }
  };
  const key = (event: KeyboardEvent): void => {
    const row = rows[at];
    const run = row?.kind === 'run' ? row.run : null;
    const takes: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(at, 1),
      ArrowUp: () => go(at < 0 ? rows.length : at, -1),
      Home: () => go(-1, 1),
      End: () => go(rows.length, -1),
      ...(run
        ? {
            ' ': () => {
              const { history, change } = app.workspace.getState();
              change('check', setChecked([run.id], !history.now.checked.has(run.id)), { undoable: false });
            },
            Enter: () => app.navigation.toRun(run.id),
            v: () => toggleVisible(app, [run.id]),
            b: () => makeBaseline(app, run.id),
          }
        : {}),
    };
    const take = event.ctrlKey || event.metaKey || event.altKey ? undefined : takes[event.key];
    if (!take) return;
    event.preventDefault();
    take();
  };

  return (
    <ContextMenu className={styles.grow} items={() => (menuFor.current ? runMenu(app, menuFor.current) : [])}>
      <div
        ref={scroller}
        className={styles.rows}
        role="grid"
        aria-label="Run list"
        aria-rowcount={rows.length}
        aria-activedescendant={current && at >= 0 ? `run-${current}` : undefined}
        tabIndex={0}
        onKeyDown={key}
        onMouseLeave={() => app.session.setState({ hovered: null })}
      >
        <div className={styles.all} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            const open = (): void => {
              menuFor.current = row;
            };
            return row.kind === 'run' ? (
              <RunRow key={item.key} run={row.run} depth={row.depth} top={item.start} index={item.index} onMenu={open} />
            ) : (
              <GroupRow key={item.key} group={row.group} open={row.open} top={item.start} index={item.index} onMenu={open} />
            );
          })}
        </div>
      </div>
    </ContextMenu>
  );
}
