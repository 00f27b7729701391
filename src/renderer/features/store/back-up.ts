// Runs to a bundle: a file that Diptych reads back, here or on another machine.

import type { RunId } from '../../../core/base/units';
import { counted } from '../../../core/view/format';
import type { App } from '../../state/app';
import { saveFile } from '../../state/save';
import { explainStoreError } from '../../storage/problems';

export function backUp({ storeWorker, idle, toasts }: App, runs: readonly RunId[]): void {
  idle
    .track('bundle', storeWorker.bundle(runs))
    .then((blob) => {
      saveFile(`diptych-${runs.length === 1 ? 'run' : 'runs'}.zip`, blob, 'application/zip');
      toasts.show({ kind: 'good', text: `${counted(runs.length, 'run')} written to a bundle` });
    })
    .catch((error: unknown) => toasts.show({ kind: 'bad', text: 'The bundle could not be written.', detail: explainStoreError(error).message }));
}
