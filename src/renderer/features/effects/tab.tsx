// The tab: which groups really differ, which params mattered, and what to try next.

import { lazy } from 'react';
import type { Tab } from '../../registry/tabs';

export const tab: Tab = { meta: { id: 'effects', title: 'Effects', order: 40, key: '4' }, Component: lazy(() => import('./view')) };
