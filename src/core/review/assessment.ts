// The first part: what these runs are, what came out, what is good, what matters most, and what this cannot tell. Each with its n.

import type { RunId } from '../base/units';
import { varyingSettings } from '../compare/settings';
import type { RunStatus } from '../model/run';
import { formats } from '../readers';
import { type CoverageAxis, coverageAxes } from '../setup/finding';
import { toldOf } from '../setup/told';
import { groupedItems } from './checklist-groups';
import type { Judged, TrialsJudged } from './input';
import type { AssessmentItem, NotAssessed, ReviewItem } from './result';
import { counted, listed, settingsText, short } from './words';

/** @param items of the three parts, in their order @param notAssessed what no engine could answer */
export function assessmentOf(judged: Judged, items: readonly ReviewItem[], notAssessed: readonly NotAssessed[]): readonly AssessmentItem[] {
  return [scopeOf(judged), ...resultOf(judged), ...goodOf(judged), mattersOf(items), doubtOf(judged, notAssessed)];
}

function scopeOf({ runs, expected, setup }: Judged): AssessmentItem {
  const ids = runs.map(({ id }) => id);
  if (runs.length === 0) return said('scope', setup ? `Training code without runs: ${toldOf([setup])}` : 'No runs were reviewed.', { runs: 0 }, []);
  const experiments = [...new Set(runs.flatMap(({ experiment }) => experiment ?? []))].sort();
  const trackers = [...new Set(runs.map(({ format }) => trackerName(format)))].sort();
  const statuses = tally(runs.map(({ status }) => status));
  const domains = tally([...expected.values()].flatMap((found) => found?.domain.label ?? []));
  const varying = [...varyingSettings(runs.map(({ params }) => params))].filter(([, levels]) => levels > 1).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const where = experiments.length === 0 ? '' : ` of ${experiments.length === 1 ? experiments[0] : counted(experiments.length, 'experiment')}`;
  const kind =
    domains.length === 0 ? 'what kind of problem they work on does not show' : `by what they log ${domains.map(([label, n]) => `${label} (${n})`).join(', ')}`;
  const differ =
    runs.length === 1
      ? ''
      : varying.length === 0
        ? ' Their settings do not differ, as far as they are logged.'
        : ` They differ in ${listed(
            varying.map(([name, levels]) => `${name} (${counted(levels, 'value')})`),
            3,
          )}.`;
  return said(
    'scope',
    `${counted(runs.length, 'run')}${where}, ${listed(trackers, 3)}: ${statuses.map(([status, n]) => `${n} ${statusWords[status]}`).join(', ')}; ${kind}.${differ}${
      setup ? ` The code: ${toldOf([setup])}` : ''
    }`,
    { runs: runs.length, statuses: Object.fromEntries(statuses), experiments: experiments.length, varying: Object.fromEntries(varying.slice(0, 20)) },
    ids,
  );
}

const statusWords: Readonly<Record<RunStatus, string>> = {
  finished: 'finished',
  failed: 'failed',
  killed: 'killed',
  running: 'still running',
  unknown: 'of unknown end',
};
const trackerName = (format: string): string => formats.find(({ id }) => id === format)?.tracker.name ?? format;

function resultOf({ trials }: Judged): readonly AssessmentItem[] {
  if ('problem' in trials) return [];
  const { table, groups, effects } = trials;
  const valued = groups.groups.filter(({ mean }) => mean !== null);
  const [best] = valued;
  const n = table.trials.filter(({ value }) => value !== null).length;
  if (!best || valued.length < 2) return [];
  const one = best.values.length === 1;
  const spread = best.interval ? `, 95 % interval ${short(best.interval[0])} to ${short(best.interval[1])}` : '';
  return [
    said(
      'result',
      `By ${table.metric} (${table.direction === 'min' ? 'less' : 'more'} is better, ${table.reading} value, n = ${n}) the best of ${counted(valued.length, 'setting')} is ${settingsText(best)}: ` +
        `${one ? '' : 'mean '}${short(best.mean)} of ${counted(best.values.length, 'run')}${spread}${chanceOf(groups, valued.length)}. ${topOf(effects)}`,
      {
        metric: table.metric,
        direction: table.direction,
        n,
        settings: valued.length,
        best: best.mean,
        best_n: best.values.length,
        noise_sd: groups.noise?.sd ?? null,
        configurations: effects.n,
      },
      best.members.map(({ id }) => id as RunId).sort(),
    ),
  ];
}

/** How much of the best result is chance, as far as seeds were repeated. */
function chanceOf({ noise, selection }: TrialsJudged['groups'], settings: number): string {
  if (noise === null) return '; nothing was repeated, so how much is chance is not known';
  const expected = selection?.shrunk ?? null;
  return expected === null ? '' : `; chosen as the best of ${settings}, about ${short(expected)} is to be expected`;
}

function topOf({ params, n }: TrialsJudged['effects']): string {
  const tops = params.filter(({ tier }) => tier === 'likely-top');
  if (tops.length === 0) return `Which params mattered cannot be said (${counted(n, 'configuration')}).`;
  const shares = tops.map(
    ({ name, importance, interval }) =>
      `${name}${importance !== null && interval ? ` (share ${short(importance)}, ${short(interval[0])} to ${short(interval[1])})` : ''}`,
  );
  return `${listed(shares, 3)} mattered most in these ${n} configurations.`;
}

/** What is shown to be in order in every run, and not merely not found to be wrong. */
function goodOf({ runs, checklists, health, practices, setup }: Judged): readonly AssessmentItem[] {
  const n = runs.length;
  const byCode = setup ? coverageText(setup.coverage) : [];
  if (n === 0) return byCode.length === 0 ? [] : [said('good', byCode.join(' '), { runs: 0 }, [])];
  const passed = groupedItems(checklists)
    .filter(({ meta, verdict, runs: shown }) => verdict === 'pass' && shown.length === n && (meta.weight === 'critical' || meta.weight === 'high'))
    .map(({ meta }) => meta.id);
  const words = passed.flatMap((id) => goodWords[id] ?? []);
  const quiet = health.filter(({ findings, clear }) => clear.length > 0 && findings.every(({ severity }) => severity === 'note'));
  const clear = quiet.map(({ clear: rules }) => rules.length).sort((a, b) => a - b);
  const scores = checklists.flatMap(({ score }) => score.proven ?? []).sort((a, b) => a - b);
  const sentences = [
    ...(words.length > 0 ? [`${capital(listed(words, 6))} ${words.length === 1 ? 'is' : 'are'} recorded in ${n === 1 ? 'the run' : `all ${n} runs`}.`] : []),
    ...(quiet.length > 0
      ? [`The curves of ${quiet.length} of ${counted(n, 'run')} show nothing worse than a note, by the ${rangeText(clear)} rules that could be assessed.`]
      : []),
    ...(practices.clear.includes('G-01') && runs.some(({ series }) => series.filter(({ system }) => !system).length > 1)
      ? ['Metric names follow one style.']
      : []),
    ...byCode,
  ];
  if (sentences.length === 0) return [];
  if (scores.length > 0) sentences.push(`Of what it takes to make the runs again ${percentRange(scores)} is proven.`);
  return [
    said(
      'good',
      sentences.join(' '),
      { passed, quiet_runs: quiet.length, of: n, proven: scores },
      runs.map(({ id }) => id),
    ),
  ];
}

const goodWords: Readonly<Record<string, string>> = {
  R01: 'the seed',
  R06: 'the version of the data',
  R07: 'the split',
  R11: 'the commit',
  R12: 'the state of the working tree',
  R16: 'the packages',
  R23: 'the command',
  R24: 'the whole configuration',
  R25: 'optimizer and budget',
  R27: 'the evaluated checkpoint',
  R29: 'the base model',
  R30: 'the evaluation settings',
};

const axisWords: Readonly<Record<CoverageAxis, string>> = {
  tracker: 'tracking',
  params: 'settings',
  train_metrics: 'training curves',
  val_metrics: 'validation metrics',
  lr: 'the learning rate',
  checkpoints: 'checkpoints',
  seeds: 'seeds',
  data_version: 'the version of the data',
  code_env: 'versions of code and packages',
  naming: 'run names',
};

function coverageText(coverage: NonNullable<Judged['setup']>['coverage']): readonly string[] {
  const present = coverageAxes.filter((axis) => coverage[axis].state === 'present').map((axis) => axisWords[axis]);
  return present.length === 0 ? [] : [`In order, as far as the code shows: ${listed(present, 10)}.`];
}

function mattersOf(items: readonly ReviewItem[]): AssessmentItem {
  const top = [...items].sort((a, b) => b.weight - a.weight).slice(0, 2);
  const text =
    top.length === 0
      ? 'Nothing was found that stands in the way; what was not assessed is unknown, not in order.'
      : `What matters most: ${top.map((item, at) => `${top.length > 1 ? `(${at + 1}) ` : ''}${item.title} – ${item.summary}`).join(' ')}`;
  return said('matters', text, { items: top.map(({ id }) => id), found: items.length }, [...new Set(top.flatMap(({ runs }) => runs))].sort());
}

function doubtOf({ runs, health, setup, trials }: Judged, notAssessed: readonly NotAssessed[]): AssessmentItem {
  const open = health.map((one) => one.notAssessed.length).sort((a, b) => a - b);
  const all = health.map((one) => one.notAssessed.length + one.clear.length + new Set(one.findings.map(({ rule }) => rule)).size);
  const sentences = [
    ...(open.length > 0
      ? [`${rangeText(open)} of ${Math.max(...all)} rules on curves could not be assessed in a run, mostly because nothing is logged that they read.`]
      : []),
    ...(setup === null
      ? ['The training code was not given.']
      : setup.unknown.length > 0
        ? [`${counted(setup.unknown.length, 'question')} to the code stayed open.`]
        : []),
    ...(runs.length === 0 && setup !== null
      ? ['Curves, params and repeats were not judged, for no runs were given.']
      : 'problem' in trials
        ? [`Params and repeats were not judged: ${trials.problem}`]
        : []),
    'What was not assessed is unknown, not in order.',
  ];
  return said(
    'doubt',
    sentences.join(' '),
    { not_assessed: notAssessed.length, code: setup !== null },
    runs.map(({ id }) => id),
  );
}

const said = (rule: AssessmentItem['rule'], text: string, evidence: AssessmentItem['evidence'], runs: readonly RunId[]): AssessmentItem => ({
  rule,
  text,
  evidence,
  runs,
});

function tally<T extends string>(words: readonly T[]): readonly (readonly [T, number])[] {
  const counts = new Map<T, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}

const rangeText = (sorted: readonly number[]): string => (sorted[0] === sorted.at(-1) ? String(sorted[0]) : `${sorted[0]} to ${sorted.at(-1)}`);
function percentRange(sorted: readonly number[]): string {
  const [low, high] = [Math.round(100 * (sorted[0] ?? 0)), Math.round(100 * (sorted.at(-1) ?? 0))];
  return low === high ? `${low} %` : `${low} to ${high} %`;
}
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
