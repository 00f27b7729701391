// Commands about training code.

import type { Command } from '../../registry/commands';
import type { App } from '../../state/app';
import { openPicker } from '../../state/import-actions';
import { copyText, saveWhole } from './save-patch';

const isOpen = (app: App): boolean => {
  const route = app.navigation.store.getState();
  return route.kind === 'tab' && route.tab === 'code' && app.code.store.getState().kind === 'ready';
};
const whole = (app: App): string => {
  const state = app.code.store.getState();
  return state.kind === 'ready' ? state.code.whole.text : '';
};

/** Steps to the next finding of the list, wherever the focus is. */
function step(key: 'ArrowDown' | 'ArrowUp'): void {
  const list = document.querySelector<HTMLElement>('[role="listbox"][aria-label="Findings in the code"]');
  list?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
}

export const commands: readonly Command[] = [
  {
    id: 'code.folder',
    title: 'Review training code: folder…',
    group: 'Code',
    words: 'setup python lint instrument project add code',
    run: (app) => openPicker(app, 'folder', 'code'),
  },
  {
    id: 'code.files',
    title: 'Review training code: files…',
    group: 'Code',
    words: 'setup python notebook script add code',
    run: (app) => openPicker(app, 'file', 'code'),
  },
  { id: 'code.next', title: 'Next finding in the code', group: 'Code', keys: ['j'], enabled: isOpen, run: () => step('ArrowDown') },
  { id: 'code.previous', title: 'Previous finding in the code', group: 'Code', keys: ['k'], enabled: isOpen, run: () => step('ArrowUp') },
  {
    id: 'code.copy',
    title: 'Copy all patches of the code',
    group: 'Code',
    words: 'diff git apply fix',
    enabled: (app) => isOpen(app) && whole(app) !== '',
    run: (app) => copyText(app, whole(app)),
  },
  {
    id: 'code.save',
    title: 'Save all patches of the code',
    group: 'Code',
    words: 'diff git apply fix download',
    enabled: (app) => isOpen(app) && whole(app) !== '',
    run: saveWhole,
  },
  {
    id: 'code.close',
    title: 'Take the code off the screen',
    group: 'Code',
    words: 'close remove',
    enabled: (app) => app.code.store.getState().kind !== 'none',
    run: (app) => app.code.close(),
  },
];
