// What to do next: experiments to run, what to measure, and what only a person can say.

import type { RunId } from '../base/units';
import { sameValue } from '../compare/same-value';
import type { Values } from '../model/values';
import type { Section } from '../reproducibility/item';
import { setupRules } from '../setup/rules';
import type { Kind, Suggestion } from '../suggest/suggestion';
import { type ChecklistGroup, groupedItems } from './checklist-groups';
import { fixOf } from './claim';
import { missingMetrics } from './engines/expected';
import { leadOf } from './engines/groups';
import type { Judged, TrialsJudged } from './input';
import type { NextStep, ReviewItem } from './result';
import { counted, listed, placeText, settingsText, short, valueWord } from './words';

const most = { experiments: 5, measures: 5, confirmations: 8 } as const;

/** @param items of the parts before, so that doubtful ones are put to whoever can tell */
export function nextStepsOf(judged: Judged, items: readonly ReviewItem[]): readonly NextStep[] {
  return [...firstRunOf(judged, items), ...experimentsOf(judged), ...measuresOf(judged), ...confirmationsOf(judged, items)];
}

/** Where there is only code: what is mended shows in a run. */
function firstRunOf({ runs, setup }: Judged, items: readonly ReviewItem[]): readonly NextStep[] {
  if (runs.length > 0 || !setup || setup.trainings.length === 0) return [];
  const ready = setup.findings.filter(({ fix }) => fix?.edits.some(({ cell }) => cell === null)).length;
  const patches =
    ready === 0
      ? ''
      : ` ${ready === 1 ? 'One finding comes' : `${ready} findings come`} with a patch: diptych setup CODE --patch fixes.patch writes ${ready === 1 ? 'it' : 'them'}.`;
  return [
    {
      id: 'experiment-first-run',
      kind: 'experiment',
      rule: 'setup',
      title: items.length === 0 ? 'Make a short run, and review it with the code' : 'Mend what stands above, make a short run, and review it with the code',
      text: `A run of an epoch or two shows whether settings, seed and curves really arrive: diptych review RUNS --code CODE confirms or withdraws what code alone could only suspect.${patches}`,
      who: 'whoever wrote the training code',
      evidence: { findings: setup.findings.length, patches: ready },
      runs: [],
      fix: null,
      link: null,
    },
  ];
}

const kindWords: Readonly<Record<Kind, string>> = {
  exploit: 'Try the most promising place',
  explore: 'Explore',
  boundary: 'Probe the edge',
  replicate: 'Repeat',
  disambiguate: 'Tell apart',
};

function experimentsOf({ trials, runs, names }: Judged): readonly NextStep[] {
  if ('problem' in trials) return [];
  const params = new Map<string, Values>(runs.map((run) => [run.id, run.params]));
  const steps = new Map<string, NextStep & { readonly times: number }>();
  for (const one of trials.next.suggestions.slice(0, most.experiments)) {
    const near = one.nearest.find((id): id is RunId => params.has(id));
    const changed = changedParams(one, params);
    const settings = Object.entries(changed)
      .slice(0, 6)
      .map(([name, value]) => `${name}=${valueWord(value)}`)
      .join(', ');
    const title = `${kindWords[one.kind]}: ${[settings, ...(near === undefined ? [] : [`${settings ? 'else ' : ''}as ${names.get(near) ?? near}`])].filter(Boolean).join(', ')}`;
    const times = (steps.get(title)?.times ?? 0) + 1;
    const first = steps.get(title)?.id ?? `experiment-${steps.size + 1}`;
    steps.set(title, {
      id: first,
      times,
      kind: 'experiment',
      rule: `suggest/${one.kind}`,
      title,
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
      fix: {
        text: settings ? 'Change these settings and keep the others:' : 'Run it again with another seed.',
        code: settings ? JSON.stringify(changed, plainBig) : null,
        edits: [],
      },
      link: { label: 'Next experiments', place: ['effects'] },
    });
  }
  const texts = new Set<string>();
  return [...steps.values()].map(({ times, title, text, ...step }) => {
    const isSaid = texts.has(text);
    texts.add(text);
    return { ...step, text: isSaid ? 'For the same reason.' : text, title: times > 1 ? `${title} (${times} times)` : title };
  });
}

const plainBig = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

/** What differs from the nearest run; all of it where none is near. */
function changedParams({ params, nearest }: Suggestion, known: ReadonlyMap<string, Values>): Values {
  const near = known.get(nearest[0] ?? '');
  return Object.fromEntries(Object.entries(params).filter(([name, value]) => !near || !Object.hasOwn(near, name) || !sameValue(near[name], value)));
}

function measuresOf({ expected, trials }: Judged): readonly NextStep[] {
  const advised = missingMetrics(expected, 'advised')
    .slice(0, most.measures)
    .map(
      ({ metric, found, runs, of }): NextStep => ({
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
      }),
    );
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
  seeds: 'whoever wrote the training code',
  data: 'whoever prepared the data',
  code: 'whoever started the runs',
  environment: 'whoever set up the environment',
  hardware: 'whoever runs the machines',
  config: 'whoever started the runs',
  checkpoints: 'whoever keeps the models',
  evaluation: 'whoever reports the result',
  hygiene: 'whoever started the runs',
};
/** What the training code shows, where it was given. */
const shownByCode: ReadonlySet<string> = new Set(['R02', 'R04']);
/** An item below this is put to a person before anybody acts on it. */
const doubtful = 0.6;

function confirmationsOf(judged: Judged, items: readonly ReviewItem[]): readonly NextStep[] {
  return [...doubtsOf(items), ...unseenOf(judged), ...questionsOf(judged)].slice(0, most.confirmations);
}

/** Items that the review itself is not sure of. What the checklist merely does not see shown is asked below. */
const doubtsOf = (items: readonly ReviewItem[]): readonly NextStep[] =>
  items
    .filter(({ confidence, severity, evidence }) => confidence < doubtful && severity !== 'info' && !evidence.every(({ engine }) => engine === 'checklist'))
    .map((item): NextStep => {
      const [place] = item.evidence.flatMap(({ places }) => places);
      return {
        id: `confirm-${item.id}`,
        kind: 'confirm',
        rule: item.rule,
        title: `Is it so? ${item.title}`,
        text: `The review is ${Math.round(100 * item.confidence)} % sure${place ? ` (${placeText(place)})` : ''}. ${item.caveat ?? 'Look at the evidence before acting on it.'}`,
        who: place ? 'whoever wrote the training code' : 'whoever knows the metric',
        evidence: { confidence: item.confidence },
        runs: item.runs,
        fix: null,
        link: item.evidence.find(({ link }) => link !== null)?.link ?? null,
      };
    });

const mostUnseen = 6;

/** What could not be seen in the code, and whoever wrote it knows. */
function unseenOf({ setup }: Judged): readonly NextStep[] {
  const open = setup?.unknown ?? [];
  const [first] = open;
  if (!first) return [];
  const titles = new Map(setupRules.map(({ meta }) => [meta.id, meta.title]));
  const rest = open.length - mostUnseen;
  return [
    {
      id: 'confirm-setup',
      kind: 'confirm',
      rule: first.rule,
      title: 'Ask whoever wrote the training code',
      text: `Whether this is so could not be seen. ${open
        .slice(0, mostUnseen)
        .map(({ rule, reason }) => `${rule}: ${titles.get(rule) ?? rule}? ${reason}`)
        .join(' ')}${rest > 0 ? ` And ${rest} more, listed below.` : ''}`,
      who: 'whoever wrote the training code',
      evidence: { rules: open.map(({ rule }) => rule) },
      runs: [],
      fix: null,
      link: null,
    },
  ];
}

/** What no record shows and somebody knows: one step for each who can tell. */
function questionsOf({ checklists, runs, setup }: Judged): readonly NextStep[] {
  const users = [...new Set(runs.flatMap(({ user }) => user ?? []))].sort();
  const open = groupedItems(checklists).filter(
    ({ meta, verdict }) => verdict === 'unknown' && (meta.weight === 'critical' || meta.weight === 'high') && !(setup && shownByCode.has(meta.id)),
  );
  const byPerson = new Map<string, ChecklistGroup[]>();
  for (const group of open) {
    const who = whoOf[group.meta.section];
    const asked = byPerson.get(who);
    if (asked) asked.push(group);
    else byPerson.set(who, [group]);
  }
  return [...byPerson].map(([who, asked]): NextStep => {
    const [first] = asked as [ChecklistGroup];
    const about = [...new Set(asked.flatMap((group) => group.runs))].sort();
    const named = who === whoOf.code && users.length > 0 && users.length <= 3 ? ` (${listed(users)})` : '';
    return {
      id: `confirm-${first.meta.id}`,
      kind: 'confirm',
      rule: first.meta.id,
      title: `Ask ${who}${named}`,
      text: `${asked.map(({ meta, runs: of }) => `${meta.id}: ${meta.question} (${of.length} of ${counted(checklists.length, 'run')})`).join(' ')} The record does not show it: attest it with a note, or record it next time.`,
      who: `${who}${named}`,
      evidence: { items: asked.map(({ meta }) => meta.id), runs: about.length, of: checklists.length },
      runs: about,
      fix: null,
      link: first.runs[0] === undefined ? null : { label: `${first.meta.id} in the checklist`, place: ['reproducibility', first.runs[0], first.meta.id] },
    };
  });
}
