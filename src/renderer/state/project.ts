// What people state about the runs of the open workspace: a part of it, so that it is saved, undone and handed on with it.

import { type Attestation, emptyProject, type Project, type Waiver } from '../../core/project/project';
import { useSlice } from './app';

/** Id of the part of the workspace. */
export const projectSlice = 'project';

const record = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const time = (value: unknown): boolean => typeof value === 'number' && Math.abs(value) <= 8.64e15;
const place = (value: unknown): boolean => value === null || typeof value === 'string';

const isAttestation = (one: unknown): boolean =>
  record(one) && typeof one.item === 'string' && place(one.run) && typeof one.by === 'string' && typeof one.note === 'string' && time(one.atMs);
const isWaiver = (one: unknown): boolean =>
  record(one) &&
  typeof one.rule === 'string' &&
  place(one.run) &&
  place(one.path ?? null) &&
  typeof one.reason === 'string' &&
  (one.untilMs === null || time(one.untilMs));

/** The project as it was stored; nothing stated where it is damaged. */
export function parseProjectSlice(stored: unknown): Project {
  if (!record(stored)) return emptyProject;
  const lists = ['attestations', 'waivers', 'roles', 'requiredTags'].every((key) => Array.isArray(stored[key]));
  const whole = lists && record(stored.modes) && record(stored.limits) && (stored.contract === null || record(stored.contract));
  if (!whole || !(stored.attestations as unknown[]).every(isAttestation) || !(stored.waivers as unknown[]).every(isWaiver)) return emptyProject;
  return stored as unknown as Project;
}

/** The project of the open workspace, and a change to it that can be undone. */
export const useProject = (): readonly [Project, (label: string, next: (project: Project) => Project) => void] => useSlice(projectSlice, parseProjectSlice);

/** A later word of the same person on the same item and run takes the place of the earlier one. */
export const attest =
  (one: Attestation) =>
  (project: Project): Project => ({ ...project, attestations: [...project.attestations.filter((other) => !sameAttestation(other, one)), one] });

export const withdrawAttestation =
  (one: Attestation) =>
  (project: Project): Project => ({ ...project, attestations: project.attestations.filter((other) => other !== one && !sameAttestation(other, one)) });

export const waive =
  (one: Waiver) =>
  (project: Project): Project => ({ ...project, waivers: [...project.waivers.filter((other) => !sameWaiver(other, one)), one] });

export const withdrawWaiver =
  (one: Waiver) =>
  (project: Project): Project => ({ ...project, waivers: project.waivers.filter((other) => other !== one && !sameWaiver(other, one)) });

const sameAttestation = (a: Attestation, b: Attestation): boolean => a.item === b.item && a.run === b.run && a.by === b.by;
const sameWaiver = (a: Waiver, b: Waiver): boolean => a.rule === b.rule && a.run === b.run && a.path === b.path;
