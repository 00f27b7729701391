// Runs every rule over a run, and over the sketches of several; sorts what they say.

import type { Points, Run } from '../model/run';
import type { RoleStatement } from '../project/project';
import { type AcrossFinding, type Finding, type FindingSeverity, type NotAssessed, type RunHealth, severityOrder } from './finding';
import { healthRules } from './index';
import { PreparedRun } from './prepared-run';
import type { HealthRule, Outcome, RuleMeta } from './rule';
import { type RunSketch, sketchOf } from './sketch';

export interface JudgeOptions {
  /** What a person said of metrics (`Project.roles`). */
  readonly statements?: readonly RoleStatement[];
  /** Default: all that are registered. */
  readonly rules?: readonly HealthRule[];
}

export interface JudgedRun {
  readonly health: RunHealth;
  /** For `judgeAcross`. */
  readonly sketch: RunSketch;
}

/** Judges one run by every rule. The points may be let go afterwards. Linear in points, never throws for what a run holds. */
export function judgeRun({ run, points }: { readonly run: Run; readonly points: readonly Points[] }, options: JudgeOptions = {}): JudgedRun {
  const rules = (options.rules ?? healthRules).filter((rule) => rule.scope === 'run');
  const prepared = new PreparedRun(run, points, options.statements);
  const said = rules.map((rule) => ({ meta: rule.meta, outcome: attempt(() => rule.check(prepared)) }));
  const settled = settle(said);
  const fired = new Map<string, FindingSeverity>();
  for (const { rule, severity } of settled.findings) {
    const before = fired.get(rule);
    if (!before || severityOrder[severity] > severityOrder[before]) fired.set(rule, severity);
  }
  return { health: { run: run.id, ...settled }, sketch: sketchOf(prepared, fired) };
}

export interface AcrossHealth {
  readonly findings: readonly AcrossFinding[];
  readonly notAssessed: readonly NotAssessed[];
}

/** Judges runs together. Their order does not matter. */
export function judgeAcross(sketches: readonly RunSketch[], options: JudgeOptions = {}): AcrossHealth {
  const rules = (options.rules ?? healthRules).filter((rule) => rule.scope === 'across');
  const ordered = [...sketches].sort((a, b) => (a.run.id < b.run.id ? -1 : a.run.id > b.run.id ? 1 : 0));
  const said = rules.map((rule) => ({ meta: rule.meta, outcome: attempt(() => rule.check(ordered)) }));
  return { findings: said.flatMap(findingsOf).sort(worstFirst), notAssessed: said.flatMap(unassessed) };
}

/** A rule that throws is a bug of ours, not the run's: it counts as not assessed and the others still run. */
function attempt<F>(check: () => Outcome<F>): Outcome<F> {
  try {
    return check();
  } catch (error) {
    return { kind: 'not-assessed', reason: `The rule failed: ${error instanceof Error ? error.message : String(error)}.` };
  }
}

interface Said<F> {
  readonly meta: RuleMeta;
  readonly outcome: Outcome<F>;
}

/** Where several rules see one phenomenon the most specific speaks: the others go down to a note or stay silent. */
function settle(said: readonly Said<Omit<Finding, 'rule'>>[]): Omit<RunHealth, 'run'> {
  const loud = new Set(
    said.filter(({ outcome }) => outcome.kind === 'found' && outcome.findings.some(({ severity }) => severity !== 'note')).map(({ meta }) => meta.id),
  );
  const findings: Finding[] = [];
  for (const one of said) {
    const { yieldsTo = [], noteBeside = [] } = one.meta;
    if (yieldsTo.some((id) => loud.has(id))) continue;
    const quiet = noteBeside.some((id) => loud.has(id));
    for (const finding of findingsOf(one)) findings.push(quiet ? { ...finding, severity: 'note' } : finding);
  }
  return {
    findings: findings.sort(worstFirst),
    notAssessed: said.flatMap(unassessed),
    clear: said.filter(({ outcome }) => outcome.kind === 'clear').map(({ meta }) => meta.id),
  };
}

const findingsOf = <F>({ meta, outcome }: Said<F>): (F & { rule: string })[] =>
  outcome.kind === 'found' ? outcome.findings.map((finding) => ({ ...finding, rule: meta.id })) : [];

const unassessed = <F>({ meta, outcome }: Said<F>): NotAssessed[] => (outcome.kind === 'not-assessed' ? [{ rule: meta.id, reason: outcome.reason }] : []);

interface Ranked {
  readonly rule: string;
  readonly severity: FindingSeverity;
}

/** Worst first, then by rule; a stable sort keeps a rule's own order. */
const worstFirst = (a: Ranked, b: Ranked): number => severityOrder[b.severity] - severityOrder[a.severity] || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
