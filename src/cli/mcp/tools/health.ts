// What is wrong in training, from the curves.

import { z } from 'zod';
import { severityOrder } from '../../../core/health/finding';
import { healthRulesVersion } from '../../../core/health/rule';
import { displayName } from '../../../core/model/run';
import { counted } from '../../../core/view/format';
import { acrossDocument, healthAnswer, runHealthDocument } from '../../answers/health';
import { issueDocument } from '../../document';
import { chosen, needRuns, offset, path, runs } from '../inputs';
import { defineTool } from '../tool';
import { wordsOf } from '../words';

export const tool = defineTool({
  meta: {
    id: 'health',
    title: 'Judge the health of training',
    description:
      'What the curves of each run show: divergence, overfitting, plateaus, leaks, NaN, learning rate faults, RL and GAN troubles; each finding with rule, severity, where it begins, evidence in numbers, a caveat and advice; what such runs usually log and these do not; and what several runs show together. Rules that could not be assessed are named: that is not "fine".',
    list: 'runs',
    narrow: 'Name fewer runs, or rules.',
  },
  input: z.strictObject({
    path,
    runs,
    rules: z.array(z.string().max(16)).max(100).optional().describe('Only these rules, e.g. A-11.'),
    reasons: z.boolean().optional().describe('With the reason why each rule was not assessed; only their ids unless true.'),
    offset,
  }),
  async answer({ path: at, runs: words, rules, reasons }, { served, context }) {
    const { judged, across, issues, slips } = await healthAnswer(wordsOf(served.resolve(at), { rules }), context);
    needRuns(judged.map(({ run }) => run));
    const wanted = new Set(
      chosen(
        judged.map(({ run }) => run),
        words,
      ).map(({ id }) => id),
    );
    const picked = judged.filter(({ run }) => wanted.has(run.id));
    const together = across.findings.filter((finding) => words === undefined || finding.runs.some((id) => wanted.has(id)));
    const standing = picked.flatMap(({ run, health }) => health.findings.filter(({ waived }) => waived === null).map((finding) => ({ run, finding })));
    const worst = [...standing].sort((a, b) => severityOrder[b.finding.severity] - severityOrder[a.finding.severity]).slice(0, 6);
    return {
      document: {
        runs: picked.map((one) => {
          const document = runHealthDocument(one);
          return reasons ? document : { ...document, not_assessed: one.health.notAssessed.map(({ rule }) => rule) };
        }),
        across: together.map(acrossDocument),
        across_not_assessed: across.notAssessed,
        rules_version: healthRulesVersion,
        issues: [...issues, ...slips].map(issueDocument),
      },
      text: [
        `${counted(standing.length, 'finding')} in ${counted(picked.length, 'run')}, ${together.length} across runs.`,
        ...worst.map(({ run, finding }) => `${finding.severity} ${finding.rule} ${displayName(run)} (${run.id}): ${finding.summary}`),
        ...together.slice(0, 3).map(({ severity, rule, summary }) => `${severity} ${rule} across runs: ${summary}`),
      ].join('\n'),
    };
  },
});
