// What to do next: experiments to run, what to measure, and what only a person can say.

import type { RunId } from '../base/units';
import { sameValue } from '../compare/same-value';
import type { Values } from '../model/values';
import type { Section } from '../reproducibility/item';
import type { Kind, Suggestion } from '../suggest/suggestion';
import { groupedItems } from './checklist-groups';
import { fixOf } from './claim';
import { missingMetrics } from './engines/expected';
import { leadOf } from './engines/groups';
import type { Judged, TrialsJudged } from './input';
import type { NextStep, ReviewItem } from './result';
import { counted, listed, placeText, settingsText, short, valueWord } from './words';

const most = { experiments: 5, measures: 5, confirmations: 8 } as const;

/** @param items of the parts before, so that doubtful ones are put to whoever can tell */
export function nextStepsOf(judged: Judged, items: readonly ReviewItem[]): readonly NextStep[] {
  return [...experimentsOf(judged), ...measuresOf(judged), ...confirmationsOf(judged, items)];
}

const kindWords: Readonly<Record<Kind, string>> = {
  exploit: 'Try the most promising place',
  explore: 'Explore',
  boundary: 'Probe the edge',
  replicate: 'Repeat',
  disambiguate: 'Tell apart',
};

function experimentsOf({ trials, runs }: Judged): readonly NextStep[] {
  if ('problem' in trials) return [];
  const params = new Map<string, Values>(runs.map((run) => [run.id, run.params]));
  return trials.next.suggestions.slice(0, most.experiments).map((one, at) => {
    const changed = changedParams(one, params);
    const settings = Object.entries(changed)
      .slice(0, 6)
      .map(([name, value]) => `${name}=${valueWord(value)}`)
      .join(', ');
    return {
      id: `experiment-${at + 1}`,
      kind: 'experiment',
      rule: `suggest/${one.kind}`,
      title: `${kindWords[one.kind]}: ${settings || 'the same settings'}`,
      text: `${one.why} What would change our mind: ${one.changesMind}`,
      who: null,
      evidence: {
        params: one.params,
        predicted_mean: one.predicted?.mean ?? null,
        predicted_interval: one.predicted ? [...one.predicted.interval] : null,
        expected_ms: one.expectedMs,
        metric: trials.table.metric,
        n: trials.table.trials.length,
      },
      runs: one.nearest.filter((id): id is RunId => params.has(id)),
      fix: { text: `Run it with these settings${one.kind === 'replicate' ? ' and the new seed' : ''}.`, code: `${JSON.stringify(changed, plainBig)}`, edits: [] },
      link: { label: 'Next experiments', place: ['effects'] },
    };
  });
}

const plainBig = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

/** What differs from the nearest run; all of it where none is near. */
function changedParams({ params, nearest }: Suggestion, known: ReadonlyMap<string, Values>): Values {
  const near = known.get(nearest[0] ?? '');
  const changed = Object.entries(params).filter(([name, value]) => !near || !Object.hasOwn(near, name) || !sameValue(near[name], value));
  return Object.fromEntries(changed.length > 0 ? changed : Object.entries(params));
}

function measuresOf({ expected, trials }: Judged): readonly NextStep[] {
  const advised = missingMetrics(expected, 'advised')
    .slice(0, most.measures)
    .map(({ metric, found, runs, of }): NextStep => ({
      id: `measure-${metric.id}`,
      kind: 'measure',
      rule: `expected/${metric.id}`,
      title: `Log ${metric.label}`,
      text: `${metric.why} ${counted(runs.length, 'run')} of ${of} that look like ${found.domain.label} ${runs.length === 1 ? 'lacks' : 'lack'} it.`,
      who: null,
      evidence: { domain: found.domain.id, domain_confidence: found.domain.confidence, runs: runs.length, of },
      runs,
      fix: fixOf(metric.advice),
      link: { label: 'Missing metrics', place: ['health', 'missing'] },
    }));
  return 'problem' in trials ? advised : [...seedsOf(trials), ...advised];
}

/** How many seeds would settle which of the best two is better. */
function seedsOf({ groups }: TrialsJudged): readonly NextStep[] {
  const led = leadOf(groups);
  if (!led || led.pair.verdict === 'different' || led.pair.seedsNeeded === null) return [];
  const { pair, best, second } = led;
  return [
    {
      id: 'measure-seeds',
      kind: 'measure',
      rule: 'groups',
      title: `Repeat the best two with ${pair.seedsNeeded} seeds each`,
      text: `If ${settingsText(best)} and ${settingsText(second)} really differ by ${short(Math.abs(pair.difference))} in ${groups.table.metric}, about ${pair.seedsNeeded} seeds each would show it four times out of five; now there are ${pair.sizes[0]} and ${pair.sizes[1]}.`,
      who: null,
      evidence: { seeds_needed: pair.seedsNeeded, n: [...pair.sizes], difference: pair.difference },
      runs: [...best.members, ...second.members].map(({ id }) => id as RunId).sort(),
      fix: null,
      link: { label: 'Groups', place: ['effects'] },
    },
  ];
}

const whoOf: Readonly<Record<Section, string>> = {
  seeds: 'Whoever wrote the training code',
  data: 'Whoever prepared the data',
  code: 'Whoever started the runs',
  environment: 'Whoever set up the environment',
  hardware: 'Whoever runs the machines',
  config: 'Whoever started the runs',
  checkpoints: 'Whoever keeps the models',
  evaluation: 'Whoever reports the result',
  hygiene: 'Whoever started the runs',
};
/** An item below this is put to a person before anybody acts on it. */
const doubtful = 0.6;

function confirmationsOf(judged: Judged, items: readonly ReviewItem[]): readonly NextStep[] {
  const users = [...new Set(judged.runs.flatMap(({ user }) => user ?? []))].sort();
  const started = users.length > 0 && users.length <= 3 ? ` (${listed(users)})` : '';
  const n = judged.checklists.length;
  const asked = groupedItems(judged.checklists)
    .filter(({ meta, verdict }) => verdict === 'unknown' && (meta.weight === 'critical' || meta.weight === 'high'))
    .map(({ meta, reason, runs }): NextStep => {
      const who = whoOf[meta.section];
      return {
        id: `confirm-${meta.id}`,
        kind: 'confirm',
        rule: meta.id,
        title: meta.question,
        text: `Nothing in the record of ${runs.length} of ${counted(n, 'run')} shows it (${reason.replace(/^Unknown: /, '').replace(/\.$/, '')}). Attest it with a note, or record it next time.`,
        who: who === whoOf.code ? `${who}${started}` : who,
        evidence: { runs: runs.length, of: n },
        runs,
        fix: null,
        link: runs[0] === undefined ? null : { label: `${meta.id} in the checklist`, place: ['reproducibility', runs[0], meta.id] },
      };
    });
  const doubts = items
    .filter(({ confidence, severity, rules }) => confidence < doubtful && severity !== 'info' && !rules.every((rule) => /^R\d/.test(rule)))
    .map((item): NextStep => {
      const [place] = item.evidence.flatMap(({ places }) => places);
      return {
        id: `confirm-${item.id}`,
        kind: 'confirm',
        rule: item.rule,
        title: `Is it so? ${item.title}`,
        text: `The review is ${Math.round(100 * item.confidence)} % sure${place ? ` (${placeText(place)})` : ''}. ${item.caveat ?? 'Look at the evidence before acting on it.'}`,
        who: place ? 'Whoever wrote the training code' : 'Whoever knows the metric',
        evidence: { confidence: item.confidence },
        runs: item.runs,
        fix: null,
        link: item.evidence.find(({ link }) => link !== null)?.link ?? null,
      };
    });
  return [...doubts, ...asked].slice(0, most.confirmations);
}
