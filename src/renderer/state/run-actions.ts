// What can be done with runs: the same from the list, the table, a menu, the palette or a key.

import type { RunId } from '../../core/base/units';
import type { Run } from '../../core/model/run';
import { counted } from '../../core/view/format';
import { explainStoreError } from '../storage/problems';
import type { App } from './app';
import { withoutRuns } from './library';
import { checkOnly, replaceRun, setVisible, showOnly, toggleBaseline } from './workspace';
import type { SavedFilter } from './workspace-shape';

/** The run that a key is about: the one the arrow keys stand on, else the one under the pointer. */
export const currentRun = (app: Pick<App, 'session'>): RunId | null => {
  const { current, hovered } = app.session.getState();
  return current ?? hovered;
};

export const makeBaseline = (app: Pick<App, 'workspace'>, id: RunId): void => app.workspace.getState().change('baseline', toggleBaseline(id));

export function toggleVisible(app: Pick<App, 'workspace'>, ids: readonly RunId[]): void {
  const { history, change } = app.workspace.getState();
  const on = ids.some((id) => !history.now.visible.has(id));
  change(on ? 'show in charts' : 'hide from charts', setVisible(ids, on));
}

/** Opens the note and tags of runs. */
export const editWords = (app: Pick<App, 'session'>, ids: readonly RunId[]): void => app.session.setState({ overlay: 'words', words: ids });

/** Filters the list by a query that was saved. */
export const applyFilter = (app: Pick<App, 'workspace'>, { name, query }: SavedFilter): void =>
  app.workspace.getState().change(`filter ${name}`, (now) => (now.filter === query ? now : { ...now, filter: query }));

export const showOnlyRuns = (app: Pick<App, 'workspace'>, ids: readonly RunId[]): void => app.workspace.getState().change('show only', showOnly(ids));

export const uncheckAll = (app: Pick<App, 'workspace'>): void => app.workspace.getState().change('uncheck', checkOnly([]), { undoable: false });

/** To the bin, with a way back. */
export function deleteRuns(app: App, ids: readonly RunId[]): void {
  const { storage, library, workspace, session, toasts, idle, tabs } = app;
  const before = library.getState().runs;
  const gone = ids.filter((id) => before.has(id));
  if (gone.length === 0) return;
  library.setState(withoutRuns(gone));
  session.setState({ hovered: null, current: null });
  workspace.getState().change('delete', (now) => ({ ...now, checked: new Set([...now.checked].filter((id) => !gone.includes(id))) }), { undoable: false });
  const failed = (error: unknown): void => {
    library.setState({ runs: before });
    toasts.show({ kind: 'bad', text: 'The runs could not be moved to the bin.', detail: explainStoreError(error).message });
  };
  idle
    .track('delete', storage.remove(gone))
    .then(() => tabs.changed(gone))
    .catch(failed);
  toasts.show({
    kind: 'info',
    text: `${counted(gone.length, 'run')} moved to the bin`,
    action: {
      label: 'Undo',
      run: () => {
        idle
          .track('restore', storage.restore(gone))
          .then(() => {
            library.setState(({ runs }) => ({ runs: inOldPlaces(before, runs) }));
            tabs.changed(gone);
          })
          .catch((error: unknown) => toasts.show({ kind: 'bad', text: 'The runs could not be brought back.', detail: explainStoreError(error).message }));
      },
    },
  });
}

type Rooms = Pick<App, 'storage' | 'library' | 'workspace' | 'tabs' | 'idle'>;

/** A run stands no more, `by` stands in its place: it goes for good, and what was arranged for it goes over. */
export async function withdrawRun({ storage, library, workspace, tabs, idle }: Rooms, id: RunId, by: RunId | null): Promise<void> {
  if (by !== null) workspace.getState().change('follow', replaceRun(id, by), { undoable: false });
  library.setState(withoutRuns([id]));
  await idle.track('withdraw', storage.purge([id]));
  tabs.changed([id]);
}

/** All that was there before, with what is newer since, and what came since at the end. */
function inOldPlaces(before: ReadonlyMap<RunId, Run>, now: ReadonlyMap<RunId, Run>): ReadonlyMap<RunId, Run> {
  const runs = new Map<RunId, Run>();
  for (const [id, run] of before) runs.set(id, now.get(id) ?? run);
  for (const [id, run] of now) runs.set(id, run);
  return runs;
}
