// A dialog with all workspaces, and with the runs that the open one misses.

import { useCallback, useEffect, useState } from 'react';
import type { OverlayModule } from '../../registry/overlays';
import { useApp, useChange, useSession, useWorkspace } from '../../state/app';
import { parseWorkspace, type Workspace } from '../../state/workspace';
import {
  copyStored,
  copyWorkspace,
  deleteStored,
  deleteWorkspace,
  newWorkspace,
  openStored,
  openWorkspaceFile,
  renameStored,
  saveWorkspaceFile,
} from '../../state/workspace-actions';
import { longestName } from '../../state/workspace-shape';
import { Button, IconButton } from '../../widgets/button';
import { Dialog } from '../../widgets/dialog';
import { TextField } from '../../widgets/text-field';
import { Absent } from './absent';
import styles from './workspaces.module.css';

function Workspaces() {
  const open = useSession((state) => state.overlay === 'workspaces');
  return open ? <WorkspacesDialog /> : null;
}

function WorkspacesDialog() {
  const app = useApp();
  const id = useWorkspace((workspace) => workspace.id);
  const [others, setOthers] = useState<readonly Workspace[]>([]);
  const look = useCallback((): void => {
    app.idle
      .track('workspaces', app.storage.workspaces())
      .then((all) => setOthers(all.filter((one) => one.id !== id).map(parseWorkspace)))
      .catch(() => app.toasts.show({ kind: 'bad', text: 'The workspaces cannot be read.' }));
  }, [app, id]);
  useEffect(look, [look]);
  const act = (work: Promise<void>): void => {
    app.idle
      .track('workspaces', work)
      .then(look)
      .catch(() => app.toasts.show({ kind: 'bad', text: 'That did not work.', detail: 'The store is full or closed.' }));
  };
  return (
    <Dialog
      open
      onClose={() => app.session.setState({ overlay: null })}
      title="Workspaces"
      footer={
        <>
          <Button icon="file" onClick={() => openWorkspaceFile(app)}>
            Open from a file…
          </Button>
          <Button icon="download" onClick={() => saveWorkspaceFile(app)}>
            Save to a file
          </Button>
          <Button kind="primary" icon="plus" onClick={() => newWorkspace(app, 'Workspace')}>
            New
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        <p className={styles.muted}>
          A workspace is all that is arranged: columns, filters, charts, colours, notes and tags. It saves itself; runs belong to none and are in all.
        </p>
        <ul className={styles.list} aria-label="Workspaces">
          <OpenRow />
          {others
            .toSorted((a, b) => (a.name < b.name ? -1 : 1))
            .map((one) => (
              <OtherRow
                key={one.id}
                one={one}
                onOpen={() => openStored(app, one.id)}
                onName={(name) => act(renameStored(app, one.id, name))}
                onCopy={() => act(copyStored(app, one))}
                onDelete={() => act(deleteStored(app, one, look))}
              />
            ))}
        </ul>
        <Absent />
      </div>
    </Dialog>
  );
}

function OpenRow() {
  const app = useApp();
  const change = useChange();
  const name = useWorkspace((workspace) => workspace.name);
  const remove = (): void => {
    deleteWorkspace(app).catch(() => app.toasts.show({ kind: 'bad', text: 'The workspace could not be deleted.' }));
  };
  return (
    <li className={styles.row}>
      <TextField
        label="Name of the open workspace"
        value={name}
        maxLength={longestName}
        onText={(text) => {
          if (text !== '') change('rename workspace', (workspace) => ({ ...workspace, name: text }), { key: 'workspace name' });
        }}
      />
      <span className={styles.open}>open</span>
      <IconButton icon="copy" size="s" label={`Copy ${name}`} onClick={() => copyWorkspace(app, `${name} copy`)} />
      <IconButton icon="trash" size="s" label={`Delete ${name}`} onClick={() => remove()} />
    </li>
  );
}

interface OtherProps {
  readonly one: Workspace;
  readonly onOpen: () => void;
  readonly onName: (name: string) => void;
  readonly onCopy: () => void;
  readonly onDelete: () => void;
}

function OtherRow({ one, onOpen, onName, onCopy, onDelete }: OtherProps) {
  const [name, setName] = useState(one.name);
  const save = (): void => {
    if (name.trim() === '') setName(one.name);
    else if (name !== one.name) onName(name.trim());
  };
  return (
    <li className={styles.row}>
      <TextField
        label={`Name of ${one.name}`}
        value={name}
        maxLength={longestName}
        onText={setName}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === 'Enter') save();
        }}
      />
      <Button size="s" onClick={onOpen}>
        Open
      </Button>
      <IconButton icon="copy" size="s" label={`Copy ${one.name}`} onClick={onCopy} />
      <IconButton icon="trash" size="s" label={`Delete ${one.name}`} onClick={onDelete} />
    </li>
  );
}

export const overlay: OverlayModule = { meta: { id: 'workspaces' }, Component: Workspaces };
