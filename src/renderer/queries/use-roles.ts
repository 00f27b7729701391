// What a person stated of metrics.

import type { RoleStatement } from '../../core/project/project';
import { useWorkspace } from '../state/app';
import { rolesIn } from '../state/roles';

export const useRoles = (): readonly RoleStatement[] => useWorkspace(rolesIn);
