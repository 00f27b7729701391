// Runs the practices over a project, and settles what its file says of them: modes, waivers, what gates.

import { type FindingSeverity, severityOrder } from '../health/finding';
import type { Run } from '../model/run';
import type { Project, RuleMode, Waiver } from '../project/project';
import { holds } from '../project/statements';
import { type Broken, brokenBy } from './contract';
import { practices } from './index';
import type { PracticeClaim, PracticeContext, PracticeMeta, PracticeRule } from './rule';

export interface PracticeFinding extends PracticeClaim {
  /** `G-04`. */
  readonly rule: string;
  readonly title: string;
  readonly severity: FindingSeverity;
  readonly mode: RuleMode | null;
  /** Waivers in force that cover it, one a run, or one for all. */
  readonly waivers: readonly Waiver[];
  /** Every run of it is waived: it is listed, and neither gates nor counts. */
  readonly waived: boolean;
}

/** What became of a waiver of a practice. */
export interface WaiverUse {
  readonly waiver: Waiver;
  readonly state: 'in force' | 'not needed' | 'expired';
}

export interface PracticesResult {
  /** Worst first, waived ones last, then by rule. */
  readonly findings: readonly PracticeFinding[];
  readonly notAssessed: readonly { readonly rule: string; readonly reason: string }[];
  /** Rules that were assessed in full and found nothing. */
  readonly clear: readonly string[];
  readonly waivers: readonly WaiverUse[];
  /** Findings whose rule is a gate, and that are not waived. */
  readonly gated: readonly PracticeFinding[];
  /** Runs that break the comparability contract, with why: marked, and left out of rankings. */
  readonly leftOut: Broken;
}

/** Assesses the runs that are not deleted, in the order of their ids, so that the order given does not matter. */
export function assessPractices(context: PracticeContext, rules: readonly PracticeRule[] = practices): PracticesResult {
  const runs = context.runs.filter(({ deleted }) => !deleted).sort(byId);
  const settled = { ...context, runs };
  const waivers = context.project.waivers.filter(({ rule, path }) => path === undefined && rules.some(({ meta }) => meta.id === rule));
  const inForce = waivers.filter((waiver) => holds(waiver, context.now));
  const findings: PracticeFinding[] = [];
  const notAssessed: { rule: string; reason: string }[] = [];
  const clear: string[] = [];
  for (const rule of rules) {
    // Without runs there is nothing to be clear of.
    if (runs.length === 0) break;
    if (rule.meta.optIn && !wanted(rule.meta, context.project)) continue;
    const outcome = judge(rule, settled);
    if (outcome.notAssessed !== undefined) notAssessed.push({ rule: rule.meta.id, reason: outcome.notAssessed });
    else if (outcome.claims.length === 0) clear.push(rule.meta.id);
    findings.push(...outcome.claims.map((claim) => findingOf(claim, rule.meta, context.project, inForce)));
  }
  findings.sort(
    (a, b) => Number(a.waived) - Number(b.waived) || severityOrder[b.severity] - severityOrder[a.severity] || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
  );
  const used = new Set(findings.flatMap((finding) => finding.waivers));
  const holding = new Set(inForce);
  return {
    findings,
    notAssessed,
    clear,
    waivers: waivers.map((waiver) => ({ waiver, state: !holding.has(waiver) ? 'expired' : used.has(waiver) ? 'in force' : 'not needed' })),
    gated: findings.filter(({ mode, waived }) => mode === 'gate' && !waived),
    leftOut: brokenBy(runs, context.project),
  };
}

/** A rule that is off by default is switched on by its mode; the contract rule by a contract. */
const wanted = ({ id }: PracticeMeta, { modes, contract }: Project): boolean => Object.hasOwn(modes, id) || (id === 'G-12' && contract !== null);

/** A rule that throws is a bug of ours, not the project's: it is not assessed and the others still run. */
function judge(rule: PracticeRule, context: PracticeContext): ReturnType<PracticeRule['check']> {
  try {
    return rule.check(context);
  } catch (error) {
    return { claims: [], notAssessed: `The check failed (${error instanceof Error ? error.message : String(error)}).` };
  }
}

function findingOf(claim: PracticeClaim, meta: PracticeMeta, project: Project, inForce: readonly Waiver[]): PracticeFinding {
  const mode = Object.hasOwn(project.modes, meta.id) ? (project.modes[meta.id] as RuleMode) : null;
  const own = inForce.filter(({ rule }) => rule === meta.id);
  const forAll = own.find(({ run }) => run === null);
  const waivedRuns = new Map(own.flatMap((waiver) => (waiver.run === null ? [] : [[waiver.run, waiver] as const])));
  const waivers = forAll ? [forAll] : claim.runs.flatMap((run) => waivedRuns.get(run) ?? []);
  return {
    ...claim,
    rule: meta.id,
    title: meta.title,
    severity: severityIn(mode, meta.severity),
    mode,
    waivers,
    waived: forAll !== undefined || (claim.runs.length > 0 && waivers.length === claim.runs.length),
  };
}

function severityIn(mode: RuleMode | null, own: FindingSeverity): FindingSeverity {
  if (mode === 'observe') return 'note';
  return mode === null || severityOrder[own] >= severityOrder.warn ? own : 'warn';
}

const byId = (a: Run, b: Run): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Findings at least as severe as given, that are not waived. */
export const failing = (findings: readonly PracticeFinding[], least: FindingSeverity): readonly PracticeFinding[] =>
  findings.filter(({ severity, waived }) => !waived && severityOrder[severity] >= severityOrder[least]);
