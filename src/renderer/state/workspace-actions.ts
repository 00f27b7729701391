// Named workspaces: open, new, copy, rename, delete, to and from a file.

import type { App } from './app';
import { saveFile } from './save';
import { admitRuns, emptyWorkspace, type Workspace } from './workspace';
import { workspaceFromFile, workspaceToFile } from './workspace-file';

const freshId = (): string => crypto.randomUUID();

/** Opens a workspace and remembers it; runs that it does not know get their looks. */
export function openWorkspace(app: App, workspace: Workspace): void {
  app.idle.track('save', app.storage.putWorkspace(app.workspace.getState().history.now)).catch(() => {});
  app.workspace.getState().open(admitRuns([...app.library.getState().runs.keys()])(workspace));
  app.settings.setState({ workspace: workspace.id });
  app.idle.track('save', app.storage.putWorkspace(app.workspace.getState().history.now)).catch(() => {});
}

export const newWorkspace = (app: App, name: string): void => openWorkspace(app, emptyWorkspace(freshId(), name));

export const copyWorkspace = (app: App, name: string): void => openWorkspace(app, { ...app.workspace.getState().history.now, id: freshId(), name });

export const renameWorkspace = (app: App, name: string): void => app.workspace.getState().change('rename workspace', (now) => ({ ...now, name }));

/** Deletes the open one and opens another, or a new one. */
export async function deleteWorkspace(app: App): Promise<void> {
  const { id, name } = app.workspace.getState().history.now;
  const others = (await app.storage.workspaces()).filter((one) => one.id !== id);
  const gone = app.workspace.getState().history.now;
  app.workspace.getState().open(admitRuns([...app.library.getState().runs.keys()])(others[0] ?? emptyWorkspace(freshId())));
  app.settings.setState({ workspace: app.workspace.getState().history.now.id });
  await app.storage.deleteWorkspace(id);
  app.toasts.show({ kind: 'info', text: `Workspace ${name} deleted`, action: { label: 'Undo', run: () => openWorkspace(app, gone) } });
}

export function saveWorkspaceFile(app: App): void {
  const workspace = app.workspace.getState().history.now;
  saveFile(`${workspace.name}.diptych.json`, workspaceToFile(workspace), 'application/json');
}

/** Lets the user choose a file and opens what it holds as a workspace of its own. */
export function openWorkspaceFile(app: App): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.json,application/json';
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    file
      ?.text()
      .then((text) => openWorkspace(app, { ...workspaceFromFile(text), id: freshId() }))
      .catch((error: unknown) => app.toasts.show({ kind: 'bad', text: error instanceof Error ? error.message : 'This file cannot be read.' }));
  });
  input.click();
}
