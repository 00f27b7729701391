// The tools, found by a glob: a new file in tools/ is a new tool.

import { fileId, registryOf } from '../../core/base/registry';
import type { Tool } from './tool';

export const tools: readonly Tool[] = registryOf(import.meta.glob<Tool>('./tools/*.ts', { eager: true, import: 'tool' }), fileId);

/** `list-runs` → `list_runs`: names of tools are words joined by `_`. */
export const toolName = ({ meta }: Tool): string => meta.id.replaceAll('-', '_');
