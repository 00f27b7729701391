// The tab: how well the training code records what it does, finding by finding.

import { lazy } from 'react';
import type { Tab } from '../../registry/tabs';

export const tab: Tab = { meta: { id: 'code', title: 'Code', order: 90, key: '0', withoutRuns: 'always' }, Component: lazy(() => import('./view')) };
