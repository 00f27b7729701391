// The tab: metrics over steps and time.

import { lazy } from 'react';
import type { Tab } from '../../registry/tabs';

export const tab: Tab = { meta: { id: 'curves', title: 'Curves', order: 20, key: '2' }, Component: lazy(() => import('./view')) };
