// One row of the run list: a run, or the head of a group.

import { memo } from 'react';
import type { RunId } from '../../../core/base/units';
import type { FindingSeverity } from '../../../core/health/finding';
import type { Run } from '../../../core/model/run';
import { displayName } from '../../../core/model/run';
import { badgeOf, countsText } from '../../../core/view/health-list';
import type { RunGroup } from '../../../core/view/run-groups';
import { useRunHealth } from '../../queries/use-health';
import { useStatements } from '../../queries/use-statements';
import { useApp, useChange, useRunStyle, useSession, useSources, useWorkspace } from '../../state/app';
import { toggleVisible } from '../../state/run-actions';
import { setChecked } from '../../state/workspace';
import { StatusMark, TrackerWord } from '../../widgets/badges';
import { Checkbox } from '../../widgets/checkbox';
import { cx } from '../../widgets/class-names';
import { Icon } from '../../widgets/icon';
import { RunMark } from '../../widgets/run-mark';
import { Tooltip } from '../../widgets/tooltip';
import { TagLine } from '../../words/tag-field';
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
  const note = useWorkspace((workspace) => workspace.notes.get(run.id));
  const current = useSession((state) => state.current === run.id);
  const hovered = useSession((state) => state.hovered === run.id);
  const live = useSources((state) => state.live.has(run.id));
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
        <TagLine run={run.id} most={1} />
        {note !== undefined && (
          <span className={styles.noted} title={note.slice(0, 1000)}>
            <Icon name="file" size={12} label="Has a note" />
          </span>
        )}
        {live && <span className={styles.live} role="img" aria-label="Growing: it is being followed" title="Growing: it is being followed" />}
        <HealthBadge run={run.id} name={name} />
        <StatusMark status={run.status} native={run.nativeStatus} />
        <TrackerWord run={run} />
      </div>
    </div>
  );
});

/** The worst that the health rules found; nothing for a run with notes only, or not judged yet. */
function HealthBadge({ run, name }: { readonly run: RunId; readonly name: string }) {
  const app = useApp();
  const badge = badgeOf(useRunHealth(run), useStatements());
  if (!badge) return null;
  return (
    <Tooltip text={<span className={styles.badgeHint}>{badge.hint}</span>} side="right">
      <button
        type="button"
        tabIndex={-1}
        className={styles.badge}
        data-severity={badge.worst}
        aria-label={`Health of ${name}: ${countText(badge)}`}
        onClick={() => app.navigation.toTab('health', 'run', run)}
      >
        <Icon name={badge.worst === 'critical' ? 'error' : 'warning'} size={12} />
        {badge.count > 1 && badge.count}
      </button>
    </Tooltip>
  );
}

const countText = ({ worst, count }: { readonly worst: FindingSeverity; readonly count: number }): string =>
  countsText({ critical: 0, warn: 0, note: 0, [worst]: count });

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
