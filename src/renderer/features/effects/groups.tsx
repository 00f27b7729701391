// Groups of repeated runs: each with n, mean and interval, then which of them really differ, then what choosing the best is worth.

import { useState } from 'react';
import type { TrialGroup } from '../../../core/groups/group';
import type { GroupStudy } from '../../../core/groups/study';
import { shortNumber } from '../../../core/view/chart-numbers';
import { counted } from '../../../core/view/format';
import { groupLabel, groupMethod, intervalWords, selectionWords } from '../../../core/view/group-words';
import { useJob } from '../../queries/use-job';
import { useChange } from '../../state/app';
import { Button } from '../../widgets/button';
import { cx } from '../../widgets/class-names';
import { CopyButton } from '../../widgets/copy-button';
import { Icon } from '../../widgets/icon';
import { groupsTsv } from './copies';
import styles from './effects.module.css';
import { IntervalBar, sharedScale } from './interval-bar';
import type { job } from './jobs/effects-groups';
import { PairList } from './pair-list';
import { Answer, type PartProps } from './part';
import { RunLink } from './run-link';
import { TaskTable } from './task-table';

const shownAtFirst = 30;

export function Groups({ request, runs, checked }: PartProps) {
  const state = useJob<typeof job>('effects-groups', request);
  return (
    <Answer state={state} waiting="Grouping runs…" request={request}>
      {({ study }, busy) => (
        <div className={cx(styles.sheet, busy && styles.busy)}>
          <Lead study={study} count={runs.length} checked={checked} />
          <GroupTable study={study} />
          <Selection study={study} />
          <PairList study={study} />
          {study.tasks && <TaskTable tasks={study.tasks} />}
          <p className={styles.method}>{groupMethod}</p>
        </div>
      )}
    </Answer>
  );
}

function Lead({ study, count, checked }: { readonly study: GroupStudy; readonly count: number; readonly checked: boolean }) {
  const change = useChange();
  const { seedParam } = study.table;
  const repeated = study.groups.filter(({ values }) => values.length > 1).length;
  return (
    <div className={styles.lead}>
      <p role="status" aria-label="Summary">
        <strong>{counted(study.groups.length, 'group')}</strong> of {counted(count, checked ? 'checked run' : 'run')}, by everything but{' '}
        {seedParam === null ? 'the seed' : <code>{seedParam}</code>}
        {' · '}
        {repeated === 0 ? 'none was repeated' : `${repeated} with two runs or more`}
        {' · '}
        {study.noise ? `noise between repeats ${shortNumber(study.noise.sd, 3)} SD (${study.noise.df} df)` : 'noise between repeats not known'}
      </p>
      <span className={styles.leadActions}>
        <Button
          size="s"
          icon="group"
          onClick={() => change('group by all but the seed', (workspace) => ({ ...workspace, grouping: { kind: 'all-but-seed' } }))}
        >
          Group list and table like this
        </Button>
        <CopyButton text={groupsTsv(study)} label="Copy table" />
      </span>
    </div>
  );
}

function GroupTable({ study }: { readonly study: GroupStudy }) {
  const [all, setAll] = useState(false);
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const groups = all ? study.groups : study.groups.slice(0, shownAtFirst);
  const scale = sharedScale(groups);
  const toggle = (id: string): void =>
    setUnfolded((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  return (
    <section className={styles.section} aria-label="Groups">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Group</th>
            <th scope="col" className={styles.number}>
              n
            </th>
            <th scope="col" className={styles.number}>
              Mean {study.table.metric}
            </th>
            <th scope="col" className={styles.number}>
              95 % interval
            </th>
            <th scope="col" className={styles.barColumn}>
              <span className={styles.barScale}>
                <span>{shortNumber(scale[0], 3)}</span>
                <span>{shortNumber(scale[1], 3)}</span>
              </span>
            </th>
            <th scope="col" className={styles.number}>
              SD
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <GroupRows
              key={group.id}
              group={group}
              scale={scale}
              leads={group.id === study.selection?.leader}
              open={unfolded.has(group.id)}
              onToggle={toggle}
            />
          ))}
        </tbody>
      </table>
      {study.groups.length > shownAtFirst && (
        <Button size="s" kind="ghost" onClick={() => setAll(!all)}>
          {all ? `Show the first ${shownAtFirst}` : `Show all ${study.groups.length} groups`}
        </Button>
      )}
    </section>
  );
}

interface RowProps {
  readonly group: TrialGroup;
  readonly scale: readonly [number, number];
  readonly leads: boolean;
  readonly open: boolean;
  readonly onToggle: (id: string) => void;
}

function GroupRows({ group, scale, leads, open, onToggle }: RowProps) {
  const { id, values, mean, interval, sd, failed, copies, members } = group;
  const asides = [failed > 0 && `${failed} without a value`, copies > 0 && `${copies} ${copies === 1 ? 'copy' : 'copies'}`].filter((aside) => aside !== false);
  return (
    <>
      <tr className={cx(leads && styles.leader)}>
        <th scope="row">
          <button type="button" className={styles.fold} aria-expanded={open} onClick={() => onToggle(id)}>
            <Icon name={open ? 'chevron-down' : 'chevron-right'} size={12} />
            <span title={groupLabel(group)}>{groupLabel(group)}</span>
            {asides.length > 0 && <span className={styles.muted}>{asides.join(', ')}</span>}
          </button>
        </th>
        <td className={styles.number}>{values.length}</td>
        <td className={styles.number} title={mean === null ? undefined : String(mean)}>
          {mean === null ? '–' : shortNumber(mean)}
        </td>
        <td className={styles.number}>{interval ? intervalWords(interval, 4) : '–'}</td>
        <td className={styles.barColumn}>
          <IntervalBar scale={scale} mean={mean} interval={interval} values={values} strong={leads} />
        </td>
        <td className={styles.number}>{sd === null ? '–' : shortNumber(sd, 3)}</td>
      </tr>
      {open &&
        members.map((member) => (
          <tr key={member.id} className={styles.member}>
            <th scope="row">
              <RunLink id={member.id} name={member.name} />
            </th>
            <td className={styles.number}>{member.seed === null ? '' : `seed ${member.seed}`}</td>
            <td className={styles.number} title={member.value === null ? undefined : String(member.value)}>
              {member.value === null ? 'no value' : shortNumber(member.value)}
            </td>
            <td />
            <td className={styles.barColumn}>
              <IntervalBar scale={scale} mean={null} interval={null} values={member.value === null ? [] : [member.value]} />
            </td>
            <td />
          </tr>
        ))}
    </>
  );
}

function Selection({ study }: { readonly study: GroupStudy }) {
  const words = selectionWords(study);
  return words === null ? null : (
    <p className={styles.caution}>
      <Icon name="info" size={14} /> <span>{words}</span>
    </p>
  );
}
