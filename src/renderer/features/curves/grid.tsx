// Sections of panels, of which only the rows in sight exist.

import { useVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { movePanel, type Panel, type Section } from '../../../core/view/curves-panels';
import type { CurveSettings } from '../../../core/view/curves-settings';
import { Icon } from '../../widgets/icon';
import styles from './grid.module.css';
import { PanelCard, type PanelContext } from './panel';

interface Props {
  readonly sections: readonly Section[];
  readonly context: PanelContext;
  readonly tables: ReadonlySet<string>;
  /** Panels of a search are shown as found: neither folded nor arranged. */
  readonly searching: boolean;
  readonly onCollapse: (section: string) => void;
  readonly onOrder: (order: readonly string[]) => void;
}

type Row =
  | { readonly kind: 'section'; readonly section: Section; readonly open: boolean }
  | { readonly kind: 'panels'; readonly section: Section; readonly panels: readonly Panel[]; readonly across: number };

const sectionHeight = 36;
const panelHeight = 268;
/** Room for the names of groups below a chart. */
const legendHeight = 40;
const gap = 8;

export function Grid({ sections, context, tables, searching, onCollapse, onOrder }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const { settings } = context;
  const columns = columnsFor(width, settings.columns);
  const rows = useMemo(() => rowsOf(sections, searching ? [] : settings.collapsed, columns), [sections, settings.collapsed, columns, searching]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another search starts at the top
  useLayoutEffect(() => scroller.current?.scrollTo(0, 0), [settings.search]);

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => (rows[at]?.kind === 'section' ? sectionHeight : panelHeight + gap + (context.groups ? legendHeight : 0)),
    getItemKey: (at) => keyOf(rows[at] as Row),
    overscan: 1,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows have other heights
  useLayoutEffect(() => virtual.measure(), [rows, virtual, context.groups]);

  const arrange = (section: Section, panel: Panel) => {
    const at = section.panels.indexOf(panel);
    const before = (index: number): string | null => section.panels[index]?.id ?? null;
    const put = (moved: string, target: string | null): void => onOrder(movePanel(section, settings.order, moved, target));
    return {
      onMove: (to: 'first' | 'left' | 'right') => {
        if (to === 'right' ? at < section.panels.length - 1 : at > 0) put(panel.id, before(to === 'first' ? 0 : to === 'left' ? at - 1 : at + 2));
      },
      onDropBefore: (moved: string) => {
        // Dropped from the left: behind this one, so that the last place can be reached.
        const from = section.panels.findIndex((one) => one.id === moved);
        if (from >= 0 && from !== at) put(moved, from < at ? before(at + 1) : panel.id);
      },
    };
  };

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section ref={scroller} className={styles.scroller} tabIndex={0} aria-label="Charts">
      <div className={styles.canvas} style={{ height: virtual.getTotalSize() }}>
        {width > 0 &&
          virtual.getVirtualItems().map((item) => {
            const row = rows[item.index] as Row;
            return (
              <div key={item.key} className={styles.row} style={{ height: item.size, transform: `translateY(${item.start}px)` }}>
                {row.kind === 'section' ? (
                  <h2>
                    <button type="button" className={styles.section} aria-expanded={row.open} onClick={() => onCollapse(row.section.id)}>
                      <Icon name={row.open ? 'chevron-down' : 'chevron-right'} size={14} />
                      <span className={styles.sectionName}>{row.section.id}</span>
                      <span className={styles.count}>{row.section.panels.length}</span>
                    </button>
                  </h2>
                ) : (
                  <div className={styles.cells} style={{ gridTemplateColumns: `repeat(${row.across}, minmax(0, 1fr))` }}>
                    {row.panels.map((panel) => (
                      <PanelCard
                        key={panel.id}
                        panel={panel}
                        context={context}
                        full={false}
                        table={tables.has(panel.id)}
                        {...(searching ? {} : { arrange: arrange(row.section, panel) })}
                      />
                    ))}
                  </div>
                )}
              </div>
            );
          })}
      </div>
    </section>
  );
}

const keyOf = (row: Row): string => (row.kind === 'section' ? `section ${row.section.id}` : `row ${row.panels[0]?.id}`);

/** As many columns as leave a panel 400 pixels, four at most. */
export function columnsFor(width: number, wanted: CurveSettings['columns']): number {
  return wanted === 'auto' ? Math.max(1, Math.min(4, Math.floor((width + gap) / (400 + gap)))) : Number(wanted);
}

function rowsOf(sections: readonly Section[], collapsed: readonly string[], columns: number): readonly Row[] {
  return sections.flatMap((section): Row[] => {
    const open = !collapsed.includes(section.id);
    const rows: Row[] = [{ kind: 'section', section, open }];
    // Two panels do not leave half of a wide screen empty; one alone is not stretched over all of it.
    const across = Math.min(columns, Math.max(2, section.panels.length));
    for (let at = 0; open && at < section.panels.length; at += across) {
      rows.push({ kind: 'panels', section, panels: section.panels.slice(at, at + across), across });
    }
    return rows;
  });
}
