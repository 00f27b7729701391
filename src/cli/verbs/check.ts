// `diptych check`: the reproducibility checklist of every run, and gates for CI.

import { dayText } from '../../core/base/day';
import { displayName } from '../../core/model/run';
import { type Checklist, checkRuns, type JudgedItem } from '../../core/reproducibility/checklist';
import { items } from '../../core/reproducibility/index';
import { rulesVersion } from '../../core/reproducibility/item';
import { scoreText } from '../../core/view/checklist-matrix';
import { documentText, issueDocument } from '../document';
import { exitCodes, UsageError } from '../exit';
import { loadRuns, readOptions } from '../read-runs';
import { nearestTo } from '../spelling';
import { columns, issueLines, shown } from '../tables';
import type { Verb, VerbArgs } from '../verb';

export const verb: Verb = {
  meta: {
    id: 'check',
    summary: 'Judge whether runs could be repeated.',
    usage: 'PATH... [--json] [--min-score 0.7] [--require R01,R11]',
    options: {
      json: { type: 'boolean', help: 'Print one JSON document (docs/cli.md).' },
      'min-score': { type: 'string', help: 'Exit 1 unless every run proves at least this share, 0 to 1.' },
      require: { type: 'string', multiple: true, help: 'Exit 1 unless these items pass in every run: R01,R11.' },
      ...readOptions,
    },
  },
  async run(args, context) {
    const gate = gateOf(args);
    const { runs, issues, exitCode } = await loadRuns(args.positionals, args, context);
    const checklists = checkRuns(runs);
    const failures = checklists.flatMap((checklist) => gate(checklist).map((why) => `${shown(displayName(checklist.run))}: ${why}`));
    if (args.flag('json')) {
      await context.write(
        documentText({ command: 'check', runs: checklists.map(checklistDocument), rules_version: rulesVersion, issues: issues.map(issueDocument) }),
      );
    } else {
      await context.write(checklists.map(checklistText).join('\n') + issueLines(issues));
    }
    for (const failure of failures) context.tell(failure);
    return failures.length > 0 ? exitCodes.gate : exitCode;
  },
};

/** Says why a checklist does not meet the gates; nothing where it does. */
function gateOf(args: VerbArgs): (checklist: Checklist) => readonly string[] {
  const text = args.text('min-score');
  const least = text === undefined ? null : Number(text);
  if (least !== null && !(least >= 0 && least <= 1)) throw new UsageError(`--min-score wants a number from 0 to 1, not '${text}'`);
  const required = args.texts('require').flatMap((list) => list.split(',').map((id) => id.trim().toUpperCase()));
  const known = items.map(({ meta }) => meta.id);
  const unknown = required.find((id) => !known.includes(id));
  if (unknown !== undefined) throw new UsageError(`there is no item ${unknown}`, nearestTo(unknown, known));
  return ({ items: judged, score }) => [
    ...(least !== null && (score.proven ?? 0) < least ? [`proven ${(score.proven ?? 0).toFixed(3)} is below ${least}`] : []),
    ...judged
      .filter(({ meta, verdict }) => required.includes(meta.id) && verdict !== 'pass' && verdict !== 'n.a.')
      .map(({ meta, verdict }) => `${meta.id} is ${verdict}`),
  ];
}

function checklistDocument({ run, items: judged, score }: Checklist): object {
  return {
    id: run.id,
    path: run.path,
    name: run.name,
    items: judged.map(itemDocument),
    score: {
      proven: score.proven,
      attested: score.attested,
      coverage: score.coverage,
      best_case: score.bestCase,
      sections: score.sections,
      weakest: score.weakest,
      grade: score.grade,
      caps: score.caps,
    },
  };
}

const itemDocument = ({ meta, verdict, reason, evidence, fix, attested, waived }: JudgedItem): object => ({
  id: meta.id,
  question: meta.question,
  section: meta.section,
  weight: meta.weight,
  verdict,
  reason,
  evidence,
  fix: fix === null ? null : [fix.text, ...(fix.code ? [fix.code] : [])].join('\n\n'),
  ...(attested ? { attested: { by: attested.by, note: attested.note, date: dayText(attested.atMs) } } : {}),
  ...(waived ? { waived: { reason: waived.reason, until: waived.untilMs === null ? null : dayText(waived.untilMs) } } : {}),
});

function checklistText(checklist: Checklist): string {
  const { run, items: judged, score } = checklist;
  const head = `${shown(displayName(run))}  ${run.id}\n  grade ${score.grade ?? '–'}: ${scoreText(checklist)}\n`;
  return (
    head +
    columns(
      ['  ITEM', 'VERDICT', 'QUESTION', 'REASON'],
      judged.map(({ meta, verdict, reason }) => [`  ${meta.id}`, verdict, meta.question, shown(reason, 100)]),
    )
  );
}
