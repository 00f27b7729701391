// What rules are called and about, by id.

import { healthRules } from '../../../core/health/index';
import type { RuleMeta } from '../../../core/health/rule';

const metas: ReadonlyMap<string, RuleMeta> = new Map(healthRules.map(({ meta }) => [meta.id, meta]));

/** Undefined for a rule of another version. */
export const ruleMeta = (rule: string): RuleMeta | undefined => metas.get(rule);
export const ruleTitle = (rule: string): string => metas.get(rule)?.title ?? '';
