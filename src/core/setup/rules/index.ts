// All set-up rules, found by a glob: a new file is a new rule, nothing else changes.

import { fileId, registryOf } from '../../base/registry';
import type { SetupRule } from '../rule';

export const setupRules: readonly SetupRule[] = registryOf(import.meta.glob<SetupRule>('./{E,N}-*.ts', { eager: true, import: 'rule' }), fileId);
