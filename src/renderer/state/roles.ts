// What a person stated of metrics: a part of the workspace's project, so that it is saved, undone and handed on with it.

import { emptyProject, type Project, type RoleStatement } from '../../core/project/project';
import { type Change, setSlice, type Workspace } from './workspace';

const none: readonly RoleStatement[] = [];

/** The statements; the same list as long as they are the same. */
export function rolesIn({ features }: Pick<Workspace, 'features'>): readonly RoleStatement[] {
  const roles = (features.project as Partial<Project> | undefined)?.roles;
  return Array.isArray(roles) && roles.length > 0 && roles.every(isStatement) ? roles : none;
}

const isStatement = (one: unknown): boolean => typeof one === 'object' && one !== null && typeof (one as RoleStatement).metric === 'string';

/** Says what a metric is, in place of what was said of it before; null takes it back. */
export const stateRole =
  (metric: string, statement: RoleStatement | null): Change =>
  (workspace) => {
    const project = (workspace.features.project as Project | undefined) ?? emptyProject;
    const others = rolesIn(workspace).filter((one) => one.metric !== metric);
    return setSlice('project', { ...project, roles: statement ? [...others, statement] : others })(workspace);
  };
