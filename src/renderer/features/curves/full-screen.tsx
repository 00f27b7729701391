// One panel over the whole window. Esc leaves, left and right arrows outside of the chart walk through the panels.

import { type ReactNode, useEffect, useRef } from 'react';
import type { Panel } from '../../../core/view/curves-panels';
import { PanelCard, type PanelContext } from './panel';
import styles from './view.module.css';

interface Props {
  readonly panel: Panel;
  /** In the order of the grid. */
  readonly panels: readonly Panel[];
  readonly context: PanelContext;
  readonly table: boolean;
  readonly onOpen: (panel: string | null) => void;
  /** The toolbar: what it sets is seen at once. */
  readonly children: ReactNode;
}

export function FullScreen({ panel, panels, context, table, onOpen, children }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const back = useRef<Element | null>(null);
  const at = panels.findIndex((one) => one.id === panel.id);
  const walk = (by: 1 | -1): void => {
    const next = panels[(at + by + panels.length) % panels.length];
    if (next) onOpen(next.id);
  };

  useEffect(() => {
    back.current = document.activeElement;
    host.current?.focus();
    const outside = host.current ? around(host.current) : [];
    for (const element of outside) element.inert = true;
    return () => {
      for (const element of outside) element.inert = false;
      if (back.current instanceof HTMLElement) back.current.focus();
    };
  }, []);

  return (
    <section
      ref={host}
      aria-label={`${panel.id}, full screen`}
      tabIndex={-1}
      className={styles.screen}
      onKeyDown={(event) => {
        if (event.defaultPrevented) return;
        if (event.key === 'Escape') onOpen(null);
        else if (event.key === 'ArrowRight') walk(1);
        else if (event.key === 'ArrowLeft') walk(-1);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {children}
      <PanelCard key={panel.id} panel={panel} context={context} full table={table} onWalk={walk} />
    </section>
  );
}

/** What lies beside the screen in the page, so that Tab does not walk behind it. Menus and dialogs hang elsewhere and stay. */
function around(screen: HTMLElement): HTMLElement[] {
  const outside: HTMLElement[] = [];
  for (let at: HTMLElement | null = screen; at && at.id !== 'root'; at = at.parentElement) {
    for (const sibling of at.parentElement?.children ?? []) if (sibling !== at && sibling instanceof HTMLElement && !sibling.inert) outside.push(sibling);
  }
  return outside;
}
