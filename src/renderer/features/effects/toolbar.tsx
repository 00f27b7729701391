// Parts of the tab, and by what runs are judged: metric, reading and which way is better.

import { useState } from 'react';
import type { Reading } from '../../../core/trials/trial';
import type { TargetMetric } from '../../../core/view/target-metrics';
import { useSlice } from '../../state/app';
import { parseJudgedBy } from '../../state/judged-by';
import { Button } from '../../widgets/button';
import { cx } from '../../widgets/class-names';
import { Icon } from '../../widgets/icon';
import { Popover } from '../../widgets/popover';
import { Segments } from '../../widgets/segments';
import { Select } from '../../widgets/select';
import { TextField } from '../../widgets/text-field';
import shared from './effects.module.css';
import type { EffectsSlice, Segment } from './slice';
import styles from './toolbar.module.css';

export type ChangeEffects = (label: string, part: Partial<EffectsSlice>) => void;

const titles: Readonly<Record<Segment, string>> = { groups: 'Groups', params: 'Effects', next: 'Next experiments' };

interface Props {
  readonly segment: Segment;
  readonly onOpen: (segment: Segment) => void;
  readonly targets: readonly TargetMetric[];
  readonly metric: string | null;
  /** As stated, or as the metric's name says; null where nobody says it. */
  readonly direction: 'min' | 'max' | null;
}

export function Toolbar({ segment, onOpen, targets, metric, direction }: Props) {
  const [judgedBy, judge] = useSlice('judged-by', parseJudgedBy);
  return (
    <div className={styles.top}>
      <Segments label="Parts of Effects" titles={titles} open={segment} onOpen={onOpen} />
      {metric !== null && (
        <div className={styles.pickers} role="toolbar" aria-label="Judged by">
          <MetricPicker targets={targets} metric={metric} onPick={(name) => judge('metric', (before) => ({ ...before, metric: name }))} />
          <Select<Reading>
            label="What stands for a curve"
            value={judgedBy.reading}
            options={[
              { value: 'last', label: 'Last value' },
              { value: 'best', label: 'Best value', note: 'looks better than it is' },
              { value: 'mean-tail', label: 'Mean of the last 5 %' },
            ]}
            onPick={(reading) => judge('reading of a metric', (before) => ({ ...before, reading }))}
          />
          <Select<'min' | 'max' | 'unknown'>
            label="Which way is better"
            value={direction ?? 'unknown'}
            options={[
              { value: 'max', label: '↑ More is better' },
              { value: 'min', label: '↓ Less is better' },
              ...(direction === null ? [{ value: 'unknown' as const, label: 'Better: not known' }] : []),
            ]}
            onPick={(picked) => {
              if (picked !== 'unknown') judge('direction of a metric', (before) => ({ ...before, directions: { ...before.directions, [metric]: picked } }));
            }}
          />
        </div>
      )}
    </div>
  );
}

const mostListed = 60;

/** A list that can be searched: runs may have ten thousand metrics. */
function MetricPicker({
  targets,
  metric,
  onPick,
}: {
  readonly targets: readonly TargetMetric[];
  readonly metric: string;
  readonly onPick: (name: string) => void;
}) {
  const [open, setOpen] = useState(false);
  const [search, setSearch] = useState('');
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = targets.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
  const pick = (name: string): void => {
    setOpen(false);
    setSearch('');
    onPick(name);
  };
  return (
    <Popover
      label="Metric"
      open={open}
      onOpenChange={setOpen}
      align="end"
      trigger={
        <Button aria-label={`Metric: ${metric}`} className={styles.metricButton}>
          <span className={styles.metricName}>{metric}</span>
          <Icon name="chevron-down" size={12} />
        </Button>
      }
    >
      <div className={styles.metricPicker}>
        <TextField
          label="Search metrics"
          icon="search"
          value={search}
          onText={setSearch}
          onKeyDown={(event) => {
            const [first] = found;
            if (event.key === 'Enter' && first) pick(first.name);
          }}
        />
        <ul className={styles.metricList} aria-label="Metrics">
          {found.slice(0, mostListed).map(({ name, direction, runs }) => (
            <li key={name}>
              <button
                type="button"
                className={cx(styles.metricItem, name === metric && styles.pickedItem)}
                aria-current={name === metric || undefined}
                onClick={() => pick(name)}
              >
                <span className={styles.metricName} title={name}>
                  {name}
                </span>
                <span className={shared.muted}>
                  {direction === 'max' ? '↑' : direction === 'min' ? '↓' : ''} {runs}
                </span>
              </button>
            </li>
          ))}
        </ul>
        <p className={shared.muted}>
          {found.length === 0
            ? 'No metric has such a name.'
            : found.length > mostListed
              ? `${found.length - mostListed} more: search for them.`
              : 'Arrow: better; number: runs that have it.'}
        </p>
      </div>
    </Popover>
  );
}
