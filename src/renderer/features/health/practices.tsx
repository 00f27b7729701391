// How the project is kept: names, intervals, tags, artifacts. About all runs of the open experiment, not only the chosen.

import { useMemo } from 'react';
import { practices } from '../../../core/practices/index';
import { leftOutRows, practiceRows } from '../../../core/view/practices-list';
import { usePractices } from '../../queries/use-practices';
import { useRuns } from '../../queries/use-runs';
import { Empty, Failed, Loading } from '../../widgets/states';
import { type ClaimItem, ClaimList, NotAssessedNote, RunLink } from './claim-list';
import styles from './health.module.css';

const about = new Map(practices.map(({ meta }) => [meta.id, meta.check]));

export function Practices({ opened }: { readonly opened: string | null }) {
  const runs = useRuns();
  const state = usePractices(runs);
  const result = state.kind === 'done' ? state.result : state.kind === 'idle' ? null : state.before;
  const items = useMemo(
    () =>
      result === null
        ? []
        : practiceRows(result, runs).map(
            ({ key, finding, waivedText }): ClaimItem => ({
              ...finding,
              key: key.replace(/^practices\//, ''),
              about: about.get(finding.rule) ?? null,
              waived: waivedText.length > 0 ? waivedText.join(' ') : null,
              waiver: finding.waivers[0] ?? null,
            }),
          ),
    [result, runs],
  );
  if (state.kind === 'failed') return <Failed title="The project could not be judged" message={state.message} tip="Reload the page." />;
  if (!result)
    return (
      <Loading
        text={state.kind === 'running' && state.progress ? `Looked at ${state.progress.done} of ${state.progress.total} runs…` : 'Looking at all runs…'}
      />
    );
  const leftOut = leftOutRows(result, runs);
  if (items.length === 0 && leftOut.length === 0)
    return (
      <Empty icon="check" title="Nothing was found">
        <NotAssessedNote entries={result.notAssessed} />
      </Empty>
    );
  return (
    <ClaimList segment="practices" label="Practices" items={items} runs={runs} opened={opened}>
      {leftOut.length > 0 && (
        <div className={styles.listNote}>
          <p>Left out of rankings, because they break the comparability contract:</p>
          <ul>
            {leftOut.slice(0, 50).map(({ run, reasons }) => (
              <li key={run.id}>
                <RunLink run={run} /> {reasons.join('; ')}
              </li>
            ))}
            {leftOut.length > 50 && <li>and {leftOut.length - 50} more</li>}
          </ul>
        </div>
      )}
      <NotAssessedNote entries={result.notAssessed} />
    </ClaimList>
  );
}
