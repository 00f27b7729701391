// Folders of the host, for a page that came from it: the host lists, ids go back, never paths.

import { useEffect, useState } from 'react';
import { bytesText, dateText } from '../../../core/view/format';
import type { Listing } from '../../../wire/host-api';
import { useApp, useSession } from '../../state/app';
import { takeSources, type Wish } from '../../state/import-actions';
import { Button, IconButton } from '../../widgets/button';
import { Checkbox } from '../../widgets/checkbox';
import { Dialog } from '../../widgets/dialog';
import { Icon } from '../../widgets/icon';
import { Failed, Loading } from '../../widgets/states';
import styles from './host-picker.module.css';

export function HostPicker() {
  const app = useApp();
  const overlay = useSession((state) => state.overlay);
  if ((overlay !== 'host-picker' && overlay !== 'code-picker') || !app.capabilities.browse) return null;
  return <Picker wish={overlay === 'code-picker' ? 'code' : 'runs'} />;
}

function Picker({ wish }: { readonly wish: Wish }) {
  const app = useApp();
  const { browse, choose } = app.capabilities;
  const [place, setPlace] = useState<string | null>(null);
  const [listing, setListing] = useState<Listing | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const close = (): void => app.session.setState({ overlay: null });

  useEffect(() => {
    let current = true;
    setFailure(null);
    browse?.(place)
      .then((next) => {
        if (!current) return;
        setListing(next);
        setPicked(new Set());
      })
      .catch((error: unknown) => {
        if (current) setFailure(error instanceof Error ? error.message : String(error));
      });
    return () => {
      current = false;
    };
  }, [browse, place]);

  const read = (places: readonly string[]): void => {
    close();
    choose?.(places)
      .then((sources) => takeSources(app, sources, wish))
      .catch((error: unknown) =>
        app.toasts.show({ kind: 'bad', text: 'This cannot be read.', detail: error instanceof Error ? error.message : String(error) }),
      );
  };
  const toggle = (id: string, on: boolean): void => {
    const next = new Set(picked);
    if (on) next.add(id);
    else next.delete(id);
    setPicked(next);
  };
  const parent = listing?.parent ?? null;

  return (
    <Dialog
      open
      onClose={close}
      title={wish === 'code' ? 'Review code on the host' : 'Open runs on the host'}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button kind="primary" disabled={!listing} onClick={() => listing && read(picked.size > 0 ? [...picked] : [listing.place])}>
            {wish === 'code' ? 'Review' : 'Read'} {picked.size > 0 ? `${picked.size} chosen` : 'this folder'}
          </Button>
        </>
      }
    >
      <div className={styles.where}>
        <IconButton icon="up" label="Folder above" disabled={parent === null} onClick={() => setPlace(parent)} />
        <code className={styles.path}>{listing?.path ?? ''}</code>
      </div>
      {failure ? (
        <Failed title="This folder cannot be listed" message={failure} />
      ) : !listing ? (
        <Loading text="Listing…" />
      ) : (
        <ul className={styles.entries}>
          {listing.entries.map((entry) => (
            <li key={entry.id} className={styles.entry}>
              <Checkbox bare label={`Choose ${entry.name}`} checked={picked.has(entry.id)} onChange={(on) => toggle(entry.id, on)} />
              <Icon name={entry.kind === 'folder' ? 'folder' : 'file'} size={14} />
              {entry.kind === 'folder' ? (
                <button type="button" className={styles.name} onClick={() => setPlace(entry.id)}>
                  {entry.name}
                </button>
              ) : (
                <span className={styles.name}>{entry.name}</span>
              )}
              <span className={styles.note}>{entry.size === null ? '' : bytesText(entry.size)}</span>
              <span className={styles.note}>{entry.modifiedMs === null ? '' : dateText(entry.modifiedMs)}</span>
            </li>
          ))}
          {listing.entries.length === 0 && <li className={styles.note}>This folder is empty.</li>}
          {listing.truncated && <li className={styles.note}>There is more in this folder than is listed; reading it takes all.</li>}
        </ul>
      )}
    </Dialog>
  );
}
