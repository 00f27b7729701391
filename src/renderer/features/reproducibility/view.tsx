// Scores, the matrix of items and runs, and the item that is being looked at.

import { useMemo } from 'react';
import type { RunId } from '../../../core/base/units';
import { checkRuns } from '../../../core/reproducibility/checklist';
import { checklistMatrix } from '../../../core/view/checklist-matrix';
import { NoRuns } from '../../pieces/no-runs';
import { useChosenRuns, useRuns } from '../../queries/use-runs';
import { useStatements } from '../../queries/use-statements';
import { useApp, usePlace, useSlice } from '../../state/app';
import { Switch } from '../../widgets/switch';
import { ItemDetail } from './detail';
import { Matrix } from './matrix';
import { ProjectFile } from './project-file';
import styles from './reproducibility.module.css';
import { Scores } from './scores';

/** Runs shown side by side; more do not help anybody to see. */
const mostRuns = 40;

interface Slice {
  readonly differencesOnly: boolean;
}
const standard: Slice = { differencesOnly: false };

const parse = (stored: unknown): Slice =>
  typeof stored === 'object' && stored !== null && typeof (stored as Slice).differencesOnly === 'boolean' ? (stored as Slice) : standard;

export interface Place {
  readonly run: RunId;
  readonly item: string;
}

export default function ReproducibilityView() {
  const chosen = useChosenRuns();
  const all = useRuns();
  const [slice, change] = useSlice('reproducibility', parse);
  const app = useApp();
  const [placedRun, placedItem] = usePlace('reproducibility');
  const place = placedRun !== undefined && placedItem !== undefined ? { run: placedRun, item: placedItem } : null;
  const setPlace = ({ run, item }: Place): void => app.navigation.setPlace('reproducibility', run, item);
  const shown = useMemo(() => chosen.slice(0, mostRuns), [chosen]);
  const statements = useStatements();
  const checklists = useMemo(() => checkRuns(shown, all, statements), [shown, all, statements]);
  const sections = useMemo(() => checklistMatrix(checklists, slice.differencesOnly && checklists.length > 1), [checklists, slice.differencesOnly]);
  if (checklists.length === 0) return <NoRuns>Check runs in the list on the left, or open their eye.</NoRuns>;
  const open = checklists.find(({ run }) => run.id === place?.run) ?? checklists[0];
  const item = open?.items.find(({ meta }) => meta.id === (place?.item ?? 'R01'));
  return (
    <div className={styles.view}>
      <div className={styles.left}>
        <Scores checklists={checklists} />
        <div className={styles.bar}>
          <p className={styles.muted}>
            Unknown counts as nothing. Scores of different trackers compare only beside how much was decided.
            {chosen.length > mostRuns && ` The first ${mostRuns} of ${chosen.length} runs are shown.`}
          </p>
          <ProjectFile />
          {checklists.length > 1 && (
            <Switch
              label="Differences only"
              checked={slice.differencesOnly}
              onChange={(differencesOnly) => change('differences only', (before) => ({ ...before, differencesOnly }))}
            />
          )}
        </div>
        <Matrix sections={sections} checklists={checklists} place={{ run: open?.run.id ?? ('' as RunId), item: item?.meta.id ?? 'R01' }} onPlace={setPlace} />
      </div>
      {open && item && <ItemDetail key={`${open.run.id} ${item.meta.id}`} run={open.run} item={item} />}
    </div>
  );
}
