// One panel: name, what is drawn of what was logged, actions, and the chart or its table.

import { type DragEvent, memo, useCallback, useMemo, useState } from 'react';
import type { RunId } from '../../../core/base/units';
import type { Run } from '../../../core/model/run';
import { countText } from '../../../core/view/chart-numbers';
import { linesOf } from '../../../core/view/curves-lines';
import type { CurveMark } from '../../../core/view/curves-marks';
import type { Panel } from '../../../core/view/curves-panels';
import type { CurveSettings } from '../../../core/view/curves-settings';
import { axisLabel, badgeOf } from '../../../core/view/curves-spec';
import type { Grouped } from '../../../core/view/run-groups';
import type { RunStyle } from '../../../core/view/run-style';
import { setting as paletteSetting } from '../../settings/items/palette';
import { useSetting } from '../../state/app';
import { Button, IconButton } from '../../widgets/button';
import { cx } from '../../widgets/class-names';
import { Menu, type MenuItem } from '../../widgets/menu';
import { Tooltip } from '../../widgets/tooltip';
import type { CurveClient } from './client';
import type { PanelInfo, PanelInput } from './controller';
import { Legend } from './legend';
import styles from './panel.module.css';
import { PanelChart } from './panel-chart';
import { PanelTable } from './panel-table';
import type { ViewStore } from './view-store';

export interface PanelContext {
  readonly client: CurveClient;
  readonly view: ViewStore;
  readonly runs: ReadonlyMap<RunId, Run>;
  readonly groups: Grouped | null;
  /** Findings by the key of their series. */
  readonly marks: ReadonlyMap<string, readonly CurveMark[]>;
  /** Key of the finding that the address points at. */
  readonly marked: string | null;
  readonly settings: CurveSettings;
  readonly styleOf: (run: RunId) => RunStyle;
  readonly dark: boolean;
  readonly askRole: (metric: string) => void;
  readonly toggleFull: (panel: string) => void;
  readonly toggleTable: (panel: string) => void;
  readonly exportAs: (kind: 'csv' | 'copy' | 'svg' | 'png' | 'figure', input: PanelInput) => void;
}

interface Props {
  readonly panel: Panel;
  readonly context: PanelContext;
  readonly full: boolean;
  readonly table: boolean;
  /** To the panels before and after, in full screen. */
  readonly onWalk?: (by: 1 | -1) => void;
  readonly arrange?: {
    readonly onMove: (to: 'first' | 'left' | 'right') => void;
    readonly onDropBefore: (moved: string) => void;
  };
}

const noMarks: readonly CurveMark[] = [];

export const panelType = 'application/x-diptych-panel';

export const PanelCard = memo(function PanelCard({ panel, context, full, table, onWalk, arrange }: Props) {
  const { client, view, runs, groups, settings, styleOf, dark, marks: allMarks, marked } = context;
  const [info, setInfo] = useState<PanelInfo | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [dropping, setDropping] = useState(false);
  const palette = useSetting(paletteSetting);
  const lines = useMemo(() => linesOf(panel, runs, settings, groups, styleOf, palette), [panel, runs, settings, groups, styleOf, palette]);
  // A group's line stands for several runs: a mark of one of them would lie on none.
  const marks = useMemo(() => {
    if (allMarks.size === 0) return noMarks;
    const found = lines.lines.flatMap((line) =>
      line.kind === 'series' && !lines.looks.get(line.id)?.member ? (allMarks.get(line.series) ?? noMarks) : noMarks,
    );
    return found.length === 0 ? noMarks : found;
  }, [lines, allMarks]);
  const input = useMemo((): PanelInput => {
    const { smoothing, showRaw, envelope, clipOutliers, centre, band, logX, logY, axis, sync } = settings;
    const look = { smoothing, showRaw, envelope, clipOutliers, centre, band, logX, logY };
    return { panel: full ? `${panel.id} full` : panel.id, title: panel.id, lines, look, axis: axisLabel(axis, lines.axes), sync: sync && !full, dark, marks };
  }, [panel, lines, settings, dark, full, marks]);
  const told = useCallback((next: PanelInfo) => {
    setFailure(null);
    setInfo(next);
  }, []);
  const curves = lines.lines.filter((line) => !lines.looks.get(line.id)?.member).length;
  const summary = `${panel.id}: ${curves} ${curves === 1 ? 'curve' : 'curves'} over ${input.axis.label}, ${countText(panel.logged)} points logged`;

  const items: readonly MenuItem[] = [
    { label: table ? 'Show as chart' : 'Show as table', icon: 'columns', onPick: () => context.toggleTable(panel.id) },
    { label: 'What this metric is…', icon: 'settings', onPick: () => context.askRole(panel.id) },
    { kind: 'line' },
    { label: 'Copy points as CSV', icon: 'copy', onPick: () => context.exportAs('copy', input) },
    { label: 'Save points as CSV', icon: 'download', onPick: () => context.exportAs('csv', input) },
    { label: 'Save picture as SVG', icon: 'download', onPick: () => context.exportAs('svg', input) },
    { label: 'Save picture as PNG', icon: 'download', onPick: () => context.exportAs('png', input) },
    { label: 'Save as a figure…', icon: 'image', onPick: () => context.exportAs('figure', input) },
    ...(arrange
      ? ([
          { kind: 'line' },
          { label: 'Move to the front', icon: 'up', onPick: () => arrange.onMove('first') },
          { label: 'Move left', icon: 'chevron-left', onPick: () => arrange.onMove('left') },
          { label: 'Move right', icon: 'chevron-right', onPick: () => arrange.onMove('right') },
        ] as const)
      : []),
  ];

  const drag = arrange && {
    draggable: true,
    onDragStart: (event: DragEvent) => {
      event.dataTransfer.setData(panelType, panel.id);
      event.dataTransfer.effectAllowed = 'move';
    },
  };
  const drop = arrange && {
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes(panelType)) return;
      event.preventDefault();
      setDropping(true);
    },
    onDragLeave: () => setDropping(false),
    onDrop: (event: DragEvent) => {
      setDropping(false);
      const moved = event.dataTransfer.getData(panelType);
      if (!moved) return;
      event.preventDefault();
      event.stopPropagation();
      arrange.onDropBefore(moved);
    },
  };

  return (
    <section className={cx(styles.panel, full && styles.full, dropping && styles.dropping)} aria-label={panel.id} {...drop}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: shortcuts for the pointer; the menu and the button beside it do the same */}
      <header className={styles.head} {...drag} onDoubleClick={() => context.toggleFull(panel.id)}>
        <h3 className={styles.title} title={panel.id}>
          <Name text={panel.id} />
        </h3>
        {info && !table && <Badge info={info} />}
        <span className={styles.actions}>
          {onWalk && (
            <>
              <IconButton icon="chevron-left" size="s" label="Panel before" onClick={() => onWalk(-1)} />
              <IconButton icon="chevron-right" size="s" label="Next panel" onClick={() => onWalk(1)} />
            </>
          )}
          <IconButton
            icon="expand"
            size="s"
            label={full ? 'Leave full screen' : 'Full screen'}
            {...(full ? { keys: 'esc' } : {})}
            onClick={() => context.toggleFull(panel.id)}
          />
          <Menu items={items} align="end">
            <IconButton icon="more" size="s" label={`More for ${panel.id}`} />
          </Menu>
        </span>
      </header>
      {table ? (
        <PanelTable panel={panel} runs={runs} styleOf={styleOf} />
      ) : (
        <div className={styles.body}>
          <PanelChart
            input={input}
            client={client}
            view={view}
            label={full}
            summary={summary}
            styleOf={styleOf}
            marked={marked}
            onInfo={told}
            onFailed={setFailure}
          />
          {full && info && <Legend curves={info.curves} side />}
          {failure !== null && (
            <div className={styles.over} role="alert">
              <p>These curves could not be drawn: {failure}</p>
              <Button size="s" onClick={() => location.reload()}>
                Open the page again
              </Button>
            </div>
          )}
          {failure === null && info?.empty && (
            <p className={styles.over}>{lines.missing > 0 ? `No curve here has ${input.axis.label} to stand on.` : 'Nothing to draw.'}</p>
          )}
        </div>
      )}
      {!full && !table && groups && info && <Legend curves={info.curves} />}
      {!table && info && info.notes.length > 0 && <p className={styles.notes}>{info.notes.join(' · ')}</p>}
    </section>
  );
});

/** The part before the last `/` is quiet. */
function Name({ text }: { readonly text: string }) {
  const cut = text.lastIndexOf('/') + 1;
  return (
    <>
      <span className={styles.folder}>{text.slice(0, cut)}</span>
      {text.slice(cut)}
    </>
  );
}

function Badge({ info }: { readonly info: PanelInfo }) {
  const { text, hint, whole } = badgeOf(info);
  return (
    <Tooltip text={hint}>
      <button type="button" className={cx(styles.badge, whole && styles.whole)} aria-label={`Points drawn of those logged: ${hint}`}>
        {text}
      </button>
    </Tooltip>
  );
}
