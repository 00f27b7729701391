// The open workspace by name, and the others.

import { useState } from 'react';
import { counted } from '../../../core/view/format';
import { useApp, useWorkspace } from '../../state/app';
import type { Workspace } from '../../state/workspace';
import { copyWorkspace, deleteWorkspace, newWorkspace, openStored, openWorkspaceFile, renameWorkspace, saveWorkspaceFile } from '../../state/workspace-actions';
import { Button } from '../../widgets/button';
import { Dialog } from '../../widgets/dialog';
import { Icon } from '../../widgets/icon';
import { Menu, type MenuItem } from '../../widgets/menu';
import { TextField } from '../../widgets/text-field';
import styles from './header.module.css';

type Naming = { readonly title: string; readonly first: string; readonly done: (name: string) => void };

export function WorkspaceMenu() {
  const app = useApp();
  const name = useWorkspace((workspace) => workspace.name);
  const id = useWorkspace((workspace) => workspace.id);
  const absent = useWorkspace((workspace) => workspace.absent.size);
  const [others, setOthers] = useState<readonly Workspace[]>([]);
  const [naming, setNaming] = useState<Naming | null>(null);
  const look = (): void => {
    app.storage
      .workspaces()
      .then((all) => setOthers(all.filter((one) => one.id !== id)))
      .catch(() => setOthers([]));
  };
  const items: readonly MenuItem[] = [
    ...(others.length === 0 ? [] : [{ kind: 'heading' as const, label: 'Open' }]),
    ...others.map((one): MenuItem => ({ label: one.name, icon: 'columns', onPick: () => openStored(app, one.id) })),
    ...(others.length === 0 ? [] : [{ kind: 'line' as const }]),
    { label: 'New…', icon: 'plus', onPick: () => setNaming({ title: 'New workspace', first: 'Workspace', done: (text) => newWorkspace(app, text) }) },
    { label: 'Copy…', icon: 'copy', onPick: () => setNaming({ title: 'Copy workspace', first: `${name} copy`, done: (text) => copyWorkspace(app, text) }) },
    { label: 'Rename…', onPick: () => setNaming({ title: 'Rename workspace', first: name, done: (text) => renameWorkspace(app, text) }) },
    { kind: 'line' },
    {
      label: absent === 0 ? 'All workspaces…' : `All workspaces, ${counted(absent, 'run')} not here…`,
      onPick: () => app.session.setState({ overlay: 'workspaces' }),
    },
    { kind: 'line' },
    { label: 'Save to a file', icon: 'download', onPick: () => saveWorkspaceFile(app) },
    { label: 'Open from a file…', icon: 'file', onPick: () => openWorkspaceFile(app) },
    { kind: 'line' },
    {
      label: 'Delete',
      icon: 'trash',
      danger: true,
      onPick: () => {
        deleteWorkspace(app).catch(() => app.toasts.show({ kind: 'bad', text: 'The workspace could not be deleted.' }));
      },
    },
  ];
  return (
    <>
      <Menu items={items}>
        <button type="button" className={styles.workspace} aria-label={`Workspace ${name}`} onPointerDown={look} onFocus={look}>
          <span className={styles.workspaceName}>{name}</span>
          <Icon name="chevron-down" size={12} />
        </button>
      </Menu>
      {naming && <NameDialog naming={naming} close={() => setNaming(null)} />}
    </>
  );
}

function NameDialog({ naming, close }: { readonly naming: Naming; readonly close: () => void }) {
  const [text, setText] = useState(naming.first);
  const done = (): void => {
    if (text.trim() === '') return;
    close();
    naming.done(text.trim());
  };
  return (
    <Dialog
      open
      onClose={close}
      title={naming.title}
      width="s"
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button kind="primary" disabled={text.trim() === ''} onClick={done}>
            OK
          </Button>
        </>
      }
    >
      <TextField
        label="Name"
        value={text}
        onText={setText}
        autoFocus
        onFocus={(event) => event.target.select()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') done();
        }}
      />
    </Dialog>
  );
}
