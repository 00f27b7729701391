// Whether runs could be repeated: the reproducibility checklist.

import { z } from 'zod';
import { displayName } from '../../../core/model/run';
import type { Statements } from '../../../core/project/statements';
import { type Checklist, checkRuns } from '../../../core/reproducibility/checklist';
import { rulesVersion, type Verdict } from '../../../core/reproducibility/item';
import { scoreText } from '../../../core/view/checklist-matrix';
import { checklistDocument } from '../../answers/check';
import { issueDocument } from '../../document';
import { loadProject } from '../../load-project';
import { loadRuns } from '../../read-runs';
import { chosen, needRuns, offset, path, runs } from '../inputs';
import { defineTool } from '../tool';
import { wordsOf } from '../words';

export const tool = defineTool({
  meta: {
    id: 'checklist',
    title: 'Judge reproducibility',
    description:
      'The reproducibility checklist of each run: code version, data version, environment, configuration, seeds, results. Verdicts are pass, partial, fail, unknown (the tracker cannot show it) and n.a.; each open item comes with reason and fix; the score says how much is proven and how much could be judged at all.',
    list: 'runs',
    narrow: 'Name fewer runs.',
  },
  input: z.strictObject({ path, runs, all_items: z.boolean().optional().describe('Items that pass or do not apply too.'), offset }),
  async answer({ path: at, runs: words, all_items }, { served, context }) {
    const paths = served.resolve(at);
    const args = wordsOf(paths);
    const { project, issues: slips } = loadProject(args, context, paths);
    const statements: Statements = { project, nowMs: Date.now() };
    const loaded = await loadRuns(paths, args, context);
    needRuns(loaded.runs);
    const checklists = checkRuns(chosen(loaded.runs, words), loaded.runs, statements);
    return {
      document: {
        runs: checklists.map((one) => (all_items ? checklistDocument(one) : openItems(one))),
        rules_version: rulesVersion,
        issues: [...loaded.issues, ...slips].map(issueDocument),
      },
      text: checklists
        .slice(0, 8)
        .map(
          (one) =>
            `${displayName(one.run)} (${one.run.id}): grade ${one.score.grade ?? 'none'}; ${scoreText(one)}; not met: ${named(one, 'fail').join(' ') || 'none'}.`,
        )
        .join('\n'),
    };
  },
});

const named = ({ items }: Checklist, wanted: Verdict): readonly string[] => items.filter(({ verdict }) => verdict === wanted).map(({ meta }) => meta.id);

/** What passes and what does not apply is named only. */
const openItems = (checklist: Checklist): object => ({
  ...checklistDocument({ ...checklist, items: checklist.items.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'n.a.') }),
  passed: named(checklist, 'pass'),
  not_applicable: named(checklist, 'n.a.'),
});
