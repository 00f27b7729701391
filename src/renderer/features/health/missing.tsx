// Metrics that runs of this kind usually log and these do not, with code that logs them.

import { useMemo } from 'react';
import type { MissingMetric } from '../../../core/health/expected/missing';
import { displayName, type Run } from '../../../core/model/run';
import { type ExpectedGroup, expectedView } from '../../../core/view/expected-groups';
import { counted } from '../../../core/view/format';
import { refsOf } from '../../queries/run-refs';
import { useJob } from '../../queries/use-job';
import { useRoles } from '../../queries/use-roles';
import { useApp } from '../../state/app';
import { Button } from '../../widgets/button';
import { CodeBlock } from '../../widgets/code-block';
import { Icon } from '../../widgets/icon';
import { Empty, Failed, Loading } from '../../widgets/states';
import styles from './health.module.css';
import type { job } from './jobs/expected';

const namesShown = 6;

export function MissingMetrics({ runs }: { readonly runs: readonly Run[] }) {
  const roles = useRoles();
  const request = useMemo(() => ({ runs: refsOf(runs), roles }), [runs, roles]);
  const state = useJob<typeof job>('expected', request);
  const view = useMemo(() => (state.kind === 'done' ? expectedView(runs, state.result) : null), [runs, state]);
  if (state.kind === 'failed') return <Failed title="What is missing could not be worked out" message={state.message} tip="Reload the page." />;
  if (!view) return <Loading text="Looking at what was logged…" />;
  if (view.groups.length === 0)
    return (
      <Empty title="It is not clear what these runs work on">
        Neither names of metrics nor params nor packages say clearly enough which kind of problem this is, so nothing is said to be missing.
      </Empty>
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className={styles.sheet} tabIndex={0} aria-label="Missing metrics">
      {view.groups.map((group) => (
        <Group key={`${group.domain.id} ${group.runs[0]?.id}`} group={group} />
      ))}
      {view.unclear.length > 0 && <p className={styles.muted}>Not clear enough to say: {namesOf(view.unclear)}.</p>}
    </section>
  );
}

function Group({ group: { domain, logged, missing, runs } }: { readonly group: ExpectedGroup }) {
  return (
    <article className={styles.expected}>
      <h2>
        {missing.length === 0 ? 'Nothing is missing for ' : 'This looks like '}
        {domain.label}
      </h2>
      <p className={styles.muted}>
        {counted(runs.length, 'run')}: {namesOf(runs)} · sure to {Math.round(domain.confidence * 100)} %, by {domain.reason}
      </p>
      {logged.length > 0 && (
        <p className={styles.loggedMetrics}>
          <Icon name="check" size={14} /> Logged: {logged.join(', ')}
        </p>
      )}
      <ul className={styles.missing}>
        {missing.map((metric) => (
          <li key={metric.id}>
            <Missing metric={metric} />
          </li>
        ))}
      </ul>
    </article>
  );
}

function Missing({ metric: { label, level, why, maybe, advice } }: { readonly metric: MissingMetric }) {
  const app = useApp();
  return (
    <details className={styles.missingMetric}>
      <summary>
        <span className={styles.missingLabel}>{label}</span>
        <span className={styles.level} data-level={level}>
          {level === 'minimum' ? 'should be logged' : 'advised'}
        </span>
        <span className={styles.missingWhy}>{maybe === null ? why : `“${maybe}” may be it.`}</span>
      </summary>
      <p>{why}</p>
      <p>{advice.text}</p>
      {maybe !== null && (
        <Button size="s" onClick={() => app.session.setState({ role: maybe })}>
          Say what “{maybe}” is
        </Button>
      )}
      {advice.code && <CodeBlock code={advice.code} />}
    </details>
  );
}

const namesOf = (runs: readonly Run[]): string =>
  `${runs.slice(0, namesShown).map(displayName).join(', ')}${runs.length > namesShown ? ` and ${runs.length - namesShown} more` : ''}`;
