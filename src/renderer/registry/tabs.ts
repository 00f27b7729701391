// The tabs on the right, found by a glob: features/<id>/tab.tsx is a tab.

import type { ComponentType } from 'react';
import { folderId, registryOf } from '../../core/base/registry';

export interface Tab {
  readonly meta: {
    /** The feature folder's name. */
    readonly id: string;
    readonly title: string;
    /** Place among the tabs: Table 10, Curves 20, Differences 30, Effects 40, Health 50, Reproducibility 60, Report 70, Media 80, Review 85, Code 90. */
    readonly order: number;
    /** The key that opens it: `1` to `9`, then `0`. */
    readonly key?: string;
    /** It has something to show where there are no runs: always, or while code is held. */
    readonly withoutRuns?: 'always' | 'code';
  };
  /** Drawn while the tab is open, inside an error boundary and a Suspense boundary; fills its parent. */
  readonly Component: ComponentType;
}

export const tabs: readonly Tab[] = [...registryOf(import.meta.glob<Tab>('../features/*/tab.tsx', { eager: true, import: 'tab' }), folderId)].sort(
  (a, b) => a.meta.order - b.meta.order,
);
