// G-12: runs meet what the project agreed on before they are ranked.

import { displayName } from '../../model/run';
import { type Breach, brokenBy } from '../contract';
import { claims, notAssessed, type PracticeRule } from '../rule';
import { idsOf, listed, mostShown, times } from '../scopes';

const clauses: Readonly<Record<Breach['clause'], string>> = {
  metric: 'the primary metric',
  split: 'the split',
  params: 'the params',
  dataset: 'the data',
  budget: 'the budget',
  seeds: 'the number of seeds',
};

export const rule: PracticeRule = {
  meta: {
    id: 'G-12',
    title: 'The comparability contract is kept',
    check:
      'Every run meets the `contract` of the project file: metric, split, params, digest of the data, budget (within one logging interval or 1 %), number of seeds. What a run does not record, it does not show to meet. Runs that break it are marked and left out of rankings.',
    severity: 'warn',
    optIn: true,
  },
  check({ runs, project }) {
    if (project.contract === null) return notAssessed('The project file holds no contract.');
    const broken = brokenBy(runs, project);
    const breaking = (Object.keys(clauses) as Breach['clause'][]).flatMap((clause) => {
      const of = runs.flatMap((run) => (broken.get(run.id) ?? []).filter((breach) => breach.clause === clause).map(({ reason }) => ({ run, reason })));
      return of.length === 0 ? [] : [{ clause, of }];
    });
    return claims(
      breaking.map(({ clause, of }) => ({
        runs: idsOf(of.map(({ run }) => run)),
        summary: `${times(of.length, 'run')} of ${runs.length} ${of.length === 1 ? 'does' : 'do'} not meet the contract on ${clauses[clause]}: ${listed(of.map(({ run, reason }) => `${displayName(run)} (${reason})`))}.`,
        evidence: { clause, runs: of.slice(0, mostShown).map(({ run, reason }) => ({ run: run.id, reason })), runs_in_all: of.length },
        caveat: 'What the tracker did not record may have been as agreed.',
        advice: { text: 'Leave these runs out of the comparison, run them again as agreed, or change the contract for all.' },
      })),
    );
  },
  examples: [
    { given: { runs: [{ logs: { acc: 9 } }, { logs: { loss: 9 } }], project: { contract: { metric: 'acc' } } }, claims: 1 },
    { given: { runs: [{ logs: { 'test/acc': 9 } }], project: { contract: { metric: 'test/acc', split: 'val' } } }, claims: 1 },
    { given: { runs: [{ params: { data: 'a' } }, { params: {} }], project: { contract: { params: { data: 'a' } } } }, claims: 1 },
    { given: { runs: [{ logs: { acc: 50 } }, { logs: { acc: 100 } }], project: { contract: { metric: 'acc', lastStep: 100 } } }, claims: 1 },
    { given: { runs: [1, 2].map((seed) => ({ params: { lr: 1, seed } })), project: { contract: { seeds: 3 } } }, claims: 1 },
    { given: { runs: [{}], project: { contract: { datasetDigest: 'abc' } } }, claims: 1 },
    {
      given: {
        runs: [1, 2].map((seed) => ({ params: { seed, lr: '0.1' }, logs: { 'val/acc': 100 } })),
        project: { contract: { metric: 'val/acc', split: 'val', params: { lr: 0.1 }, lastStep: 100, seeds: 2 } },
      },
      claims: 0,
    },
    { given: { runs: [{}] }, claims: 0 },
  ],
};
