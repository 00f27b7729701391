// What is said of several runs together.

import { useMemo } from 'react';
import type { Run } from '../../../core/model/run';
import { holds } from '../../../core/project/statements';
import { useStatements } from '../../queries/use-statements';
import { Empty, Failed, Loading } from '../../widgets/states';
import type { JobState } from '../../workers/analysis-client';
import { type ClaimItem, ClaimList, NotAssessedNote, numbered } from './claim-list';
import type { AcrossResult } from './jobs/health-across';
import { ruleMeta } from './rule-titles';

interface Props {
  readonly state: JobState<AcrossResult>;
  readonly runs: readonly Run[];
  /** Key of the finding that the address names. */
  readonly opened: string | null;
}

export function AcrossRuns({ state, runs, opened }: Props) {
  const result = state.kind === 'done' ? state.result : state.kind === 'idle' ? null : state.before;
  const { project, nowMs } = useStatements();
  const items = useMemo(
    () =>
      numbered(result?.findings ?? []).map(({ key, claim }): ClaimItem => {
        const meta = ruleMeta(claim.rule);
        // A finding about several runs is set aside as a whole.
        const waiver = project.waivers.find(({ rule, run, path }) => rule === claim.rule && run === null && path === undefined) ?? null;
        const waived = waiver && holds(waiver, nowMs) ? waiver : null;
        return {
          ...claim,
          key,
          title: meta?.title ?? claim.rule,
          about: meta ? `${meta.about} ${meta.reference}` : null,
          waived: waived && 'Set aside.',
          waiver: waived,
        };
      }),
    [result, project, nowMs],
  );
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
        <NotAssessedNote entries={result.notAssessed} />
      </Empty>
    );
  return (
    <ClaimList segment="across" label="Findings across runs" items={items} runs={runs} opened={opened}>
      <NotAssessedNote entries={result.notAssessed} />
    </ClaimList>
  );
}
