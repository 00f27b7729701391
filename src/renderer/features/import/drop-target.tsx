// The whole window takes files: a frame shows while they are over it.

import { useEffect, useState } from 'react';
import { type App, useApp } from '../../state/app';
import { importDropped, type Wish } from '../../state/import-actions';
import styles from './import.module.css';

/** On the Code tab a drop is code, everywhere else it is runs. */
const wishOf = (app: App): Wish => {
  const route = app.navigation.store.getState();
  return route.kind === 'tab' && route.tab === 'code' ? 'code' : 'runs';
};

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;

export function DropTarget() {
  const app = useApp();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    const on = <K extends 'dragenter' | 'dragover' | 'dragleave' | 'drop'>(kind: K, take: (event: DragEvent) => void): void =>
      addEventListener(
        kind,
        (event) => {
          if (!hasFiles(event)) return;
          event.preventDefault();
          take(event);
        },
        { signal: stop.signal },
      );
    on('dragenter', () => setOver(true));
    on('dragover', (event) => {
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    });
    // Leaving the window has no element that is entered instead.
    on('dragleave', (event) => {
      if (event.relatedTarget === null) setOver(false);
    });
    on('drop', (event) => {
      setOver(false);
      if (event.dataTransfer) importDropped(app, event.dataTransfer, wishOf(app));
    });
    return () => stop.abort();
  }, [app]);
  if (!over) return null;
  return (
    <div className={styles.drop}>
      <span className={styles.dropText}>{wishOf(app) === 'code' ? 'Drop to review the code' : 'Drop to read the runs'}</span>
      <span className={styles.dropMore}>
        {wishOf(app) === 'code'
          ? 'A folder, a script or a notebook. It is read as text and never run.'
          : 'Logs of your own too: what nobody knows, you can tell Diptych how to read.'}
      </span>
    </div>
  );
}
