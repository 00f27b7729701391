// Proposes the next experiments: what the model promises, mixed with repeats and probes that do not ask it.

import { type Random, randomOf } from '../base/random';
import { normalise } from '../compare/same-value';
import type { Value, Values } from '../model/values';
import type { TrialTable } from '../trials/trial';
import { choicesOf, plainDistance } from './axis';
import { costModelOf } from './cost';
import { type Experience, experienceOf } from './experience';
import { explain } from './explain';
import { gatesOf, modelGate } from './gates';
import { type Guide, guideOf, nearestRuns, predictionAt } from './guide';
import { type Batch, filling, type Proposal, probing, promising, repeating, repeatingBest, separating } from './proposals';
import type { Suggestion, Suggestions, SuggestOptions } from './suggestion';

/** At most so many at once: beyond, a batch is blind to its own results. */
export const mostSuggestions = 50;

/**
 * Proposals for the runs of a table, the same for the same table and seed in whatever order its rows stand.
 * Where a gate does not hold no model is asked: then there are places that fill the space, repeats of the best, or nothing.
 * Method: Bayesian optimisation with a Gaussian process, log-EI over the best posterior mean, batches by kriging believer; of each five,
 * one repeats a rival of the lead while that is within the noise, and one probes the least certain param.
 */
export function suggestNext(table: TrialTable, options: SuggestOptions): Suggestions {
  const experience = experienceOf(table);
  const gates = gatesOf(experience, options.directionStated ?? false);
  const blocked = gates.some(({ passed }) => !passed);
  const guide = blocked ? null : guideOf(experience, options.seed);
  const model = modelGate(guide?.surrogate ?? null);
  const trusted = guide !== null && model.passed ? guide : null;
  const random = randomOf(`${options.seed}/suggest`);
  const count = Math.max(0, Math.min(mostSuggestions, Math.floor(options.count)));
  const proposals = batch(experience, trusted, count, random);
  return {
    suggestions: proposals.map((proposal, i) =>
      worded(proposal, experience, trusted, 1 + proposals.slice(0, i).filter(({ kind }) => kind === 'replicate').length),
    ),
    gates: blocked ? gates : [...gates, model],
    method: trusted
      ? `${trusted.surrogate.method === 'forest' ? 'Forest of extremely randomised trees' : 'Gaussian process (Matérn 5/2)'} of ${experience.complete.length} runs, log expected improvement over the best estimated mean`
      : 'no model: quasi-random places and repeats of the best',
  };
}

/** What each five hold besides places that the model picked; counted over runs and batch, so that five times one is like one of five. */
const cycle = ['model', 'model', 'separate', 'repeat', 'probe'] as const;
/** Without a model: places to learn from, and a repeat of the best among each three. */
const safeCycle = ['fill', 'fill', 'repeat'] as const;

function batch(experience: Experience, trusted: Guide | null, count: number, random: Random): readonly Proposal[] {
  const taken = new Set(experience.configurations.map(({ key }) => key));
  const points: Float64Array[] = [];
  const repeats = new Map<number, number>();
  let surrogate = trusted?.surrogate ?? null;
  const out: Proposal[] = [];
  const known = experience.table.trials.length;
  for (let i = 0; i < count; i++) {
    const state: Batch = { taken, points, repeats, surrogate };
    const proposal = trusted
      ? byModel(cycle[(known + i) % cycle.length] ?? 'model', trusted, state, random)
      : safely(safeCycle[(known + i) % safeCycle.length] ?? 'fill', experience, state, random);
    if (proposal === null) break;
    out.push(proposal);
    if (proposal.kind === 'replicate') {
      repeats.set(proposal.configuration.index, (repeats.get(proposal.configuration.index) ?? 0) + 1);
      continue;
    }
    const { key, point } = proposal.candidate;
    taken.add(key);
    points.push(point);
    surrogate = surrogate?.observing(point, surrogate.predict(point).mean) ?? null;
  }
  const order = ['exploit', 'explore', 'fill', 'disambiguate', 'boundary', 'replicate'];
  return out.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

function byModel(turn: (typeof cycle)[number], guide: Guide, state: Batch, random: Random): Proposal | null {
  const special =
    turn === 'repeat' ? repeating(guide, state) : turn === 'probe' ? probing(guide, state) : turn === 'separate' ? separating(guide, state) : null;
  return special ?? promising(guide, state, random) ?? repeating(guide, state) ?? probing(guide, state);
}

function safely(turn: (typeof safeCycle)[number], experience: Experience, state: Batch, random: Random): Proposal | null {
  const again = repeatingBest(experience, state);
  const somewhere = () => filling(experience, state, random);
  return turn === 'repeat' ? (again ?? somewhere()) : (somewhere() ?? again);
}

/** @param seedStep how far above the largest seed the new one of a repeat lies */
function worded(proposal: Proposal, experience: Experience, guide: Guide | null, seedStep: number): Suggestion {
  const { space } = experience;
  const point = proposal.kind === 'replicate' ? proposal.configuration.point : proposal.candidate.point;
  const nearest = nearestRuns(experience, guide?.surrogate.distance ?? plainDistance(choicesOf(space.axes)), point);
  const params =
    proposal.kind === 'replicate'
      ? repeated(proposal.configuration.trials, experience, seedStep)
      : { ...completed(proposal.candidate.params, nearest[0], experience), ...(proposal.kind === 'disambiguate' ? proposal.set : {}) };
  const predicted =
    guide && !(proposal.kind === 'disambiguate' && Object.keys(proposal.set).length > 0) ? predictionAt(guide, point, proposal.kind === 'replicate') : null;
  const cost = costModelOf(experience);
  const expected = cost?.expectedMs(point) ?? null;
  const { why, changesMind } = explain(proposal, experience, guide, params, predicted);
  return {
    params,
    kind: proposal.kind === 'fill' ? 'explore' : proposal.kind,
    predicted,
    why,
    nearest,
    expectedMs: expected === null ? null : Math.round(expected),
    changesMind,
  };
}

/** With what follows other params, as the nearest run has it. */
function completed(params: Values, nearest: string | undefined, { space, complete }: Experience): Values {
  const model = complete.find(({ id }) => id === nearest)?.params ?? {};
  const more = space.followers.flatMap((name): readonly [string, Value][] => (Object.hasOwn(model, name) ? [[name, model[name] as Value]] : []));
  return inNameOrder([...Object.entries(params), ...more]);
}

/** The params of a configuration as logged, with a seed that no run had. */
function repeated(trials: readonly { readonly params: Values }[], { space, table }: Experience, seedStep: number): Values {
  const known = new Set([...space.axes.map(({ name }) => name), ...Object.keys(space.fixed), ...space.followers]);
  const params = Object.entries(trials[0]?.params ?? {}).filter(([name]) => known.has(name));
  const seeds = table.trials.map(({ seed }) => Number(seed)).filter(Number.isSafeInteger);
  return inNameOrder([...params, ...(table.seedParam !== null && seeds.length > 0 ? [[table.seedParam, Math.max(...seeds) + seedStep] as const] : [])]);
}

/** Texts that spell numbers become numbers: some trackers keep nothing but texts. */
const inNameOrder = (entries: readonly (readonly [string, Value])[]): Values =>
  Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([name, value]) => [name, normalise(value)]));
