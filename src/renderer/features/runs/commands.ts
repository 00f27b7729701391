// Commands about runs in the list.

import type { Command } from '../../registry/commands';
import type { App } from '../../state/app';
import { currentRun, deleteRuns, makeBaseline, showOnlyRuns, toggleVisible, uncheckAll } from '../../state/run-actions';

const checkedRuns = (app: App) => [...app.workspace.getState().history.now.checked];
const anyChecked = (app: App): boolean => checkedRuns(app).length > 0;
const anyRun = (app: App): boolean => app.library.getState().runs.size > 0;

/** Steps to the next run of the list, wherever the focus is. */
function focusList(key: 'ArrowDown' | 'ArrowUp'): void {
  const list = document.querySelector<HTMLElement>('[role="grid"][aria-label="Run list"]');
  if (!list) return;
  list.focus();
  list.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
}

export const commands: readonly Command[] = [
  {
    id: 'runs.filter',
    title: 'Filter runs by a query',
    group: 'Runs',
    keys: ['/'],
    words: 'search find where',
    enabled: anyRun,
    run: (app) => {
      app.settings.setState({ sidebarOpen: true });
      requestAnimationFrame(() => {
        const toggle = document.querySelector<HTMLElement>('[data-filter-toggle]');
        if (toggle?.getAttribute('aria-pressed') === 'false') toggle.click();
        else document.querySelector<HTMLElement>('input[role="combobox"][aria-controls]')?.focus();
      });
    },
  },
  { id: 'runs.next', title: 'Next run', group: 'Runs', keys: ['arrowdown', 'j'], enabled: anyRun, run: () => focusList('ArrowDown') },
  { id: 'runs.previous', title: 'Previous run', group: 'Runs', keys: ['arrowup', 'k'], enabled: anyRun, run: () => focusList('ArrowUp') },
  {
    id: 'runs.baseline',
    title: 'Make the run baseline',
    group: 'Runs',
    keys: ['b'],
    words: 'reference compare',
    enabled: (app) => currentRun(app) !== null,
    run: (app) => {
      const id = currentRun(app);
      if (id !== null) makeBaseline(app, id);
    },
  },
  {
    id: 'runs.visible',
    title: 'Show or hide the run in charts',
    group: 'Runs',
    keys: ['v'],
    enabled: (app) => currentRun(app) !== null,
    run: (app) => {
      const id = currentRun(app);
      if (id !== null) toggleVisible(app, [id]);
    },
  },
  {
    id: 'runs.group-seed',
    title: 'Group by everything except the seed',
    group: 'Runs',
    words: 'mean std average',
    enabled: anyRun,
    run: (app) => app.workspace.getState().change('group', (now) => ({ ...now, grouping: { kind: 'all-but-seed' } })),
  },
  {
    id: 'runs.ungroup',
    title: 'Do not group runs',
    group: 'Runs',
    enabled: (app) => app.workspace.getState().history.now.grouping.kind !== 'none',
    run: (app) => app.workspace.getState().change('group', (now) => ({ ...now, grouping: { kind: 'none' } })),
  },
  { id: 'runs.only-checked', title: 'Show only checked runs in charts', group: 'Runs', enabled: anyChecked, run: (app) => showOnlyRuns(app, checkedRuns(app)) },
  {
    id: 'runs.delete',
    title: 'Delete checked runs',
    group: 'Runs',
    words: 'remove bin trash',
    enabled: anyChecked,
    run: (app) => deleteRuns(app, checkedRuns(app)),
  },
  { id: 'runs.uncheck', title: 'Uncheck all runs', group: 'Runs', keys: ['escape'], enabled: anyChecked, run: uncheckAll },
];
