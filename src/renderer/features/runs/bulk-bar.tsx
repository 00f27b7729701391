// What can be done with the runs that are checked; there only while some are.

import type { RunId } from '../../../core/base/units';
import { tabs } from '../../registry/tabs';
import { useApp, useLibrary, useWorkspace } from '../../state/app';
import { deleteRuns, editWords, makeBaseline, showOnlyRuns, uncheckAll } from '../../state/run-actions';
import { Button, IconButton } from '../../widgets/button';
import styles from './run-list.module.css';

export function BulkBar() {
  const app = useApp();
  const checked = useWorkspace((workspace) => workspace.checked);
  const runs = useLibrary((state) => state.runs);
  const ids: readonly RunId[] = [...checked].filter((id) => runs.has(id));
  const [only] = ids;
  if (only === undefined) return null;
  const compare = tabs.find((tab) => tab.meta.id === 'differences');
  return (
    <footer className={styles.bulk}>
      <span className={styles.bulkCount}>{ids.length} checked</span>
      {compare && ids.length > 1 && (
        <Button kind="primary" size="s" onClick={() => app.navigation.toTab(compare.meta.id)}>
          Compare
        </Button>
      )}
      <IconButton icon="eye" size="s" label="Show only these in charts" onClick={() => showOnlyRuns(app, ids)} />
      {ids.length === 1 && <IconButton icon="bookmark" size="s" label="Make baseline" onClick={() => makeBaseline(app, only)} />}
      <IconButton icon="tag" size="s" label={ids.length === 1 ? 'Note and tags' : 'Tag these'} onClick={() => editWords(app, ids)} />
      <IconButton icon="trash" size="s" label="Delete these" onClick={() => deleteRuns(app, ids)} />
      <IconButton icon="close" size="s" label="Uncheck all" keys="escape" onClick={() => uncheckAll(app)} />
    </footer>
  );
}
