// Asks whether there is a newer Diptych.

import type { UpdateAnswer } from '../../../wire/page-words';
import type { Command } from '../../registry/commands';
import type { App } from '../../state/app';

export const commands: readonly Command[] = [
  {
    id: 'updates.check',
    title: 'Check for updates…',
    group: 'Help',
    words: 'version release newer upgrade',
    enabled: ({ capabilities }) => capabilities.updates !== undefined,
    run: (app) => {
      app.capabilities.updates
        ?.check()
        .then((answer) => say(app, answer))
        .catch((error: unknown) => say(app, { kind: 'failed', message: String(error) }));
    },
  },
];

function say({ capabilities, toasts }: App, answer: UpdateAnswer): void {
  switch (answer.kind) {
    case 'newer': {
      const { version, page } = answer.release;
      const { openExternal } = capabilities;
      const action = openExternal && { action: { label: 'Read about it', run: () => void openExternal({ url: page }).catch(() => {}) } };
      toasts.show({ kind: 'info', text: `Diptych ${version} is out.`, detail: page, ...action });
      return;
    }
    case 'newest':
      toasts.show({ kind: 'good', text: `Diptych ${answer.version} is the newest release.` });
      return;
    case 'failed':
      toasts.show({ kind: 'bad', text: 'It could not be told whether there is a newer Diptych.', detail: answer.message });
      return;
    case 'not-asked':
  }
}
