// Runs that the open workspace was arranged with and that are not here: told, and kept for when they come.

import { counted } from '../../../core/view/format';
import { useChange, useWorkspace } from '../../state/app';
import { Button } from '../../widgets/button';
import styles from './workspaces.module.css';

const most = 200;

export function Absent() {
  const change = useChange();
  const absent = useWorkspace((workspace) => workspace.absent);
  if (absent.size === 0) return null;
  return (
    <section>
      <header className={styles.head}>
        <h3>{counted(absent.size, 'run')} not here</h3>
        <Button size="s" onClick={() => change('forget missing runs', (workspace) => ({ ...workspace, absent: new Map() }))}>
          Do not list them
        </Button>
      </header>
      <p className={styles.muted}>This workspace came with notes, colours or the like for them. Import the same runs, and all of it holds.</p>
      <ul className={styles.absent}>
        {[...absent].slice(0, most).map(([id, name]) => (
          <li key={id} title={id}>
            {name}
          </li>
        ))}
        {absent.size > most && <li className={styles.muted}>and {counted(absent.size - most, 'more run')}</li>}
      </ul>
    </section>
  );
}
