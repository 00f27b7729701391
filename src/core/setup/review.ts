// Runs every rule over a project: implied findings are not repeated, comments suppress, the worst come first.

import type { Severity } from '../base/issues';
import { paceOf } from '../base/pace';
import type { Run } from '../model/run';
import { coverageOf } from './coverage';
import { programOf } from './facts/programs';
import { recipesOf } from './facts/recipes';
import { trackersOf } from './facts/trackers';
import { trainingsOf } from './facts/training';
import { seemsToTrain } from './facts/unrecognised';
import type { CodePlace, SetupFinding, SetupReview, Suppression } from './finding';
import type { Project } from './project/project';
import type { PyModule } from './python/module';
import type { Found, FoundPlace, SetupContext, SetupRule } from './rule';
import { setupRules } from './rules';
import { judgeByRuns } from './runs';
import { atOnce, type Steps } from './steps';

export interface ReviewOptions {
  /** Imported runs of the project: findings are confirmed or withdrawn by what they hold. */
  readonly runs?: readonly Run[];
  readonly rules?: readonly SetupRule[];
}

const noTraining = 'Something is asked to train here, and of what kind it is cannot be told.';

const order: readonly Severity[] = ['critical', 'warn', 'note', 'info'];

export interface ReviewContext {
  readonly signal: AbortSignal;
  /** Rules asked so far, of how many. */
  progress?(done: number, all: number): void;
}

/** What an experienced engineer would say about how a project's training is instrumented. */
export function reviewSetup(project: Project, options: ReviewOptions = {}): SetupReview {
  return atOnce(reviewSteps(project, options));
}

/**
 * The same, giving way to timers and events.
 * @throws whatever the signal was aborted with
 */
export async function reviewSetupInSteps(project: Project, options: ReviewOptions, { signal, progress }: ReviewContext): Promise<SetupReview> {
  const pace = paceOf(signal);
  try {
    const all = (options.rules ?? setupRules).length;
    return await pace.through(reviewSteps(project, options, (done) => progress?.(done, all)));
  } finally {
    pace.close();
  }
}

/** @param asked told how many rules were asked, before each and after the last */
function* reviewSteps(project: Project, { runs = [], rules = setupRules }: ReviewOptions, asked: (rules: number) => void = () => {}): Steps<SetupReview> {
  const trainings = yield* trainingsOf.steps(project);
  const context: SetupContext = { project, trainings, own: trainings.filter(({ outOfView }) => outOfView !== 'run'), runs };
  const found = new Map<string, readonly Found[]>();
  for (const rule of rules) {
    asked(found.size);
    yield;
    found.set(rule.meta.id, yield* answersOf(rule, context));
  }
  asked(found.size);
  yield;
  const verdicts = new Map(rules.map(({ meta }) => [meta.id, judgeByRuns(meta.id, runs)]));
  const isWithdrawn = (id: string) => verdicts.get(id)?.verdict === 'withdrawn';
  const firing = (id: string) => (isWithdrawn(id) ? [] : (found.get(id)?.filter(({ kind }) => kind === 'finding') ?? []));
  const fires = (id: string) => firing(id).length > 0;
  const isImplied = ({ meta }: SetupRule, one: Found) => meta.impliedBy?.some((id) => firing(id).some((other) => isOfOneProgram(one, other, project))) ?? false;
  const told = rules.filter(({ meta }) => !meta.impliedBy?.some(fires));
  const all = rules
    .flatMap((rule) => {
      const byRuns = verdicts.get(rule.meta.id);
      return (found.get(rule.meta.id) ?? []).flatMap((one) =>
        one.kind === 'finding' && !isImplied(rule, one)
          ? [{ finding: { ...findingOf(rule, one), ...(byRuns && { byRuns }) }, suppressed: suppressionOf(rule.meta.id, one.places) }]
          : [],
      );
    })
    .sort((a, b) => byWeight(a.finding, b.finding));
  const open = all.flatMap(({ finding, suppressed }) => (suppressed ? [] : [finding]));
  // Silence about a training that was not found is no clean bill.
  const isUnread = trainings.length === 0 && seemsToTrain(project);
  const unanswered = told.flatMap(({ meta }) => {
    const open = found.get(meta.id)?.find(({ kind }) => kind === 'unknown');
    const reason = open?.kind === 'unknown' ? open.reason : isUnread && meta.id.startsWith('E-') ? noTraining : null;
    return reason !== null && !fires(meta.id) && !isWithdrawn(meta.id) ? [{ rule: meta.id, reason }] : [];
  });
  return {
    files: project.modules.map(({ code }) => code.path).sort(),
    trainings: context.trainings
      .map(({ framework, module, call }) => ({ framework, place: module.placeOf(call.node) }))
      .sort((a, b) => comparePlaces(a.place, b.place)),
    recipes: context.trainings.length > 0 ? [] : recipesOf(project).map(({ framework, place }) => ({ framework, place })),
    frameworks: [...new Set(context.trainings.map(({ framework }) => framework))].sort(),
    trackers: trackersOf(project),
    findings: open.filter(({ rule }) => !isWithdrawn(rule)),
    withdrawn: open.filter(({ rule }) => isWithdrawn(rule)),
    suppressed: all.flatMap(({ finding, suppressed }) => (suppressed ? [{ ...finding, suppressed }] : [])),
    unknown: unanswered,
    coverage: yield* coverageOf(context, found, isWithdrawn),
  };
}

/** Whether two findings speak of one program: what is said of a script says nothing of another. What is found of the project as a whole is of all of them. */
function isOfOneProgram(one: Found, other: Found, project: Project): boolean {
  const [here, there] = [modulesIn(one), modulesIn(other)];
  if (here.length === 0 || there.length === 0) return true;
  return here.some((module) => there.some((also) => programOf(module, project).has(also)));
}

const modulesIn = (found: Found): readonly PyModule[] => (found.kind === 'finding' ? found.places.flatMap(({ module }) => module ?? []) : []);

/** A rule that fails on strange code costs its own answer and not the review. */
function* answersOf(rule: SetupRule, context: SetupContext): Steps<readonly Found[]> {
  const found: Found[] = [];
  try {
    for (const one of rule.check(context)) {
      if (one) found.push(one);
      else yield;
    }
    return found;
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

/**
 * `# exp-review: ignore E-12: reason` at the end of the line, or on the line above; without a rule it stands for all, and the reason may be left out.
 * @returns null where no comment is about the rule
 */
function suppressionOf(rule: string, places: readonly FoundPlace[]): Suppression | null {
  const [place] = places;
  if (!place || 'place' in place) return null;
  const { text } = place.module.code;
  const start = text.lastIndexOf('\n', place.node.from - 1) + 1;
  const above = text.slice(text.lastIndexOf('\n', start - 2) + 1, Math.max(0, start - 1));
  const line = text.slice(start, endOf(text, place.node.from));
  for (const one of [line, /^\s*#/.test(above) ? above : '']) {
    const said = /#\s*exp-review:\s*ignore\b[\s,]*((?:[A-Z]-\d+[\s,]*)*)(:?)\s*(.*)$/.exec(one);
    if (!said) continue;
    const [, ids = '', colon, reason = ''] = said;
    const named = ids.split(/[\s,]+/).filter((id) => id !== '');
    if (named.includes(rule) || (named.length === 0 && (colon !== '' || reason === '')))
      return { by: 'comment', comment: one.slice(said.index).trim(), reason: reason.trim() || null, untilMs: null };
  }
  return null;
}

function endOf(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
