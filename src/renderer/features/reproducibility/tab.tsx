// The tab: could these runs be repeated?

import { lazy } from 'react';
import type { Tab } from '../../registry/tabs';

export const tab: Tab = { meta: { id: 'reproducibility', title: 'Reproducibility', order: 60, key: '6' }, Component: lazy(() => import('./view')) };
