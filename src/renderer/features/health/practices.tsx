// How the project is kept: names, intervals, tags, artifacts. About all runs of the open experiment, not only the chosen.

import { useMemo, useState } from 'react';
import { practices } from '../../../core/practices/index';
import { refsOf } from '../../queries/run-refs';
import { useJob } from '../../queries/use-job';
import { useRuns } from '../../queries/use-runs';
import { useProject } from '../../state/project';
import { Empty, Failed, Loading } from '../../widgets/states';
import { type ClaimItem, ClaimList, NotAssessedNote, numbered } from './claim-list';
import type { job } from './jobs/practices';

const dayMs = 86_400_000;

export function Practices({ opened }: { readonly opened: string | null }) {
  const runs = useRuns();
  const [project] = useProject();
  const [now] = useState(() => Math.floor(Date.now() / dayMs) * dayMs);
  const request = useMemo(
    () => ({
      runs: refsOf(runs.filter((run) => !run.deleted)),
      project,
      now,
    }),
    [runs, project, now],
  );
  const state = useJob<typeof job>('practices', request);
  const answer = state.kind === 'done' ? state.result : state.kind === 'idle' ? null : state.before;
  const items = useMemo(
    () =>
      numbered(answer?.findings ?? []).map(
        ({ key, claim }): ClaimItem => ({
          ...claim,
          key,
          about: practices.find(({ meta }) => meta.id === claim.rule)?.meta.check ?? null,
          waived: claim.waived ? claim.waivers.map(({ reason }) => reason).join('; ') : null,
        }),
      ),
    [answer],
  );
  if (state.kind === 'failed') return <Failed title="The project could not be judged" message={state.message} tip="Reload the page." />;
  if (!answer)
    return (
      <Loading
        text={state.kind === 'running' && state.progress ? `Looked at ${state.progress.done} of ${state.progress.total} runs…` : 'Looking at all runs…'}
      />
    );
  if (items.length === 0)
    return (
      <Empty icon="check" title="The project is kept in good order">
        <NotAssessedNote entries={answer.notAssessed} />
      </Empty>
    );
  return (
    <ClaimList segment="practices" label="Practices" items={items} runs={runs} opened={opened}>
      <NotAssessedNote entries={answer.notAssessed} />
    </ClaimList>
  );
}
