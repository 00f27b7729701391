// G-14: what is called best or goes to production says why, and can be repeated.

import type { Run } from '../../model/run';
import type { Value } from '../../model/values';
import { checkRuns } from '../../reproducibility/checklist';
import { claims, type PracticeRule } from '../rule';
import { idsOf, mostShown, namesOf, times } from '../scopes';

const leastCoverage = 0.7;

export const rule: PracticeRule = {
  meta: {
    id: 'G-14',
    title: 'Runs that decide are documented',
    check:
      'A run that a tag marks as best, production, champion or release has a note, and at least 70 % of the weight of its reproducibility checklist is decided.',
    severity: 'warn',
    optIn: true,
  },
  check({ runs }) {
    const deciding = runs.filter(decides);
    const noted = deciding.filter(({ notes }) => notes === null || notes.trim() === '');
    const covered = checkRuns(deciding, runs).filter(({ score }) => score.coverage < leastCoverage);
    return claims([
      ...(noted.length === 0
        ? []
        : [
            {
              runs: idsOf(noted),
              summary: `${times(noted.length, 'run')} marked for a decision ${noted.length === 1 ? 'has' : 'have'} no note: ${namesOf(noted)}.`,
              evidence: { marked: deciding.length, without_note: noted.length },
              caveat: 'The reason may be written elsewhere.',
              advice: { text: 'Write down in two sentences why this run was chosen, and over which others.' },
            },
          ]),
      ...(covered.length === 0
        ? []
        : [
            {
              runs: idsOf(covered.map(({ run }) => run)),
              summary: `The checklist of ${times(covered.length, 'run')} marked for a decision is decided to less than 70 %: ${namesOf(covered.map(({ run }) => run))}.`,
              evidence: { least: leastCoverage, runs: covered.slice(0, mostShown).map(({ run, score }) => ({ run: run.id, coverage: score.coverage })) },
              caveat: 'What the tracker does not record can be attested by a person.',
              advice: { text: 'Go through the open items of the checklist; attest what you know.' },
            },
          ]),
    ]);
  },
  examples: [
    { given: { runs: [{ tags: { production: true }, notes: null }] }, claims: 2 },
    { given: { runs: [{ tags: { stage: 'Production' }, notes: 'Chosen over the baseline.' }] }, claims: 1 },
    { given: { runs: [{ tags: { best: 'false', kind: 'baseline' } }] }, claims: 0 },
  ],
};

const mark = /^(best|prod|production|champion|release|released|deployed)$/i;
const place = /(^|[./_ -])(stage|status|alias|purpose|kind|use)$/i;
const isTrue = (value: Value): boolean => value === true || value === '' || value === 1 || (typeof value === 'string' && /^(true|yes|1)$/i.test(value));

const decides = ({ tags }: Run): boolean =>
  Object.entries(tags).some(
    ([key, value]) => (mark.test(key.trim()) && isTrue(value)) || (place.test(key) && typeof value === 'string' && mark.test(value.trim())),
  );
