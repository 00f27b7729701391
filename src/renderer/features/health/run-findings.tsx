// Findings of runs: filters above, the list at the left, the open finding at the right.

import { type KeyboardEvent, useDeferredValue, useMemo, useRef, useState } from 'react';
import { displayName, type Run } from '../../../core/model/run';
import { type FindingItem, filterFindings, type HealthFilter, healthRows } from '../../../core/view/health-list';
import type { HealthOfRuns } from '../../queries/use-health';
import { useApp } from '../../state/app';
import type { ChangeOptions } from '../../state/workspace-store';
import { Button } from '../../widgets/button';
import { Empty, Failed, Loading } from '../../widgets/states';
import { FindingDetail } from './detail';
import { FindingList } from './finding-list';
import styles from './health.module.css';
import { ruleTitle } from './rule-titles';
import type { HealthSlice } from './slice';
import { Toolbar } from './toolbar';

interface Props {
  readonly runs: readonly Run[];
  readonly items: readonly FindingItem[];
  readonly health: HealthOfRuns;
  readonly slice: HealthSlice;
  readonly change: (label: string, next: (slice: HealthSlice) => HealthSlice, options?: ChangeOptions) => void;
  /** Key of the finding that the address names. */
  readonly opened: string | null;
  /** Where the address shows one run alone. */
  readonly only: Run | null;
  readonly onAll: () => void;
}

export function RunFindings({ runs, items, health, slice, change, opened, only, onAll }: Props) {
  const app = useApp();
  const list = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const [rule, setRule] = useState<string | null>(null);
  const filter: HealthFilter = { severities: slice.severities, rule, run: null, text: useDeferredValue(text) };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the parts of the filter are what counts
  const found = useMemo(() => filterFindings(items, filter, ruleTitle), [items, filter.severities, filter.rule, filter.text]);
  const rows = useMemo(() => healthRows(found, slice.grouping, ruleTitle), [found, slice.grouping]);
  const open = opened === null ? undefined : items.find(({ key }) => key === opened);

  const show = (item: FindingItem): void => app.navigation.setPlace('health', 'finding', item.run.id, item.finding.rule, String(item.nth));
  const close = (): void => {
    app.navigation.setPlace('health', ...(only ? ['run', only.id] : []));
    list.current?.focus();
  };
  const key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || opened === null) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };

  const failures = runs.filter((run) => health.failed.has(run.id));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc closes the finding wherever the focus is in here
    <div className={styles.body} onKeyDown={key}>
      <div className={styles.left}>
        <Toolbar items={items} slice={slice} change={change} text={text} onText={setText} rule={rule} onRule={setRule} shown={found.length} />
        {only && (
          <p className={styles.only}>
            Only <strong>{displayName(only)}</strong>
            <Button size="s" kind="ghost" icon="close" onClick={onAll}>
              Show all chosen runs
            </Button>
          </p>
        )}
        {failures.length > 0 && (
          <p className={styles.failures} role="alert">
            {failures.length === 1 ? `${displayName(failures[0] as Run)} could not be judged` : `${failures.length} runs could not be judged`}:{' '}
            {health.failed.get((failures[0] as Run).id)}
          </p>
        )}
        {rows.length > 0 ? (
          <FindingList rows={rows} open={opened} onOpen={show} element={list} showRun={slice.grouping === 'rule'} />
        ) : health.waiting > 0 ? (
          <Loading text={`Judging ${health.waiting === 1 ? 'the run' : `${health.waiting} runs`}…`} />
        ) : items.length > 0 ? (
          <Empty
            icon="search"
            title="No finding passes the filter"
            actions={
              <Button
                onClick={() => {
                  setText('');
                  setRule(null);
                  change('severities', (before) => ({ ...before, severities: ['critical', 'warn', 'note'] }), { undoable: false });
                }}
              >
                Show all {items.length} findings
              </Button>
            }
          />
        ) : failures.length === runs.length ? (
          <Failed
            title="These runs could not be judged"
            message={health.failed.get((failures[0] as Run).id) ?? ''}
            tip="Reload the page, or read the runs again."
          />
        ) : (
          <Empty icon="check" title={runs.length === 1 ? 'Nothing was found in this run' : 'Nothing was found in these runs'}>
            No rule that could be applied has anything to say. “Not assessed” lists what could not be judged and why: that is never the same as healthy.
          </Empty>
        )}
      </div>
      {open ? (
        <FindingDetail item={open} onClose={close} />
      ) : (
        rows.length > 0 && (
          <aside className={styles.detail} aria-label="Finding">
            <p className={styles.hint}>
              {opened === null
                ? 'Choose a finding to see its numbers, its place on the curve, and what to do.'
                : health.waiting > 0
                  ? 'This finding’s run is being judged…'
                  : 'This finding is not there any more: the run or the rule has changed.'}
            </p>
          </aside>
        )
      )}
    </div>
  );
}
