// What an address opens in this tab.

import type { RunId } from '../../../core/base/units';
import { findingKey } from '../../../core/view/health-list';
import { type Segment, segments } from './slice';

export type Place =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'run'; readonly run: RunId }
  | { readonly kind: 'finding'; readonly run: RunId; readonly key: string }
  /** A claim about several runs. */
  | { readonly kind: 'claim'; readonly segment: 'across' | 'practices'; readonly key: string }
  | { readonly kind: 'segment'; readonly segment: Segment };

export function parsePlace([kind, id, rule, nth]: readonly string[]): Place {
  if (kind === 'run' && id) return { kind, run: id as RunId };
  if (kind === 'finding' && id && rule) return { kind, run: id as RunId, key: findingKey(id as RunId, rule, Number(nth ?? 0)) };
  if ((kind === 'across' || kind === 'practices') && id) return { kind: 'claim', segment: kind, key: `${id}/${Number(rule ?? 0)}` };
  const segment = segments.find((one) => one === kind);
  return segment ? { kind: 'segment', segment } : { kind: 'nothing' };
}
