// Filters of findings: severities, rule, words; and by what they are grouped.

import { useMemo } from 'react';
import type { FindingSeverity } from '../../../core/health/finding';
import { countsOf, type FindingItem, severities, severityTitles } from '../../../core/view/health-list';
import type { ChangeOptions } from '../../state/workspace-store';
import { Button } from '../../widgets/button';
import { Select } from '../../widgets/select';
import { Severity } from '../../widgets/severity';
import { TextField } from '../../widgets/text-field';
import styles from './health.module.css';
import { ruleTitle } from './rule-titles';
import type { HealthSlice } from './slice';

interface Props {
  readonly items: readonly FindingItem[];
  readonly slice: HealthSlice;
  readonly change: (label: string, next: (slice: HealthSlice) => HealthSlice, options?: ChangeOptions) => void;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly rule: string | null;
  readonly onRule: (rule: string | null) => void;
  readonly shown: number;
}

const collator = new Intl.Collator('en', { numeric: true });

export function Toolbar({ items, slice, change, text, onText, rule, onRule, shown }: Props) {
  const counts = useMemo(() => countsOf(items), [items]);
  const rules = useMemo(() => {
    const found = new Map<string, number>();
    for (const { finding } of items) found.set(finding.rule, (found.get(finding.rule) ?? 0) + 1);
    return [...found].sort(([a], [b]) => collator.compare(a, b));
  }, [items]);
  const toggle = (severity: FindingSeverity): void =>
    change(
      'severities',
      (before) => ({
        ...before,
        severities: before.severities.includes(severity) ? before.severities.filter((one) => one !== severity) : [...before.severities, severity],
      }),
      { undoable: false },
    );
  return (
    <div className={styles.bar} role="toolbar" aria-label="Findings">
      <TextField label="Search findings" icon="search" value={text} onText={onText} className={styles.search} />
      <span className={styles.pair}>
        {severities.map((severity) => (
          <Button
            key={severity}
            kind="ghost"
            size="s"
            pressed={slice.severities.includes(severity)}
            aria-label={`${severityTitles[severity]}, ${counts[severity]}`}
            onClick={() => toggle(severity)}
          >
            <Severity severity={severity} bare />
            {counts[severity].toLocaleString('en')}
          </Button>
        ))}
      </span>
      <Select
        label="Rule"
        icon="filter"
        value={rule ?? ''}
        options={[
          { value: '', label: 'All rules' },
          ...rules.map(([id, count]) => ({ value: id, label: `${id} ${ruleTitle(id)}`.trim(), note: count.toLocaleString('en') })),
        ]}
        onPick={(picked) => onRule(picked === '' ? null : picked)}
      />
      <Select
        label="Group findings by"
        icon="group"
        value={slice.grouping}
        options={[
          { value: 'run', label: 'By run' },
          { value: 'rule', label: 'By rule' },
        ]}
        onPick={(grouping) => change('group findings', (before) => ({ ...before, grouping }))}
      />
      {shown < items.length && (
        <span className={styles.shown}>
          {shown.toLocaleString('en')} of {items.length.toLocaleString('en')}
        </span>
      )}
    </div>
  );
}
