// The sections of a run's own page, found by a glob: features/run/sections/<id>.tsx is a section.

import type { ComponentType } from 'react';
import { fileId, registryOf } from '../../core/base/registry';
import type { Run } from '../../core/model/run';

export interface RunSection {
  readonly meta: {
    /** The file's name. */
    readonly id: string;
    readonly title: string;
    readonly order: number;
  };
  /** A short count beside the title; null shows none. */
  readonly count?: (run: Run) => number | null;
  /** True where this is what people of the run's tracker expect first; otherwise the first section is. */
  readonly leads?: (run: Run) => boolean;
  readonly Component: ComponentType<{ readonly run: Run }>;
}

export const runSections: readonly RunSection[] = [
  ...registryOf(import.meta.glob<RunSection>('../features/run/sections/*.tsx', { eager: true, import: 'section' }), fileId),
].sort((a, b) => a.meta.order - b.meta.order);
