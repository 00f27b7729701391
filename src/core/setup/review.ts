// Runs every rule over a project: implied findings are not repeated, comments suppress, the worst come first.

import type { Severity } from '../base/issues';
import type { Run } from '../model/run';
import { coverageOf } from './coverage';
import { trackersOf } from './facts/trackers';
import { trainingsOf } from './facts/training';
import type { CodePlace, SetupFinding, SetupReview, SuppressedFinding } from './finding';
import type { Project } from './project/project';
import type { Found, FoundPlace, SetupContext, SetupRule } from './rule';
import { setupRules } from './rules';
import { judgeByRuns } from './runs';

export interface ReviewOptions {
  /** Imported runs of the project: findings are confirmed or withdrawn by what they hold. */
  readonly runs?: readonly Run[];
  readonly rules?: readonly SetupRule[];
}

const order: readonly Severity[] = ['critical', 'warn', 'note', 'info'];

/** What an experienced engineer would say about how a project's training is instrumented. */
export function reviewSetup(project: Project, { runs = [], rules = setupRules }: ReviewOptions = {}): SetupReview {
  const context: SetupContext = { project, trainings: trainingsOf(project), runs };
  const found = new Map<string, readonly Found[]>(rules.map((rule) => [rule.meta.id, answersOf(rule, context)]));
  const verdicts = new Map(rules.map(({ meta }) => [meta.id, judgeByRuns(meta.id, runs)]));
  const isWithdrawn = (id: string) => verdicts.get(id)?.verdict === 'withdrawn';
  const fires = (id: string) => !isWithdrawn(id) && (found.get(id)?.some(({ kind }) => kind === 'finding') ?? false);
  const told = rules.filter(({ meta }) => !meta.impliedBy?.some(fires));
  const all: SetupFinding[] = [];
  const suppressed: SuppressedFinding[] = [];
  for (const rule of told) {
    const byRuns = verdicts.get(rule.meta.id);
    for (const one of found.get(rule.meta.id) ?? []) {
      if (one.kind !== 'finding') continue;
      const comment = suppressionOf(rule.meta.id, one.places);
      if (comment === null) all.push({ ...findingOf(rule, one), ...(byRuns && { byRuns }) });
      else suppressed.push({ ...findingOf(rule, one), comment });
    }
  }
  all.sort(byWeight);
  const unanswered = told.flatMap(({ meta }) => {
    const open = found.get(meta.id)?.find(({ kind }) => kind === 'unknown');
    return open?.kind === 'unknown' && !fires(meta.id) && !isWithdrawn(meta.id) ? [{ rule: meta.id, reason: open.reason }] : [];
  });
  return {
    files: project.modules.map(({ code }) => code.path).sort(),
    frameworks: [...new Set(context.trainings.map(({ framework }) => framework))].sort(),
    trackers: trackersOf(project),
    findings: all.filter(({ rule }) => !isWithdrawn(rule)),
    withdrawn: all.filter(({ rule }) => isWithdrawn(rule)),
    suppressed: suppressed.sort(byWeight),
    unknown: unanswered,
    coverage: coverageOf(context, found, isWithdrawn),
  };
}

/** A rule that fails on strange code costs its own answer and not the review. */
function answersOf(rule: SetupRule, context: SetupContext): readonly Found[] {
  try {
    return [...rule.check(context)];
  } catch (error) {
    return [{ kind: 'unknown', reason: `the rule could not be applied to this code (${error instanceof Error ? error.message : String(error)})` }];
  }
}

function findingOf({ meta }: SetupRule, found: Found & { readonly kind: 'finding' }): SetupFinding {
  return {
    rule: meta.id,
    severity: found.severity ?? meta.severity,
    confidence: found.confidence,
    places: found.places.map((one) => ('place' in one ? one.place : one.module.placeOf(one.node))),
    summary: found.summary,
    why: meta.why,
    fix: found.fix ?? null,
  };
}

const byWeight = (a: SetupFinding, b: SetupFinding): number =>
  order.indexOf(a.severity) - order.indexOf(b.severity) ||
  b.confidence - a.confidence ||
  (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : comparePlaces(a.places[0], b.places[0]));

function comparePlaces(a: CodePlace | undefined, b: CodePlace | undefined): number {
  if (!a || !b) return (a ? 1 : 0) - (b ? 1 : 0);
  return a.file < b.file ? -1 : a.file > b.file ? 1 : (a.cell ?? 0) - (b.cell ?? 0) || a.line - b.line;
}

/** `# exp-review: ignore E-12` at the end of the line, or on the line above; without a rule it stands for all. Null where there is none. */
function suppressionOf(rule: string, places: readonly FoundPlace[]): string | null {
  const [place] = places;
  if (!place || 'place' in place) return null;
  const { text } = place.module.code;
  const start = text.lastIndexOf('\n', place.node.from - 1) + 1;
  const above = text.slice(text.lastIndexOf('\n', start - 2) + 1, Math.max(0, start - 1));
  const line = text.slice(start, endOf(text, place.node.from));
  for (const one of [line, /^\s*#/.test(above) ? above : '']) {
    const found = /#\s*exp-review:\s*ignore\b([\w\s,-]*)/.exec(one);
    const ignored = found?.[1]?.trim();
    if (found && ignored !== undefined && (ignored === '' || ignored.split(/[\s,]+/).includes(rule))) return one.slice(found.index).trim();
  }
  return null;
}

function endOf(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
