// One row of the table: a run, or a group with mean ± deviation.

import { memo } from 'react';
import { displayName } from '../../../core/model/run';
import { sourcesText } from '../../../core/view/origin-words';
import type { ListRow } from '../../../core/view/run-list';
import { deltaShort } from '../../../core/view/table-cells';
import type { Column } from '../../../core/view/table-columns';
import { useApp, useRunStyle, useSession, useWorkspace } from '../../state/app';
import { toggleVisible } from '../../state/run-actions';
import { setChecked } from '../../state/workspace';
import { StatusMark } from '../../widgets/badges';
import { Checkbox } from '../../widgets/checkbox';
import { cx } from '../../widgets/class-names';
import { Icon } from '../../widgets/icon';
import { RunMark } from '../../widgets/run-mark';
import type { Placed } from './grid';
import styles from './table.module.css';
import type { TableModel } from './use-table';

interface Props {
  readonly row: ListRow;
  readonly index: number;
  readonly top: number;
  readonly width: number;
  readonly table: TableModel;
  readonly firstWidth: number;
  readonly pinned: readonly Placed[];
  readonly placed: readonly Placed[];
  /** Column that the arrow keys stand on, 0 being the name; null in other rows. */
  readonly currentColumn: number | null;
}

export const Row = memo(function Row({ row, index, top, width, table, firstWidth, pinned, placed, currentColumn }: Props) {
  const app = useApp();
  const id = row.kind === 'run' ? row.run.id : null;
  const hovered = useSession((state) => id !== null && state.hovered === id);
  const checked = useWorkspace((workspace) => id !== null && workspace.checked.has(id));
  const isBaseline = id !== null && table.baseline?.id === id;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={checked}
      className={cx(styles.row, hovered && styles.hovered, row.kind === 'group' && styles.group, isBaseline && styles.baselineRow)}
      style={{ top, width }}
      onMouseEnter={() => app.session.setState({ hovered: id })}
    >
      <div
        role="gridcell"
        id={`cell-${index}-0`}
        aria-colindex={1}
        className={cx(styles.name, styles.pinned, currentColumn === 0 && styles.current)}
        style={{ left: 0, width: firstWidth }}
        data-place={`${index}:0`}
      >
        {row.kind === 'run' ? <RunName row={row} checked={checked} baseline={isBaseline} /> : <GroupName row={row} />}
      </div>
      {[...pinned, ...placed].map((one, at) => (
        <Cell
          key={one.column.id}
          row={row}
          index={index}
          table={table}
          column={one.column}
          at={one.index}
          left={one.left}
          width={one.width}
          pinned={at < pinned.length}
          current={currentColumn === one.index - 1}
        />
      ))}
    </div>
  );
});

interface CellProps {
  readonly row: ListRow;
  readonly index: number;
  readonly table: TableModel;
  readonly column: Column;
  /** Counted from 1 over all columns. */
  readonly at: number;
  readonly left: number;
  readonly width: number;
  readonly pinned: boolean;
  readonly current: boolean;
}

/** Clicks are taken by the grid, which knows the place by `data-place`: a cell has nothing of its own to hold. */
const Cell = memo(function Cell({ row, index, table, column, at, left, width, pinned, current }: CellProps) {
  const cell = table.cell(row, column);
  const { delta } = cell;
  const status = row.kind === 'run' && column.id === 'attributes.status' ? row.run : null;
  const joined = row.kind === 'run' && column.id === 'attributes.tracker' && row.run.origins ? row.run : null;
  return (
    <div
      role="gridcell"
      id={`cell-${index}-${at - 1}`}
      aria-colindex={at}
      title={cell.full === cell.text || cell.full === '' ? undefined : cell.full.slice(0, 1000)}
      className={cx(
        styles.cell,
        pinned && styles.pinned,
        column.numeric && styles.number,
        cell.tone !== 'value' && styles[cell.tone],
        current && styles.current,
      )}
      style={pinned ? { left, width } : { left, width, position: 'absolute' }}
      data-place={`${index}:${at - 1}`}
    >
      {status && <StatusMark status={status.status} native={status.nativeStatus} />}
      <span className={styles.text}>
        {cell.text}
        {joined && <span title={`Read from ${sourcesText(joined)}`}> +{joined.sources.length - 1}</span>}
      </span>
      {delta && (
        <span
          className={styles.delta}
          data-better={delta.better ?? undefined}
          title={`${delta.difference > 0 ? '+' : ''}${delta.difference} against the baseline`}
        >
          {deltaShort(delta)}
        </span>
      )}
    </div>
  );
});

function RunName({
  row,
  checked,
  baseline,
}: {
  readonly row: Extract<ListRow, { readonly kind: 'run' }>;
  readonly checked: boolean;
  readonly baseline: boolean;
}) {
  const app = useApp();
  const { run, depth } = row;
  const style = useRunStyle(run.id);
  const visible = useWorkspace((workspace) => workspace.visible.has(run.id));
  const name = displayName(run);
  return (
    <span className={cx(styles.nameInner, depth === 1 && styles.member)}>
      <Checkbox
        bare
        label={`Check ${name}`}
        checked={checked}
        onChange={(on) => app.workspace.getState().change('check', setChecked([run.id], on), { undoable: false })}
      />
      <button
        type="button"
        className={styles.mark}
        aria-label={`${name} in charts`}
        aria-pressed={visible}
        tabIndex={-1}
        onClick={() => toggleVisible(app, [run.id])}
      >
        <RunMark style={style} off={!visible} />
      </button>
      <a className={styles.link} href={`#/run/${run.id}`} title={name} tabIndex={-1}>
        {name}
      </a>
      {baseline && (
        <span className={styles.badge}>
          <Icon name="bookmark" size={12} />
          baseline
        </span>
      )}
    </span>
  );
}

function GroupName({ row }: { readonly row: Extract<ListRow, { readonly kind: 'group' }> }) {
  const app = useApp();
  const { group, open } = row;
  const fold = (): void =>
    app.session.setState(({ unfolded }) => {
      const next = new Set(unfolded);
      if (!next.delete(group.key)) next.add(group.key);
      return { unfolded: next };
    });
  const title = group.label.map(([name, value]) => `${name} ${value}`.trim()).join(' · ');
  return (
    <button type="button" className={styles.fold} aria-expanded={open} title={title} tabIndex={-1} onClick={fold}>
      <Icon name={open ? 'chevron-down' : 'chevron-right'} size={12} />
      <span className={styles.link}>{title}</span>
      <span className={styles.count}>n {group.members.length}</span>
    </button>
  );
}
