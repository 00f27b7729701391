// Filters of findings in code: severities, and by what they are grouped.

import type { Severity as Level } from '../../../core/base/issues';
import { type CodeItem, codeCounts, codeSeverities } from '../../../core/view/code-list';
import type { ChangeOptions } from '../../state/workspace-store';
import { Button } from '../../widgets/button';
import { Select } from '../../widgets/select';
import styles from './code.module.css';
import { LevelIcon } from './level';
import type { CodeSlice } from './slice';

interface Props {
  readonly items: readonly CodeItem[];
  readonly slice: CodeSlice;
  readonly change: (label: string, next: (slice: CodeSlice) => CodeSlice, options?: ChangeOptions) => void;
}

export function Toolbar({ items, slice, change }: Props) {
  const counts = codeCounts(items);
  const toggle = (level: Level): void =>
    change(
      'severities',
      (before) => ({
        ...before,
        severities: before.severities.includes(level) ? before.severities.filter((one) => one !== level) : [...before.severities, level],
      }),
      { undoable: false },
    );
  return (
    <div className={styles.bar} role="toolbar" aria-label="Findings in the code">
      {codeSeverities
        .filter((level) => counts[level] > 0)
        .map((level) => (
          <Button key={level} kind="ghost" size="s" pressed={slice.severities.includes(level)} onClick={() => toggle(level)}>
            <LevelIcon level={level} word /> {counts[level].toLocaleString('en')}
          </Button>
        ))}
      <Select
        label="Group findings by"
        icon="group"
        value={slice.grouping}
        options={[
          { value: 'rule', label: 'By rule' },
          { value: 'file', label: 'By file' },
        ]}
        onPick={(grouping) => change('group findings', (before) => ({ ...before, grouping }), { undoable: false })}
      />
    </div>
  );
}
