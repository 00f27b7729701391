// A panel's chart: mounts the controller, keeps it in step with React, shows its tooltip and answers the keyboard.

import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { RunId } from '../../../core/base/units';
import type { PixelMark } from '../../../core/view/curves-marks';
import type { RunStyle } from '../../../core/view/run-style';
import { useApp } from '../../state/app';
import { cx } from '../../widgets/class-names';
import styles from './chart.module.css';
import type { CurveClient } from './client';
import { type Look, PanelController, type PanelInfo, type PanelInput } from './controller';
import { MarkLayer } from './mark-layer';
import { ChartTooltip } from './tooltip';
import type { ViewStore } from './view-store';

interface Props {
  readonly input: PanelInput;
  readonly client: CurveClient;
  readonly view: ViewStore;
  /** The x axis' name stands below it. */
  readonly label: boolean;
  readonly summary: string;
  readonly styleOf: (run: RunId) => RunStyle;
  /** Key of the finding that the address points at. */
  readonly marked: string | null;
  readonly onInfo: (info: PanelInfo) => void;
  readonly onFailed: (message: string) => void;
}

export function PanelChart({ input, client, view, label, summary, styleOf, marked, onInfo, onFailed }: Props) {
  const app = useApp();
  const host = useRef<HTMLDivElement>(null);
  const controller = useRef<PanelController | null>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [look, setLook] = useState<Look | null>(null);
  const [pinned, setPinned] = useState<Look | null>(null);
  const [marks, setMarks] = useState<readonly PixelMark[]>([]);
  const latest = useRef({ onInfo, onFailed, look });
  latest.current = { onInfo, onFailed, look };
  const keys = useId();
  const { panel } = input;

  useLayoutEffect(() => {
    const root = host.current;
    if (!root) return;
    const stage = document.createElement('div');
    stage.className = styles.fill ?? '';
    root.prepend(stage);
    const made = new PanelController(
      stage,
      panel,
      client,
      view,
      app.session,
      {
        info: (info) => latest.current.onInfo(info),
        failed: (message) => latest.current.onFailed(message),
        look: setLook,
        marks: (next) => setMarks((before) => (before.length + next.length === 0 ? before : next)),
        pick: () => setPinned((before) => (before ? null : latest.current.look)),
      },
      label,
    );
    controller.current = made;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: Math.floor(entry.contentRect.width), height: Math.floor(entry.contentRect.height) });
    });
    observer.observe(root);
    return () => {
      observer.disconnect();
      made.dispose();
      stage.remove();
      controller.current = null;
    };
  }, [panel, client, view, app.session, label]);

  useEffect(() => controller.current?.update(input, size), [input, size]);

  const press = (event: KeyboardEvent): void => {
    const on = controller.current;
    if (!on || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = keyActions[event.key];
    if (act) act(on);
    else if (event.key === 'Enter') setPinned(look);
    else if (event.key === 'Escape' && (pinned || look)) {
      setPinned(null);
      on.endLook();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const shown = pinned ?? look;
  return (
    <div
      ref={host}
      role="group"
      aria-roledescription="chart"
      aria-label={summary}
      aria-describedby={keys}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrows, + and − walk and zoom the chart
      tabIndex={0}
      className={cx(styles.stage)}
      onKeyDown={press}
      onBlur={() => controller.current?.endLook()}
    >
      <p id={keys} className="visually-hidden">
        Left and right move the cursor, plus and minus zoom, 0 shows all, Enter keeps the values. The panel’s menu has a table.
      </p>
      <MarkLayer marks={marks} marked={marked} width={size.width} dark={input.dark} styleOf={styleOf} />
      {shown && host.current && <ChartTooltip look={shown} axis={input.axis} host={host.current} pinned={pinned !== null} onClose={() => setPinned(null)} />}
    </div>
  );
}

const keyActions: Readonly<Record<string, (controller: PanelController) => void>> = {
  ArrowLeft: (on) => on.step(-0.01),
  ArrowRight: (on) => on.step(0.01),
  '+': (on) => on.zoomBy(0.5),
  '=': (on) => on.zoomBy(0.5),
  '-': (on) => on.zoomBy(2),
  '0': (on) => on.zoomTo({ x: null, y: null }, true),
};
