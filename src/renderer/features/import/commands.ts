// Commands that bring runs in.

import type { Command } from '../../registry/commands';
import { importSamples, openPicker } from '../../state/import-actions';

export const commands: readonly Command[] = [
  {
    id: 'import.folder',
    title: 'Open folder…',
    group: 'Import',
    keys: ['mod+o'],
    words: 'import read runs directory',
    run: (app) => openPicker(app, 'folder'),
  },
  {
    id: 'import.files',
    title: 'Open files…',
    group: 'Import',
    keys: ['shift+mod+o'],
    words: 'import read zip csv database',
    run: (app) => openPicker(app, 'file'),
  },
  { id: 'import.samples', title: 'Try the samples', group: 'Import', words: 'examples demo', run: importSamples },
];
