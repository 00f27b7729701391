// Looks up what a person said about one rule and one run: the statement that counts, and the waivers that have ended.

import type { Attestation, Project, Waiver } from './project';

/** What a project says, at a moment: waivers end. */
export interface Statements {
  readonly project: Pick<Project, 'attestations' | 'waivers'>;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
}

export const noStatements: Statements = { project: { attestations: [], waivers: [] }, nowMs: 0 };

/** The attestation that counts for an item of a run: one on the run before one on the whole project, then the latest. */
export const attestationOf = ({ project }: Statements, item: string, run: string): Attestation | null =>
  best(
    project.attestations.filter((one) => one.item === item && concerns(one, run)),
    (one) => one.atMs,
  );

/** The waiver that holds for a rule and a run: one on the run before one on the whole project, then the one that holds longest. */
export const waiverOf = ({ project, nowMs }: Statements, rule: string, run: string): Waiver | null =>
  best(
    project.waivers.filter((one) => one.rule === rule && one.path === undefined && concerns(one, run) && holds(one, nowMs)),
    (one) => one.untilMs ?? Number.POSITIVE_INFINITY,
  );

/** The waiver that ended last, where none holds: so that a gate can say why it closed again. */
export const endedWaiverOf = (statements: Statements, rule: string, run: string): Waiver | null =>
  waiverOf(statements, rule, run)
    ? null
    : best(
        statements.project.waivers.filter((one) => one.rule === rule && one.path === undefined && concerns(one, run)),
        (one) => one.untilMs ?? 0,
      );

export const holds = ({ untilMs }: Waiver, nowMs: number): boolean => untilMs === null || nowMs < untilMs;

const concerns = (statement: { readonly run: string | null }, run: string): boolean => statement.run === null || statement.run === run;

function best<T extends { readonly run: string | null }>(found: readonly T[], rank: (one: T) => number): T | null {
  const better = (a: T, b: T): T => ((a.run === null) === (b.run === null) ? (rank(b) > rank(a) ? b : a) : a.run === null ? b : a);
  return found.length === 0 ? null : found.reduce(better);
}
