// Named workspaces: open, new, copy, rename, delete, to and from a file.

import type { RunId } from '../../core/base/units';
import { displayName } from '../../core/model/run';
import { counted } from '../../core/view/format';
import { setting as smoothing, smoothings } from '../settings/items/smoothing';
import { settingValue } from '../settings/setting';
import type { App } from './app';
import { saveFile } from './save';
import { smoothAtFirst } from './smooth-at-first';
import { admitRuns, emptyWorkspace, parseWorkspace, type Workspace, withDefaultFilter } from './workspace';
import { longestFile, workspaceFromFile, workspaceToFile } from './workspace-file';

const freshId = (): string => crypto.randomUUID();

/** What a workspace gets as it is opened: looks for runs that it does not know, its default filter, the smoothing of the settings. */
export function prepareWorkspace({ workspace, library, settings }: Pick<App, 'workspace' | 'library' | 'settings'>): void {
  const { change } = workspace.getState();
  change('open', admitRuns([...library.getState().runs.keys()]), { undoable: false });
  change('open', withDefaultFilter, { undoable: false });
  change('open', smoothAtFirst(smoothings[settingValue(settings.getState(), smoothing)]), { undoable: false });
}

/** Opens a workspace and remembers it. What was open is saved by itself (boot/autosave.ts). */
export function openWorkspace(app: App, workspace: Workspace, options: { readonly discard?: boolean } = {}): void {
  app.workspace.getState().open(workspace, options);
  prepareWorkspace(app);
  app.settings.setState({ workspace: workspace.id });
}

/** Opens one that is stored, as it is now. */
export function openStored(app: App, id: string): void {
  app.idle
    .track('open workspace', app.storage.workspace(id))
    .then((there) => {
      if (there === undefined) app.toasts.show({ kind: 'bad', text: 'This workspace was deleted in another window.' });
      else openWorkspace(app, parseWorkspace(there));
    })
    .catch(() => app.toasts.show({ kind: 'bad', text: 'The workspace could not be opened.' }));
}

/** Opens one that is not stored yet: it is from now on. */
export function addWorkspace(app: App, workspace: Workspace): void {
  openWorkspace(app, workspace);
  app.idle.track('save', app.storage.putWorkspace(app.workspace.getState().history.now)).catch(() => {});
}

export const newWorkspace = (app: App, name: string): void => addWorkspace(app, emptyWorkspace(freshId(), name));

export const copyWorkspace = (app: App, name: string): void => addWorkspace(app, { ...app.workspace.getState().history.now, id: freshId(), name });

export const renameWorkspace = (app: App, name: string): void => app.workspace.getState().change('rename workspace', (now) => ({ ...now, name }));

/** Deletes the open one and opens another, or a new one. */
export async function deleteWorkspace(app: App): Promise<void> {
  const gone = app.workspace.getState().history.now;
  const [next] = (await app.storage.workspaces()).filter((one) => one.id !== gone.id);
  openWorkspace(app, next ? parseWorkspace(next) : emptyWorkspace(freshId()), { discard: true });
  await app.storage.deleteWorkspace(gone.id);
  app.tabs.saved({ kind: 'workspace', id: gone.id });
  app.toasts.show({ kind: 'info', text: `Workspace ${gone.name} deleted`, action: { label: 'Undo', run: () => addWorkspace(app, gone) } });
}

/** Names a workspace that is not open. */
export async function renameStored(app: App, id: string, name: string): Promise<void> {
  await app.storage.updateWorkspace(id, (there) => (there === undefined ? null : { ...parseWorkspace(there), name }));
  app.tabs.saved({ kind: 'workspace', id });
}

export const copyStored = (app: App, one: Workspace): Promise<void> => app.storage.putWorkspace({ ...one, id: freshId(), name: `${one.name} copy` });

/** Deletes a workspace that is not open. @param again called once it was brought back */
export async function deleteStored(app: App, one: Workspace, again: () => void): Promise<void> {
  await app.storage.deleteWorkspace(one.id);
  app.tabs.saved({ kind: 'workspace', id: one.id });
  const back = (): void => {
    app.idle
      .track('save', app.storage.putWorkspace(one))
      .then(again)
      .catch(() => app.toasts.show({ kind: 'bad', text: 'The workspace could not be brought back.' }));
  };
  app.toasts.show({ kind: 'info', text: `Workspace ${one.name} deleted`, action: { label: 'Undo', run: back } });
}

/** Runs that the workspace says something of. */
const arrangedRuns = ({ baseline, visible, checked, colours, lines, notes, labels }: Workspace): ReadonlySet<RunId> =>
  new Set([...(baseline === null ? [] : [baseline]), ...visible, ...checked, ...colours.keys(), ...lines.keys(), ...notes.keys(), ...labels.keys()]);

export function saveWorkspaceFile(app: App): void {
  const workspace = app.workspace.getState().history.now;
  const { runs } = app.library.getState();
  const names = new Map([...arrangedRuns(workspace)].map((id) => [id, runs.has(id) ? displayName(runs.get(id) as never) : (workspace.absent.get(id) ?? id)]));
  saveFile(`${workspace.name}.diptych-workspace.json`, workspaceToFile(workspace, names), 'application/json');
}

/** Opens the text of a file as a workspace of its own. What it says of runs that are not here is kept for when they come. */
export function readWorkspaceFile(app: App, text: string): void {
  const { workspace, names } = workspaceFromFile(text);
  const { runs } = app.library.getState();
  const absent = new Map([...arrangedRuns(workspace)].filter((id) => !runs.has(id)).map((id) => [id, names.get(id) ?? id]));
  addWorkspace(app, { ...workspace, id: freshId(), absent });
  app.toasts.show(
    absent.size === 0
      ? { kind: 'good', text: `Workspace ${workspace.name} opened` }
      : {
          kind: 'info',
          text: `${counted(absent.size, 'run')} of workspace ${workspace.name} ${absent.size === 1 ? 'is' : 'are'} not here`,
          detail: 'What was arranged for them is kept, and holds as soon as they are imported.',
          action: { label: 'Which?', run: () => app.session.setState({ overlay: 'workspaces' }) },
        },
  );
}

/** Lets the user choose a file and opens what it holds. */
export function openWorkspaceFile(app: App): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.json,application/json';
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (!file) return;
    const refuse = (error: unknown): number =>
      app.toasts.show({ kind: 'bad', text: 'This workspace cannot be opened.', detail: error instanceof Error ? error.message : 'The file cannot be read.' });
    if (file.size > longestFile) refuse(new Error('The file is larger than any workspace.'));
    else
      app.idle
        .track('open workspace', file.text())
        .then((text) => readWorkspaceFile(app, text))
        .catch(refuse);
  });
  input.click();
}
