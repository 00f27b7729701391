// The wizard by the palette.

import type { Command } from '../../registry/commands';
import { openMapping } from '../../state/mapping-actions';

export const commands: readonly Command[] = [
  {
    id: 'mapping.open',
    title: 'Tell Diptych how to read a log…',
    group: 'Import',
    words: 'custom mapping own text log regex regular expression unrecognised unknown wizard',
    run: (app) => openMapping(app),
  },
];
