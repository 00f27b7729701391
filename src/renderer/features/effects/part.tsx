// What the three parts share: their inputs, and what stands where their answer would.

import type { ReactNode } from 'react';
import type { Run } from '../../../core/model/run';
import type { TrialProblem } from '../../../core/trials/trial';
import { counted } from '../../../core/view/format';
import { useSlice } from '../../state/app';
import { parseJudgedBy } from '../../state/judged-by';
import { Button } from '../../widgets/button';
import { Empty, Failed, Loading } from '../../widgets/states';
import type { JobState } from '../../workers/analysis-client';
import type { OrProblem, TrialsRequest } from '../../workers/trials';
import type { EffectsSlice } from './slice';
import type { ChangeEffects } from './toolbar';

export interface PartProps {
  readonly request: TrialsRequest;
  readonly slice: EffectsSlice;
  readonly change: ChangeEffects;
  readonly runs: readonly Run[];
  /** Whether the runs are those that are checked, and not all of the list. */
  readonly checked: boolean;
}

interface Props<T> extends Pick<PartProps, 'request'> {
  readonly state: JobState<OrProblem<T>>;
  readonly waiting: string;
  readonly children: (result: T & { readonly problem: null }, busy: boolean) => ReactNode;
}

/** Draws the answer, or the last one while the next is computed, or what is in its way. */
export function Answer<T>({ state, waiting, children, request }: Props<T>) {
  const result = state.kind === 'done' ? state.result : state.kind === 'running' ? state.before : null;
  if (state.kind === 'failed')
    return <Failed title="This could not be computed" message={state.message} tip="Choose other runs or another metric, or open the page again." />;
  if (!result) return <Loading text={progressText(state, waiting)} />;
  if (result.problem) return <Problem problem={result.problem} metric={request.metric} />;
  return children(result as T & { readonly problem: null }, state.kind === 'running');
}

const progressText = (state: JobState<unknown>, waiting: string): string =>
  state.kind === 'running' && state.progress ? `${waiting} ${state.progress.done} of ${counted(state.progress.total, 'run')}` : waiting;

function Problem({ problem, metric }: { readonly problem: TrialProblem; readonly metric: string }) {
  const [, judge] = useSlice('judged-by', parseJudgedBy);
  if (problem.code !== 'no-direction') return <Empty title="There is nothing to judge by">{problem.message}</Empty>;
  const say = (direction: 'min' | 'max'): void =>
    judge('direction of a metric', (before) => ({ ...before, directions: { ...before.directions, [metric]: direction } }));
  return (
    <Empty
      title={`Is more or less of ${metric} better?`}
      actions={
        <>
          <Button onClick={() => say('max')}>↑ More is better</Button>
          <Button onClick={() => say('min')}>↓ Less is better</Button>
        </>
      }
    >
      Its name does not say it, and ranking by a guess would be worse than asking. The answer is remembered.
    </Empty>
  );
}
