// What is said of several runs together.

import { useMemo } from 'react';
import type { AcrossFinding } from '../../../core/health/finding';
import { displayName, type Run } from '../../../core/model/run';
import { counted } from '../../../core/view/format';
import { useApp, useRunStyle } from '../../state/app';
import { showOnlyRuns } from '../../state/run-actions';
import { Button } from '../../widgets/button';
import { cx } from '../../widgets/class-names';
import { CopyButton } from '../../widgets/copy-button';
import { RunMark } from '../../widgets/run-mark';
import { Severity } from '../../widgets/severity';
import { Empty, Failed, Loading } from '../../widgets/states';
import type { JobState } from '../../workers/analysis-client';
import { AdviceText, Evidence } from './claim';
import styles from './health.module.css';
import type { AcrossResult } from './jobs/health-across';
import { ruleMeta, ruleTitle } from './rule-titles';

interface Props {
  readonly state: JobState<AcrossResult>;
  readonly runs: readonly Run[];
  /** Key of the finding that the address names. */
  readonly opened: string | null;
}

interface Item {
  readonly key: string;
  readonly nth: number;
  readonly finding: AcrossFinding;
}

const mostRuns = 40;

export function AcrossRuns({ state, runs, opened }: Props) {
  const app = useApp();
  const result = state.kind === 'done' ? state.result : state.kind === 'idle' ? null : state.before;
  const items = useMemo(() => itemsOf(result?.findings ?? []), [result]);
  if (state.kind === 'idle')
    return (
      <Empty title="One run says nothing of others">
        Check two runs or more in the list on the left: identical curves, failures in a range of a param and the like are seen between runs.
      </Empty>
    );
  if (state.kind === 'failed')
    return <Failed title="The runs could not be judged together" message={state.message} tip="Reload the page, or choose other runs." />;
  if (!result)
    return (
      <Loading
        text={state.kind === 'running' && state.progress ? `Judged ${state.progress.done} of ${state.progress.total} runs…` : 'Judging runs together…'}
      />
    );
  if (items.length === 0)
    return (
      <Empty icon="check" title="Nothing stands out between these runs">
        {notAssessedText(result)}
      </Empty>
    );
  const open = items.find(({ key }) => key === opened) ?? items[0];
  return (
    <div className={styles.body}>
      <ul className={styles.list} aria-label="Findings across runs">
        {items.map(({ key, nth, finding }) => (
          <li key={key}>
            <button
              type="button"
              className={cx(styles.acrossRow, key === open?.key && styles.openRow)}
              aria-pressed={key === open?.key}
              onClick={() => app.navigation.setPlace('health', 'across', finding.rule, String(nth))}
            >
              <Severity severity={finding.severity} bare size={16} />
              <span className={styles.rowText}>
                <span className={styles.rowTitle}>
                  <span className={styles.rowName}>{ruleTitle(finding.rule) || finding.rule}</span>
                  <span className={styles.rule}>{finding.rule}</span>
                  <span className={styles.headNote}>{counted(finding.runs.length, 'run')}</span>
                </span>
                <span className={styles.rowSummary} title={finding.summary}>
                  {finding.summary}
                </span>
              </span>
            </button>
          </li>
        ))}
        <li className={styles.listNote}>{notAssessedText(result)}</li>
      </ul>
      {open && <Detail item={open} runs={runs} />}
    </div>
  );
}

function notAssessedText({ notAssessed }: AcrossResult): string {
  if (notAssessed.length === 0) return '';
  return `Not assessed: ${notAssessed.map(({ rule, reason }) => `${rule} ${reason.replace(/\.$/, '')}`).join('; ')}.`;
}

function Detail({ item: { finding, nth }, runs }: { readonly item: Item; readonly runs: readonly Run[] }) {
  const app = useApp();
  const meta = ruleMeta(finding.rule);
  const about = runs.filter((run) => finding.runs.includes(run.id));
  const link = `${location.origin}${location.pathname}#/health/across/${encodeURIComponent(finding.rule)}/${nth}`;
  return (
    <aside className={styles.detail} aria-label={`Finding ${finding.rule}`}>
      <header className={styles.detailHead}>
        <Severity severity={finding.severity} />
        <span className={styles.rule}>{finding.rule}</span>
        <span className={styles.space} />
        <CopyButton text={link} label="Copy link" />
      </header>
      <h2 className={styles.detailTitle}>{meta?.title ?? finding.rule}</h2>
      <p className={styles.claim}>{finding.summary}</p>
      <section>
        <h3 className={styles.withAction}>
          {counted(finding.runs.length, 'run')}
          <Button
            size="s"
            icon="eye"
            onClick={() => {
              showOnlyRuns(app, finding.runs);
              app.navigation.toTab('curves');
            }}
          >
            Draw only these
          </Button>
        </h3>
        <ul className={styles.runs}>
          {about.slice(0, mostRuns).map((run) => (
            <li key={run.id}>
              <RunLink run={run} />
            </li>
          ))}
          {about.length > mostRuns && <li className={styles.muted}>and {about.length - mostRuns} more</li>}
        </ul>
      </section>
      <AdviceText advice={finding.advice} />
      <Evidence values={finding.evidence} />
      <section>
        <h3>What would make this wrong</h3>
        <p>{finding.caveat}</p>
      </section>
      {meta && (
        <section>
          <h3>About the rule</h3>
          <p>{meta.about}</p>
          <p className={styles.muted}>{meta.reference}</p>
        </section>
      )}
    </aside>
  );
}

function RunLink({ run }: { readonly run: Run }) {
  const app = useApp();
  return (
    <button type="button" className={styles.runName} onClick={() => app.navigation.toRun(run.id)}>
      <RunMark style={useRunStyle(run.id)} /> <span>{displayName(run)}</span>
    </button>
  );
}

function itemsOf(findings: readonly AcrossFinding[]): readonly Item[] {
  const counts = new Map<string, number>();
  return findings.map((finding) => {
    const nth = counts.get(finding.rule) ?? 0;
    counts.set(finding.rule, nth + 1);
    return { key: `${finding.rule}/${nth}`, nth, finding };
  });
}
