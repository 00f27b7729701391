// G-06: runs carry the tags that the project asks for, spelled one way.

import { normalise } from '../../compare/same-value';
import type { Run } from '../../model/run';
import type { Value } from '../../model/values';
import { claims, type PracticeClaim, type PracticeRule } from '../rule';
import { gather, idsOf, listed, mostShown, sharedTracker, times } from '../scopes';

export const rule: PracticeRule = {
  meta: {
    id: 'G-06',
    title: 'Tags that are asked for, spelled one way',
    check:
      'Every run carries the `required_tags` of the project file as a tag, a param or a field of the run, with a value. Values of a tag that differ in case and separators only (`ResNet-50`, `resnet 50`) are told.',
    severity: 'note',
    optIn: false,
  },
  check: ({ runs, project }) =>
    claims(
      [...project.requiredTags.flatMap((tag) => missing(tag, runs)), ...variants(runs)],
      project.requiredTags.length === 0 ? 'The project file names no required_tags: whether tags are missing is not judged.' : undefined,
    ),
  examples: [
    { given: { runs: [{ tags: { task: 'digits' } }, { tags: { owner: 'Ada' } }], project: { requiredTags: ['task'] } }, claims: 1 },
    { given: { runs: [{ tags: { model: 'ResNet-50' } }, { tags: { model: 'resnet 50' } }] }, claims: 1 },
    { given: { runs: [{ tags: { baseline: true } }, { tags: { Baseline: true } }] }, claims: 1 },
    { given: { runs: [{ params: { 'data.task': 'digits' }, user: 'ada' }], project: { requiredTags: ['task', 'user'] } }, claims: 0 },
    { given: { runs: [{ tags: { size: '1.0' } }, { tags: { size: '10' } }, { tags: { size: '1_0' } }] }, claims: 0 },
    { given: { runs: [{}, {}] }, claims: 0 },
  ],
};

const plain = (text: string): string => text.toLowerCase().replace(/[\s_-]+/g, '');
const isEmpty = (value: Value | undefined): boolean => value === undefined || value === null || value === '';

function carries(run: Run, tag: string): boolean {
  const wanted = plain(tag);
  const fields: Readonly<Record<string, Value>> = {
    name: run.name,
    experiment: run.experiment,
    project: run.experiment,
    group: run.group,
    jobtype: run.jobType,
    user: run.user,
    owner: run.user,
    notes: run.notes,
  };
  const named = (key: string) => plain(key) === wanted || plain(key.split(/[./]/).at(-1) ?? '') === wanted;
  return [fields, run.tags, run.params].some((values) => Object.entries(values).some(([key, value]) => named(key) && !isEmpty(value)));
}

function missing(tag: string, runs: readonly Run[]): readonly PracticeClaim[] {
  const without = runs.filter((run) => !carries(run, tag));
  if (without.length === 0) return [];
  const tracker = sharedTracker(without);
  return [
    {
      runs: idsOf(without),
      summary: `${times(without.length, 'run')} of ${runs.length} ${without.length === 1 ? 'lacks' : 'lack'} the required tag ${tag}.`,
      evidence: { tag, without: without.length, runs: runs.length },
      caveat: 'It may be recorded under another name.',
      advice: {
        text: `Set ${tag} where the run is started; for runs that are done, add it in the tracker.`,
        ...(tracker === 'mlflow'
          ? { code: `mlflow.set_tag(${JSON.stringify(tag)}, "…")` }
          : tracker === 'wandb'
            ? { code: `wandb.init(config={${JSON.stringify(tag)}: "…"})` }
            : {}),
      },
    },
  ];
}

/** Tags that a tracker writes for itself are nobody's spelling. */
const trackersOwn = /^(?:(?:mlflow|wandb|sys|neptune|aim|clearml|comet)[./]|(?:monitoring|source_code|runtime)\/)/i;

function variants(runs: readonly Run[]): readonly PracticeClaim[] {
  const spellings = new Map<string, Map<string, Run[]>>();
  const note = (place: string, text: string, run: Run): void => {
    if (!/[a-z]/i.test(text) || text.length > 100) return;
    const key = `${place}\u0000${plain(text)}`;
    const found = spellings.get(key) ?? new Map<string, Run[]>();
    gather(found, text, run);
    spellings.set(key, found);
  };
  for (const run of runs) {
    for (const [key, value] of Object.entries(run.tags)) {
      if (trackersOwn.test(key)) continue;
      if (typeof value === 'string' && typeof normalise(value) === 'string') note(`tag ${key}`, value, run);
      note('the name of a tag', key, run);
    }
  }
  return [...spellings]
    .filter(([, found]) => found.size > 1)
    .map(([key, found]) => {
      const place = key.split('\u0000')[0] as string;
      const ordered = [...found].sort(([a, runsA], [b, runsB]) => runsB.length - runsA.length || (a < b ? -1 : 1));
      const [kept] = ordered[0] as [string, Run[]];
      const others = ordered.slice(1);
      return {
        runs: idsOf([...new Set(others.flatMap(([, named]) => named))]),
        summary: `One value is spelled ${found.size} ways (${place}): ${listed(ordered.map(([text]) => `“${text}”`))}.`,
        evidence: { place, spellings: Object.fromEntries(ordered.slice(0, mostShown).map(([text, named]) => [text, named.length])) },
        caveat: 'They may be different things with like names.',
        advice: { text: `Write “${kept}” everywhere: filters and groups take each spelling for another value.` },
      };
    })
    .sort((a, b) => (a.summary < b.summary ? -1 : 1));
}
