// All health rules, found by a glob: a new file is a new rule.

import { fileId, registryOf } from '../base/registry';
import type { HealthRule } from './rule';

export const healthRules: readonly HealthRule[] = registryOf(import.meta.glob<HealthRule>('./rules/*.ts', { eager: true, import: 'rule' }), fileId);
