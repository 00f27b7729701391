// G-03: runs have names that say something.

import { varyingSettings } from '../../compare/settings';
import type { Run } from '../../model/run';
import { wordsOf } from '../../series/roles';
import { claims, type PracticeClaim, type PracticeRule } from '../rule';
import { idsOf, listed, namesOf, scopesOf, sharedTracker } from '../scopes';

/** Names that a program made up: counters, dates, ids. */
const made =
  /^(?:version|exp|experiment|run|trial|train|test|untitled|job|default|events)?[ _-]?\(?\d*\)?$|^(?:offline-)?run-\d{8}_\d{6}.*$|^\d{4}-?\d{2}-?\d{2}([T_ -]?\d{2}[:-]?\d{2}([:-]?\d{2})?)?$|^[0-9a-f]{16,}$|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** `funny-cat-12`: trackers draw an adjective, a noun and a number. */
const drawn = /^([a-z]{3,})-([a-z]{3,})-(\d{1,5})$/;
/** Trackers that number runs and have no place for a name of one's own. */
const numbering = new Set(['optuna', 'sacred', 'guild', 'ray', 'hydra']);
const fewest = 3;
const share = 0.5;

export const rule: PracticeRule = {
  meta: {
    id: 'G-03',
    title: 'Run names that say something',
    check:
      'Where more than half of at least three named runs of an experiment have names that a program made up (`funny-cat-12`, `version_37`, `exp54`), a template is suggested. Formats without names are left alone.',
    severity: 'note',
    optIn: false,
  },
  check: ({ runs }) => claims(scopesOf(runs).flatMap(automatic)),
  examples: [
    { given: { runs: ['brave-fox-12', 'lucid-sun-3', 'royal-tree-77', 'baseline'].map((name) => ({ name })) }, claims: 1 },
    { given: { runs: ['version_0', 'version_1', 'version_2'].map((name) => ({ name })) }, claims: 1 },
    { given: { runs: ['mlp-seed-1', 'mlp-seed-2', 'mlp-seed-3'].map((name) => ({ name })) }, claims: 0 },
    { given: { runs: ['resnet-adam-1', 'vit-sgd-2', 'mlp-lion-3'].map((name) => ({ name, params: { opt: name.split('-')[1] as string } })) }, claims: 0 },
    { given: { runs: ['lr=0.1', 'lr=0.2', 'version_3'].map((name) => ({ name })) }, claims: 0 },
    { given: { runs: ['0', '1', '2'].map((name) => ({ name, format: 'optuna' })) }, claims: 0 },
    { given: { runs: [{ name: null }, { name: null }, { name: null }] }, claims: 0 },
  ],
};

function automatic(scope: readonly Run[]): readonly PracticeClaim[] {
  const named = scope.filter(({ name, format }) => name !== null && name !== '' && !numbering.has(format));
  if (named.length < fewest) return [];
  const random = drawnNames(named);
  const auto = named.filter((run) => random.has(run) || made.test((run.name as string).trim()));
  if (auto.length <= share * named.length) return [];
  const varying = [...varyingSettings(named.map(({ params }) => params)).keys()].sort().slice(0, 3);
  const tracker = sharedTracker(scope);
  const template = `{task}-{model}-${varying.length > 0 ? varying.map((key) => `{${key}}`).join('-') : '{key change}'}-s{seed}`;
  return [
    {
      runs: idsOf(auto),
      summary: `${auto.length} of ${named.length} runs have names that a program made up: ${namesOf(auto)}.`,
      evidence: { made_up: auto.length, named: named.length, threshold: share, varying },
      caveat: 'A person may have chosen such a name.',
      advice: {
        text: `Name runs by what tells them apart${varying.length > 0 ? ` (${listed(varying)} vary here)` : ''}, for instance ${template}.`,
        ...(tracker === 'wandb'
          ? { code: `wandb.init(name=f"${template}")` }
          : tracker === 'mlflow'
            ? { code: `mlflow.start_run(run_name=f"${template}")` }
            : {}),
      },
    },
  ];
}

/** Runs whose names look drawn by lot: no word is a setting of theirs, and hardly any word comes twice. */
function drawnNames(runs: readonly Run[]): ReadonlySet<Run> {
  const found = runs.flatMap((run) => {
    const [, adjective, noun] = drawn.exec(run.name as string) ?? [];
    if (adjective === undefined || noun === undefined) return [];
    const own = new Set(Object.entries(run.params).flatMap(([key, value]) => [...wordsOf(key), ...(typeof value === 'string' ? wordsOf(value) : [])]));
    return technical.has(adjective) || technical.has(noun) || own.has(adjective) || own.has(noun) ? [] : [{ run, adjective, noun }];
  });
  const words = new Set(found.flatMap(({ adjective, noun }) => [adjective, noun]));
  return new Set(words.size >= 1.6 * found.length ? found.map(({ run }) => run) : []);
}

const technical = new Set(
  'adam adamw sgd lion mlp cnn rnn lstm gru vit bert gpt resnet unet gan vae ppo dqn sac lr seed run exp trial fold split epoch step batch model base baseline small large tiny test train eval data loss sweep grid search best final debug layer depth width size dim drop'.split(
    ' ',
  ),
);
