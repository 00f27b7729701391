// The menu of a run or a group, at the pointer.

import { displayName } from '../../../core/model/run';
import { andCondition, conditionText } from '../../../core/view/query';
import type { ListRow } from '../../../core/view/run-list';
import type { App } from '../../state/app';
import { deleteRuns, editWords, makeBaseline, showOnlyRuns, toggleVisible } from '../../state/run-actions';
import { setChecked } from '../../state/workspace';
import type { MenuItem } from '../../widgets/menu';

export function runMenu(app: App, row: ListRow): readonly MenuItem[] {
  const { history, change } = app.workspace.getState();
  if (row.kind === 'group') {
    const ids = row.group.members.map((run) => run.id);
    return [
      { label: 'Show or hide in charts', icon: 'eye', onPick: () => toggleVisible(app, ids) },
      { label: 'Show only this group', onPick: () => showOnlyRuns(app, ids) },
      { label: 'Check all in the group', icon: 'check', onPick: () => change('check', setChecked(ids, true), { undoable: false }) },
      { kind: 'line' },
      { label: 'Delete the group’s runs', icon: 'trash', danger: true, onPick: () => deleteRuns(app, ids) },
    ];
  }
  const { run } = row;
  const { baseline, visible } = history.now;
  const copy = (text: string, what: string): void => {
    navigator.clipboard
      .writeText(text)
      .then(() => app.toasts.show({ kind: 'good', text: `${what} copied` }))
      .catch(() => app.toasts.show({ kind: 'bad', text: 'The clipboard is not open to this page.' }));
  };
  const filterBy = (name: 'experiment' | 'group' | 'status' | 'tracker', value: string): void =>
    change('filter', (now) => ({ ...now, filter: andCondition(now.filter, conditionText({ kind: 'attributes', name }, value)) }));
  return [
    { label: 'Open', icon: 'expand', keys: 'enter', onPick: () => app.navigation.toRun(run.id) },
    { label: baseline === run.id ? 'Baseline no more' : 'Make baseline', icon: 'bookmark', keys: 'b', onPick: () => makeBaseline(app, run.id) },
    {
      label: visible.has(run.id) ? 'Hide from charts' : 'Show in charts',
      icon: visible.has(run.id) ? 'eye-off' : 'eye',
      keys: 'v',
      onPick: () => toggleVisible(app, [run.id]),
    },
    { label: 'Show only this run', onPick: () => showOnlyRuns(app, [run.id]) },
    { kind: 'line' },
    { label: `Only ${run.status} runs`, icon: 'filter', onPick: () => filterBy('status', run.status) },
    ...(run.experiment === null
      ? []
      : [{ label: `Only runs of ${run.experiment}`, icon: 'filter' as const, onPick: () => filterBy('experiment', run.experiment ?? '') }]),
    ...(run.group === null ? [] : [{ label: `Only runs of group ${run.group}`, icon: 'filter' as const, onPick: () => filterBy('group', run.group ?? '') }]),
    { kind: 'line' },
    { label: 'Note, tags, colour…', icon: 'tag', keys: 't', onPick: () => editWords(app, [run.id]) },
    { kind: 'line' },
    { label: 'Copy name', icon: 'copy', onPick: () => copy(displayName(run), 'Name') },
    { label: 'Copy run id', icon: 'copy', onPick: () => copy(run.nativeId ?? run.id, 'Run id') },
    { label: 'Delete', icon: 'trash', danger: true, onPick: () => deleteRuns(app, [run.id]) },
  ];
}
