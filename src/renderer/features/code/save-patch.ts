// Patches to the clipboard and to a file.

import type { App } from '../../state/app';
import { saveFile } from '../../state/save';

export function copyText(app: Pick<App, 'toasts'>, text: string): void {
  navigator.clipboard.writeText(text).then(
    () => app.toasts.show({ kind: 'good', text: 'Copied.' }),
    () => app.toasts.show({ kind: 'bad', text: 'The clipboard cannot be used here.' }),
  );
}

/** All patches as one file for `git apply`. */
export function saveWhole(app: Pick<App, 'code'>): void {
  const state = app.code.store.getState();
  if (state.kind === 'ready' && state.code.whole.text !== '') saveFile(`${state.label}.patch`, state.code.whole.text, 'text/x-patch');
}
