// Walking the steps of media by key, as W&B has it, and what the palette can do with them.

import { moveStep, seesMedia, toggleOverSteps } from '../../media/actions';
import type { Command } from '../../registry/commands';

const group = 'Media';

export const commands: readonly Command[] = [
  { id: 'media.back', title: 'Media: step before', group, keys: ['mod+arrowleft'], enabled: seesMedia, run: (app) => moveStep(app, -1) },
  { id: 'media.forward', title: 'Media: next step', group, keys: ['mod+arrowright'], enabled: seesMedia, run: (app) => moveStep(app, 1) },
  { id: 'media.first', title: 'Media: first step', group, enabled: seesMedia, run: (app) => moveStep(app, Number.NEGATIVE_INFINITY) },
  { id: 'media.last', title: 'Media: last step', group, enabled: seesMedia, run: (app) => moveStep(app, Number.POSITIVE_INFINITY) },
  { id: 'media.over-steps', title: 'Media: histograms over steps, or at one', group, words: 'heat ridge', enabled: seesMedia, run: toggleOverSteps },
];
