// The Effects tab: by what runs are judged, and one of its three parts.

import { useCallback } from 'react';
import { useRuns } from '../../queries/use-runs';
import { useApp, usePlace, useSlice } from '../../state/app';
import { Empty, Failed, Loading } from '../../widgets/states';
import styles from './effects.module.css';
import { Groups } from './groups';
import { Next } from './next';
import { Params } from './params';
import { type EffectsSlice, parseSlice, type Segment, segments } from './slice';
import { type ChangeEffects, Toolbar } from './toolbar';
import { useEffectsInput } from './use-effects';

export default function EffectsView() {
  const app = useApp();
  const [stored, set] = useSlice('effects', parseSlice);
  const [placed] = usePlace('effects');
  const segment = segments.find((one) => one === placed) ?? stored.segment;
  const slice: EffectsSlice = segment === stored.segment ? stored : { ...stored, segment };
  const input = useEffectsInput();
  const change = useCallback<ChangeEffects>((label, part) => set(label, (before) => ({ ...before, ...part })), [set]);
  const open = (next: Segment): void => {
    app.navigation.setPlace('effects', next);
    set('part of effects', (before) => ({ ...before, segment: next }), { undoable: false });
  };
  const { targets, metric, runs } = input;
  if (runs.length === 0) return <NoRuns />;
  if (targets.kind === 'failed')
    return <Failed title="The metrics of these runs could not be read" message={targets.message} tip="Open the page again; the runs are still in the store." />;
  const known = targets.kind === 'done' ? targets.result : targets.kind === 'running' ? targets.before : null;
  if (!known) return <Loading text="Looking for metrics…" />;
  if (metric === null || !input.request) return <Empty title="These runs logged no metric">Groups and effects are of a number that runs are judged by.</Empty>;
  const named = known.find(({ name }) => name === metric)?.direction;
  const direction = input.direction ?? (named === 'min' || named === 'max' ? named : null);
  const props = { request: input.request, slice, change, runs, checked: input.checked };
  return (
    <div className={styles.view}>
      <Toolbar segment={segment} onOpen={open} targets={known} metric={metric} direction={direction} />
      {segment === 'groups' ? <Groups {...props} /> : segment === 'params' ? <Params {...props} /> : <Next {...props} />}
    </div>
  );
}

function NoRuns() {
  const all = useRuns();
  return (
    <Empty title={all.length === 0 ? 'There are no runs' : 'No run passes the search'}>
      {all.length === 0
        ? 'Drop runs on the window to see which groups differ and which params mattered.'
        : 'Take the search or the filter back in the list on the left.'}
    </Empty>
  );
}
