// The tab: what the chosen runs logged to be looked at, side by side.

import { lazy } from 'react';
import type { Tab } from '../../registry/tabs';

export const tab: Tab = { meta: { id: 'media', title: 'Media', order: 80, key: '8' }, Component: lazy(() => import('./view')) };
