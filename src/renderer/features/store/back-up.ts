// Runs to a bundle: a file that Diptych reads back, here or on another machine. A back-up also holds workspaces and settings.

import type { RunId } from '../../../core/base/units';
import { counted } from '../../../core/view/format';
import type { App } from '../../state/app';
import { deskToText } from '../../state/desk';
import { ownWords } from '../../state/own-words';
import { saveFile } from '../../state/save';
import { parseWorkspace } from '../../state/workspace';
import { explainStoreError } from '../../storage/problems';

/** Some runs, to hand on. */
export function bundleRuns(app: App, runs: readonly RunId[]): void {
  write(
    app,
    `diptych-${runs.length === 1 ? 'run' : 'runs'}.zip`,
    app.storeWorker.bundle(runs, ownWords(app)),
    `${counted(runs.length, 'run')} written to a bundle`,
  );
}

/** Everything there is. */
export function backUp(app: App): void {
  const runs = [...app.library.getState().runs.keys()];
  write(app, 'diptych-back-up.zip', bundleWithDesk(app, runs), `${counted(runs.length, 'run')}, workspaces and settings written to a back-up`);
}

async function bundleWithDesk(app: App, runs: readonly RunId[]): Promise<Blob> {
  const now = app.workspace.getState().history.now;
  const others = (await app.storage.workspaces()).filter(({ id }) => id !== now.id).map(parseWorkspace);
  return app.storeWorker.bundle(runs, ownWords(app), deskToText({ settings: app.settings.getState(), workspaces: [now, ...others] }));
}

function write({ idle, toasts }: App, name: string, made: Promise<Blob>, done: string): void {
  idle
    .track('bundle', made)
    .then((blob) => {
      saveFile(name, blob, 'application/zip');
      toasts.show({ kind: 'good', text: done });
    })
    .catch((error: unknown) => toasts.show({ kind: 'bad', text: 'The bundle could not be written.', detail: explainStoreError(error).message }));
}
