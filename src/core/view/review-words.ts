// How the parts of the review are called, and what an empty one says: the same on the screen, in the terminal and in documents.

import { engines } from '../review/engine';
import type { Review } from '../review/result';
import { counted } from './format';

export type PartId = 'assessment' | 'critical' | 'recommendations' | 'organization' | 'next_steps';

/** In their order. */
export const partTitles: Readonly<Record<PartId, string>> = {
  assessment: 'Assessment',
  critical: 'Critical issues',
  recommendations: 'Recommendations',
  organization: 'Organization and naming',
  next_steps: 'Next steps',
};

export const engineTitles: ReadonlyMap<string, string> = new Map(engines.map(({ meta }) => [meta.id, meta.title]));

/** What an empty part says: that nothing was found there, which is not that all is well. */
export function partWords(part: Exclude<PartId, 'assessment'>, { notAssessed, code, runs }: Review): string {
  if (part === 'next_steps') return 'There is no experiment to propose, nothing more to measure and nothing to confirm.';
  if (runs.length === 0 && code === null) return 'There was nothing to look at.';
  const open = notAssessed.length === 0 ? '' : ` ${counted(notAssessed.length, 'question')} could not be answered: unknown, not in order.`;
  return `Nothing was found here.${open}${code === null ? ' The training code was not given.' : ''}`;
}
