// Workspaces by the palette.

import type { Command } from '../../registry/commands';
import { copyWorkspace, deleteWorkspace, newWorkspace, openWorkspaceFile, saveWorkspaceFile } from '../../state/workspace-actions';

export const commands: readonly Command[] = [
  {
    id: 'workspaces.open',
    title: 'Workspaces: open, rename, delete',
    group: 'Workspace',
    words: 'switch manage list',
    run: (app) => app.session.setState({ overlay: 'workspaces' }),
  },
  { id: 'workspaces.new', title: 'New workspace', group: 'Workspace', words: 'create empty', run: (app) => newWorkspace(app, 'Workspace') },
  {
    id: 'workspaces.copy',
    title: 'Copy the workspace',
    group: 'Workspace',
    words: 'duplicate',
    run: (app) => copyWorkspace(app, `${app.workspace.getState().history.now.name} copy`),
  },
  { id: 'workspaces.save-file', title: 'Save the workspace to a file', group: 'Workspace', words: 'export share json', run: saveWorkspaceFile },
  { id: 'workspaces.open-file', title: 'Open a workspace from a file', group: 'Workspace', words: 'import json', run: openWorkspaceFile },
  {
    id: 'workspaces.delete',
    title: 'Delete the workspace',
    group: 'Workspace',
    run: (app) => {
      deleteWorkspace(app).catch(() => app.toasts.show({ kind: 'bad', text: 'The workspace could not be deleted.' }));
    },
  },
];
