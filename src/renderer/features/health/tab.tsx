// The tab: which runs are sick, why, and what to do.

import { lazy } from 'react';
import type { Tab } from '../../registry/tabs';

export const tab: Tab = { meta: { id: 'health', title: 'Health', order: 50, key: '5' }, Component: lazy(() => import('./view')) };
