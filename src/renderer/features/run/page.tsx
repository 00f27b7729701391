// A run's own page: title, what it is, and its sections.

import type { Run } from '../../../core/model/run';
import { displayName } from '../../../core/model/run';
import { dateText, durationText, isoText } from '../../../core/view/format';
import type { RunPage } from '../../registry/pages';
import { runSections } from '../../registry/sections';
import { useApp, useChange, useRunStyle, useWorkspace } from '../../state/app';
import { toggleBaseline } from '../../state/workspace';
import { Button, IconButton } from '../../widgets/button';
import { CopyButton } from '../../widgets/copy-button';
import { ErrorBoundary } from '../../widgets/error-boundary';
import { RunMark } from '../../widgets/run-mark';
import { Tabs } from '../../widgets/tabs';
import { AlsoRecorded } from './also-recorded';
import styles from './run.module.css';

function Page({ run, section }: { readonly run: Run; readonly section: string | null }) {
  const app = useApp();
  const open = runSections.find(({ meta }) => meta.id === section) ?? runSections.find(({ leads }) => leads?.(run)) ?? runSections[0];
  if (!open) return null;
  const items = runSections.map(({ meta, count }) => {
    const mark = count?.(run) ?? null;
    return { id: meta.id, title: meta.title, ...(mark === null ? {} : { mark }) };
  });
  return (
    <div className={styles.page}>
      <div>
        <Head run={run} />
        <AlsoRecorded run={run} />
      </div>
      <Tabs label="About this run" items={items} open={open.meta.id} onOpen={(id) => app.navigation.toRun(run.id, id)}>
        <ErrorBoundary key={open.meta.id} name={open.meta.title} resetKey={run.id}>
          <open.Component run={run} />
        </ErrorBoundary>
      </Tabs>
    </div>
  );
}

function Head({ run }: { readonly run: Run }) {
  const app = useApp();
  const change = useChange();
  const isBaseline = useWorkspace((workspace) => workspace.baseline === run.id);
  const duration = run.startedMs !== null && run.endedMs !== null ? durationText(run.endedMs - run.startedMs) : null;
  return (
    <header className={styles.head}>
      <IconButton icon="chevron-left" label="Back to the views" onClick={() => app.navigation.toTab('table')} />
      <RunMark style={useRunStyle(run.id)} size={16} />
      <h1 className={styles.name}>{displayName(run)}</h1>
      <span className={styles.status}>{run.status}</span>
      {run.deleted && <span className={styles.status}>deleted in the tracker</span>}
      <span className={styles.muted} title={isoText(run.startedMs)}>
        {run.startedMs === null ? 'start not recorded' : dateText(run.startedMs)}
        {duration && ` · ${duration}`}
      </span>
      <span className={styles.space} />
      <CopyButton text={run.nativeId ?? run.id} label="Copy id" />
      <Button size="s" icon="bookmark" pressed={isBaseline} onClick={() => change('baseline', toggleBaseline(run.id))}>
        Baseline
      </Button>
    </header>
  );
}

export const page: RunPage = { Component: Page };
