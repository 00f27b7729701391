// Empties the window once everything that was stored is gone.

import type { App } from './app';
import { defaultSettings, ofWindow } from './settings';
import { emptyWorkspace } from './workspace';

/** Starts afresh, with nothing left that could be saved again. */
export function forgetAll({ library, workspace, settings, session }: Pick<App, 'library' | 'workspace' | 'settings' | 'session'>): void {
  library.setState({ runs: new Map() });
  session.setState({ hovered: null, current: null });
  workspace.getState().open(emptyWorkspace(), { discard: true });
  settings.setState({ ...defaultSettings, ...ofWindow(settings.getState()), workspace: defaultSettings.workspace }, true);
}
