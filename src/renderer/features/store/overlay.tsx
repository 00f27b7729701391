// What is stored: how much it is, the bin, a back-up, and the way to delete all of it.

import { useCallback, useEffect, useState } from 'react';
import type { RunId } from '../../../core/base/units';
import { displayName, type Run } from '../../../core/model/run';
import type { ImportRecord } from '../../../core/store/contract';
import { bytesText, counted, dateText } from '../../../core/view/format';
import type { OverlayModule } from '../../registry/overlays';
import { useApp, useSession } from '../../state/app';
import { forgetAll } from '../../state/forget';
import { withRuns } from '../../state/library';
import { admitRuns } from '../../state/workspace';
import type { Usage } from '../../storage/contract';
import { explainStoreError } from '../../storage/problems';
import { Button, IconButton } from '../../widgets/button';
import { Dialog } from '../../widgets/dialog';
import { Loading } from '../../widgets/states';
import { backUp } from './back-up';
import { chooseBackUp } from './restore';
import styles from './store.module.css';

type Binned = readonly { readonly run: Run; readonly atMs: number }[];

function StoreOverlay() {
  const open = useSession((state) => state.overlay === 'store');
  return open ? <StoreDialog /> : null;
}

function StoreDialog() {
  const app = useApp();
  const { storage, library, workspace, idle, toasts, tabs } = app;
  const [usage, setUsage] = useState<Usage | null>(null);
  const [binned, setBinned] = useState<Binned>([]);
  const [imports, setImports] = useState<readonly ImportRecord[]>([]);
  const [wiping, setWiping] = useState(false);

  const look = useCallback((): void => {
    idle
      .track('usage', Promise.all([storage.usage(), storage.binned(), storage.imports()]))
      .then(([used, inBin, all]) => {
        setUsage(used);
        setBinned(inBin);
        setImports(all.toSorted((a, b) => b.at - a.at).slice(0, 50));
      })
      .catch((error: unknown) => toasts.show({ kind: 'bad', text: 'The store cannot be read.', detail: explainStoreError(error).message }));
  }, [idle, storage, toasts]);
  useEffect(look, [look]);

  const act = (work: Promise<unknown>, then?: () => void): void => {
    idle
      .track('store', work)
      .then(() => {
        then?.();
        look();
      })
      .catch((error: unknown) => toasts.show({ kind: 'bad', text: 'That did not work.', detail: explainStoreError(error).message }));
  };
  const restore = (runs: readonly Run[]): void => {
    const ids = runs.map((run) => run.id);
    act(storage.restore(ids), () => {
      library.setState(withRuns(runs));
      workspace.getState().change('restore', admitRuns(ids), { undoable: false });
      tabs.changed(ids);
    });
  };
  const purge = (ids: readonly RunId[]): void => act(storage.purge(ids));
  const wipe = (): void => {
    act(storage.wipe(), () => {
      forgetAll(app);
      tabs.saved({ kind: 'wiped' });
      setWiping(false);
    });
  };

  return (
    <Dialog open onClose={() => app.session.setState({ overlay: null })} title="Stored runs">
      {!usage ? (
        <Loading text="Looking at what is stored…" />
      ) : (
        <div className={styles.body}>
          <dl className={styles.facts}>
            <dt>Runs</dt>
            <dd>
              {counted(usage.runs, 'run')}, {bytesText(usage.bytes - usage.binnedBytes)} of curves and files
            </dd>
            <dt>Bin</dt>
            <dd>
              {counted(usage.binned, 'run')}, {bytesText(usage.binnedBytes)}
            </dd>
          </dl>
          <div className={styles.actions}>
            <Button icon="download" onClick={() => backUp(app)}>
              Back up everything
            </Button>
            <Button icon="file" onClick={() => chooseBackUp(app)}>
              Restore…
            </Button>
            <span className={styles.note}>One file with all runs, points and files, all workspaces and the settings; to bring back here or elsewhere.</span>
          </div>
          {binned.length > 0 && (
            <section>
              <header className={styles.binHead}>
                <h3>Bin</h3>
                <Button size="s" onClick={() => restore(binned.map(({ run }) => run))}>
                  Restore all
                </Button>
                <Button size="s" kind="danger" onClick={() => purge(binned.map(({ run }) => run.id))}>
                  Empty the bin
                </Button>
              </header>
              <ul className={styles.bin}>
                {binned.slice(0, 200).map(({ run, atMs }) => (
                  <li key={run.id} className={styles.binned}>
                    <span className={styles.name}>{displayName(run)}</span>
                    <span className={styles.note}>{dateText(atMs)}</span>
                    <IconButton icon="undo" size="s" label={`Restore ${displayName(run)}`} onClick={() => restore([run])} />
                    <IconButton icon="trash" size="s" label={`Delete ${displayName(run)} for good`} onClick={() => purge([run.id])} />
                  </li>
                ))}
                {binned.length > 200 && <li className={styles.note}>and {counted(binned.length - 200, 'more run')}</li>}
              </ul>
            </section>
          )}
          {imports.length > 0 && (
            <section>
              <h3 className={styles.heading}>Imports</h3>
              <ul className={styles.bin}>
                {imports.map((one) => (
                  <li key={one.id} className={styles.binned}>
                    <span className={styles.name}>{one.label}</span>
                    <span className={styles.note}>
                      {counted(one.runs.length, 'run')}
                      {one.issues.length > 0 && `, ${counted(one.issues.length, 'note')}`}
                    </span>
                    <span className={styles.note}>{dateText(one.at)}</span>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <div className={styles.danger}>
            {wiping ? (
              <>
                <span>Delete every run, workspace and setting? This cannot be undone.</span>
                <Button size="s" onClick={() => setWiping(false)}>
                  Keep
                </Button>
                <Button size="s" kind="danger" onClick={wipe}>
                  Delete everything
                </Button>
              </>
            ) : (
              <Button size="s" kind="ghost" onClick={() => setWiping(true)}>
                Delete everything…
              </Button>
            )}
          </div>
        </div>
      )}
    </Dialog>
  );
}

export const overlay: OverlayModule = { meta: { id: 'store' }, Component: StoreOverlay };
