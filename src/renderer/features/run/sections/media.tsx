// Pictures, sounds, tables, histograms and figures by step.

import { lazy } from 'react';
import type { RunSection } from '../../../registry/sections';

export const section: RunSection = {
  meta: { id: 'media', title: 'Media', order: 35 },
  count: (run) => run.media.length,
  Component: lazy(() => import('../media/media-section').then(({ MediaSection }) => ({ default: MediaSection }))),
};
