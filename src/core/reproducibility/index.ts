// All checklist items, found by a glob: a new file is a new item.

import { fileId, registryOf } from '../base/registry';
import type { ChecklistItem } from './item';

export const items: readonly ChecklistItem[] = registryOf(import.meta.glob<ChecklistItem>('./items/*.ts', { eager: true, import: 'item' }), fileId);
