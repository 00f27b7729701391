// Notes first, then what may explain the difference, then the table.

import { useDeferredValue, useMemo, useState } from 'react';
import { compareRuns } from '../../../core/compare/comparison';
import { differenceItems } from '../../../core/view/differences';
import { NoRuns } from '../../pieces/no-runs';
import { useBaseline, useChosenRuns } from '../../queries/use-runs';
import { useSlice } from '../../state/app';
import { Select } from '../../widgets/select';
import { Empty } from '../../widgets/states';
import { Switch } from '../../widgets/switch';
import { TextField } from '../../widgets/text-field';
import { CompareFiles, type FilePair } from './compare-files';
import styles from './differences.module.css';
import { DiffGrid } from './grid';
import { Notes } from './notes';
import { parseSlice, reductions } from './slice';

/** Runs side by side; the table says when there are more. */
const mostRuns = 60;

export default function DifferencesView() {
  const chosen = useChosenRuns();
  const baseline = useBaseline();
  const [slice, change] = useSlice('differences', parseSlice);
  const [search, setSearch] = useState('');
  const [pair, setPair] = useState<FilePair | null>(null);
  const words = useDeferredValue(search);

  const runs = useMemo(() => {
    const reference = baseline && !chosen.includes(baseline) ? [baseline, ...chosen] : chosen;
    return [...reference].sort((a, b) => Number(b.id === baseline?.id) - Number(a.id === baseline?.id)).slice(0, mostRuns);
  }, [chosen, baseline]);
  const comparison = useMemo(() => (runs.length > 0 ? compareRuns(runs, baseline?.id) : null), [runs, baseline]);
  const items = useMemo(
    () =>
      comparison
        ? differenceItems(comparison, runs, {
            differencesOnly: slice.differencesOnly && runs.length > 1,
            search: words,
            reduction: slice.reduction,
            folded: new Set(slice.folded),
          })
        : [],
    [comparison, runs, slice, words],
  );

  if (!comparison) return <NoRuns>Check two or more runs in the list on the left, or open their eye.</NoRuns>;
  const fold = (id: string): void =>
    change('fold', (before) => ({ ...before, folded: before.folded.includes(id) ? before.folded.filter((other) => other !== id) : [...before.folded, id] }));
  return (
    <div className={styles.view}>
      <div className={styles.bar}>
        <TextField label="Find a param, package or metric" placeholder="Find…" value={search} onText={setSearch} icon="search" />
        <Switch
          label="Differences only"
          checked={slice.differencesOnly}
          onChange={(differencesOnly) => change('differences only', (before) => ({ ...before, differencesOnly }))}
        />
        <Select
          label="Value of a metric"
          value={slice.reduction}
          options={reductions.map((value) => ({ value, label: `Metrics: ${value}` }))}
          onPick={(reduction) => change('metric value', (before) => ({ ...before, reduction }))}
        />
        <span className={styles.muted}>
          {runs.length === 1 ? 'One run: choose another to compare.' : `${runs.length} runs`}
          {chosen.length > mostRuns && `, the first of ${chosen.length}`}
        </span>
      </div>
      <Notes comparison={comparison} runs={runs} />
      {items.length === 0 ? (
        <Empty title={words ? 'Nothing matches' : 'Nothing that these runs record differs'}>
          {words ? 'No key holds these words.' : 'Switch “Differences only” off to see what they share.'}
        </Empty>
      ) : (
        <DiffGrid items={items} runs={runs} baseline={comparison.baseline} onFold={fold} onCompare={setPair} />
      )}
      {pair && <CompareFiles pair={pair} onClose={() => setPair(null)} />}
    </div>
  );
}
