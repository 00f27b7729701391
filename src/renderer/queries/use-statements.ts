// What people stated about rules and runs, as of today.

import { useMemo } from 'react';
import type { Statements } from '../../core/project/statements';
import { useProject } from '../state/project';

/** Waivers end by the day: a page that stays open overnight asks again when it is next drawn anew. */
const startedMs = Date.now();

export function useStatements(): Statements {
  const [project] = useProject();
  return useMemo(() => ({ project, nowMs: startedMs }), [project]);
}
