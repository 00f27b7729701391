// What a person stated of metrics.

import { useWorkspace } from '../state/app';
import { type Roles, rolesIn } from '../state/roles';

export const useRoles = (): Roles => useWorkspace(rolesIn);
