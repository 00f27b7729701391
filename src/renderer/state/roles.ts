// What a person stated of metrics, by experiment: part of the workspace, so that it is saved and undone like all that is arranged.

import type { RoleStatement } from '../../core/project/project';
import { type Change, setSlice, type Workspace } from './workspace';

/** Experiment → statements; runs of no experiment stand under the empty name. */
export type Roles = Readonly<Record<string, readonly RoleStatement[]>>;

const none: Roles = {};
const noStatement: readonly RoleStatement[] = [];

export const rolesKey = (experiment: string | null): string => experiment ?? '';

/** Reads what was stored; the same object as long as it is the same. */
export function parseRoles(stored: unknown): Roles {
  const valid = typeof stored === 'object' && stored !== null && Object.values(stored).every((list) => Array.isArray(list) && list.every(isStatement));
  return valid ? (stored as Roles) : none;
}

const isStatement = (one: unknown): boolean => typeof one === 'object' && one !== null && typeof (one as RoleStatement).metric === 'string';

export const rolesIn = (workspace: Pick<Workspace, 'features'>): Roles => parseRoles(workspace.features.roles);

export const statementsOf = (roles: Roles, experiment: string | null): readonly RoleStatement[] => roles[rolesKey(experiment)] ?? noStatement;

/** Says what a metric of an experiment is, in place of what was said of it; null takes it back. */
export const stateRole =
  (experiment: string | null, metric: string, statement: RoleStatement | null): Change =>
  (workspace) => {
    const roles = rolesIn(workspace);
    const others = statementsOf(roles, experiment).filter((one) => one.metric !== metric);
    return setSlice('roles', { ...roles, [rolesKey(experiment)]: statement ? [...others, statement] : others })(workspace);
  };
