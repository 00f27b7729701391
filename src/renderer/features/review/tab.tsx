// The tab: what an experienced engineer would say of the chosen runs, in five parts.

import { lazy } from 'react';
import type { Tab } from '../../registry/tabs';

export const tab: Tab = { meta: { id: 'review', title: 'Review', order: 85, key: '9', withoutRuns: 'code' }, Component: lazy(() => import('./view')) };
