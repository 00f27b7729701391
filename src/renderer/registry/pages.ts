// The run page, found by a glob so that the shell stands without it: features/run/page.tsx.

import type { ComponentType } from 'react';
import type { Run } from '../../core/model/run';

export interface RunPage {
  readonly Component: ComponentType<{ readonly run: Run; readonly section: string | null }>;
}

const modules = import.meta.glob<RunPage>('../features/run/page.tsx', { eager: true, import: 'page' });

export const runPage: RunPage | null = Object.values(modules)[0] ?? null;
