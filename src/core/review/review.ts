// The five-part review of what was judged: the same for the screen, the command line and documents.

import { withWaivers } from '../setup/set-aside';
import { assessmentOf } from './assessment';
import type { Said } from './claim';
import { type Engine, engines } from './engine';
import type { Judged, ReviewInput } from './input';
import { itemsOfClaims } from './items';
import { nextStepsOf } from './next-steps';
import type { NotAssessed, Review } from './result';
import { statedOf } from './stated';
import { byId, namesOf } from './words';

/** Bump when items mean something else: reviews of other versions are not comparable. */
export const reviewVersion = 1;

/** The order of runs does not matter; an engine that throws is not assessed, and the others still speak. */
export function reviewOf(input: ReviewInput, speaking: readonly Engine[] = engines): Review {
  const judged = inOrder(input);
  const said: Said[] = [];
  const notAssessed: NotAssessed[] = [];
  // Code alone says nothing of runs, and that is said once: not question by question.
  const isCodeAlone = judged.runs.length === 0 && judged.setup !== null;
  for (const engine of speaking) {
    const { id } = engine.meta;
    try {
      said.push(...engine.claims(judged).map((claim) => ({ ...claim, engine: id })));
      if (!isCodeAlone || id === 'setup') notAssessed.push(...engine.notAssessed(judged).map((one) => ({ ...one, engine: id })));
    } catch (error) {
      notAssessed.push({ engine: id, rule: id, reason: `It failed (${error instanceof Error ? error.message : String(error)}).`, runs: [] });
    }
  }
  const parts = itemsOfClaims(said, judged.names);
  const items = [...parts.critical, ...parts.recommendations, ...parts.organization];
  return {
    runs: judged.runs.map(({ id }) => ({ id, name: judged.names.get(id) ?? id })),
    code: judged.setup && { files: judged.setup.files.length },
    assessment: assessmentOf(judged, items, notAssessed),
    ...parts,
    nextSteps: nextStepsOf(judged, items),
    stated: statedOf(judged),
    notAssessed,
  };
}

function inOrder(input: ReviewInput): Judged {
  const runs = input.runs.filter(({ deleted }) => !deleted).sort(byId);
  const known = new Set(runs.map(({ id }) => id));
  return {
    ...input,
    setup: input.setup && withWaivers(input.setup, input.statements),
    runs,
    names: namesOf(runs),
    health: input.health.filter(({ run }) => known.has(run)).sort((a, b) => (a.run < b.run ? -1 : 1)),
    checklists: input.checklists.filter(({ run }) => known.has(run.id)).sort((a, b) => byId(a.run, b.run)),
    expected: new Map([...input.expected].filter(([run]) => known.has(run)).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
