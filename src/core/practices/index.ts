// All practices, found by a glob: a new file is a new practice.

import { fileId, registryOf } from '../base/registry';
import type { PracticeRule } from './rule';

export const practices: readonly PracticeRule[] = registryOf(import.meta.glob<PracticeRule>('./rules/*.ts', { eager: true, import: 'rule' }), fileId);
