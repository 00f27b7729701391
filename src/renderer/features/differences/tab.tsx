// The tab: what differs between the chosen runs?

import { lazy } from 'react';
import type { Tab } from '../../registry/tabs';

export const tab: Tab = { meta: { id: 'differences', title: 'Differences', order: 30, key: '3' }, Component: lazy(() => import('./view')) };
