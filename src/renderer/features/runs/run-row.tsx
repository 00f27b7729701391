// One row of the run list: a run, or the head of a group.

import { memo } from 'react';
import type { Run } from '../../../core/model/run';
import { displayName } from '../../../core/model/run';
import type { RunGroup } from '../../../core/view/run-groups';
import { useApp, useChange, useRunStyle, useSession, useWorkspace } from '../../state/app';
import { toggleVisible } from '../../state/run-actions';
import { setChecked } from '../../state/workspace';
import { StatusMark, TrackerWord } from '../../widgets/badges';
import { Checkbox } from '../../widgets/checkbox';
import { cx } from '../../widgets/class-names';
import { Icon } from '../../widgets/icon';
import { RunMark } from '../../widgets/run-mark';
import { checkUpTo } from './check-range';
import styles from './run-list.module.css';

interface RunRowProps {
  readonly run: Run;
  readonly depth: 0 | 1;
  readonly top: number;
  readonly index: number;
  readonly onMenu: () => void;
}

export const RunRow = memo(function RunRow({ run, depth, top, index, onMenu }: RunRowProps) {
  const app = useApp();
  const style = useRunStyle(run.id);
  const visible = useWorkspace((workspace) => workspace.visible.has(run.id));
  const checked = useWorkspace((workspace) => workspace.checked.has(run.id));
  const baseline = useWorkspace((workspace) => workspace.baseline === run.id);
  const noted = useWorkspace((workspace) => workspace.notes.has(run.id));
  const current = useSession((state) => state.current === run.id);
  const hovered = useSession((state) => state.hovered === run.id);
  const name = displayName(run);
  return (
    <div
      id={`run-${run.id}`}
      role="row"
      aria-rowindex={index + 1}
      aria-selected={checked}
      className={cx(styles.row, current && styles.current, hovered && styles.hovered, depth === 1 && styles.member, run.deleted && styles.deleted)}
      style={{ transform: `translateY(${top}px)` }}
      onMouseEnter={() => app.session.setState({ hovered: run.id })}
      onContextMenu={onMenu}
    >
      <div role="gridcell" className={styles.cell}>
        <Checkbox bare label={`Check ${name}`} checked={checked} onChange={(on, { shiftKey }) => checkUpTo(app, run.id, on, shiftKey)} />
        <button
          type="button"
          className={cx(styles.eye, !visible && styles.eyeOff)}
          aria-label={`${name} in charts`}
          aria-pressed={visible}
          onClick={() => toggleVisible(app, [run.id])}
        >
          <Icon name={visible ? 'eye' : 'eye-off'} size={14} />
        </button>
        <RunMark style={style} off={!visible} />
        <a className={styles.name} href={`#/run/${run.id}`} title={name} onFocus={() => app.session.setState({ current: run.id })}>
          {name}
        </a>
        {baseline && (
          <span className={styles.baseline} title="Baseline">
            <Icon name="bookmark" size={12} label="Baseline" />
          </span>
        )}
        {noted && <Icon name="file" size={12} label="Has a note" />}
        <StatusMark status={run.status} native={run.nativeStatus} />
        <TrackerWord format={run.format} />
      </div>
    </div>
  );
});

interface GroupRowProps {
  readonly group: RunGroup;
  readonly open: boolean;
  readonly top: number;
  readonly index: number;
  readonly onMenu: () => void;
}

export function GroupRow({ group, open, top, index, onMenu }: GroupRowProps) {
  const app = useApp();
  const change = useChange();
  const ids = group.members.map((run) => run.id);
  const visible = useWorkspace((workspace) => ids.filter((id) => workspace.visible.has(id)).length);
  const checked = useWorkspace((workspace) => ids.filter((id) => workspace.checked.has(id)).length);
  const title = group.label.map(([name, value]) => `${name} ${value}`.trim()).join(', ');
  const fold = (): void =>
    app.session.setState(({ unfolded }) => {
      const next = new Set(unfolded);
      if (!next.delete(group.key)) next.add(group.key);
      return { unfolded: next };
    });
  return (
    <div role="row" aria-rowindex={index + 1} className={cx(styles.row, styles.group)} style={{ transform: `translateY(${top}px)` }} onContextMenu={onMenu}>
      <div role="gridcell" className={styles.cell}>
        <Checkbox
          bare
          label={`Check group ${title}`}
          checked={checked === ids.length}
          mixed={checked > 0 && checked < ids.length}
          onChange={(on) => change('check', setChecked(ids, on), { undoable: false })}
        />
        <button
          type="button"
          className={cx(styles.eye, visible === 0 && styles.eyeOff)}
          aria-label={`Group ${title} in charts`}
          aria-pressed={visible > 0}
          onClick={() => toggleVisible(app, ids)}
        >
          <Icon name={visible > 0 ? 'eye' : 'eye-off'} size={14} />
        </button>
        <button type="button" className={styles.fold} aria-expanded={open} title={title} onClick={fold}>
          <Icon name={open ? 'chevron-down' : 'chevron-right'} size={12} />
          <span className={styles.groupName}>
            {group.label.map(([name, value]) => (
              <span key={name} className={styles.groupPart}>
                <span className={styles.groupKey}>{name}</span> {value}
              </span>
            ))}
          </span>
        </button>
        <span className={styles.count}>{ids.length}</span>
      </div>
    </div>
  );
}
