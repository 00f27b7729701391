// The tab: a report of the chosen runs.

import { lazy } from 'react';
import type { Tab } from '../../registry/tabs';

export const tab: Tab = { meta: { id: 'report', title: 'Report', order: 70, key: '7' }, Component: lazy(() => import('./view')) };
