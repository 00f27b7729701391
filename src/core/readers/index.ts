// All readers, found by a glob: a new folder is a new format, nothing else changes.

import { folderId, registryOf } from '../base/registry';
import type { RunReader } from '../source/reader';

export const readers: readonly RunReader[] = registryOf(import.meta.glob<RunReader>('./*/reader.ts', { eager: true, import: 'reader' }), folderId);
