// `diptych check`: the reproducibility checklist of every run, and gates for CI.

import { displayName } from '../../core/model/run';
import { endText } from '../../core/project/dates';
import type { Waiver } from '../../core/project/project';
import { endedWaiverOf, type Statements } from '../../core/project/statements';
import { type Checklist, checkRuns } from '../../core/reproducibility/checklist';
import { items } from '../../core/reproducibility/index';
import { rulesVersion } from '../../core/reproducibility/item';
import { scoreText } from '../../core/view/checklist-matrix';
import { checklistDocument } from '../answers/check';
import { documentText, issueDocument } from '../document';
import { exitCodes, UsageError } from '../exit';
import { loadProject, projectOptions } from '../load-project';
import { loadRuns, readOptions } from '../read-runs';
import { nearestTo } from '../spelling';
import { columns, issueLines, shown } from '../tables';
import type { Verb, VerbArgs } from '../verb';

export const verb: Verb = {
  meta: {
    id: 'check',
    summary: 'Judge whether runs could be repeated.',
    usage: 'PATH... [--json] [--min-score 0.7] [--require R01,R11] [--project FILE]',
    options: {
      json: { type: 'boolean', help: 'Print one JSON document (docs/cli.md).' },
      'min-score': { type: 'string', help: 'Exit 1 unless every run proves at least this share, 0 to 1.' },
      require: { type: 'string', multiple: true, help: 'Exit 1 unless these items pass or are waived in every run: R01,R11.' },
      ...projectOptions,
      ...readOptions,
    },
  },
  async run(args, context) {
    const { project, issues: slips } = loadProject(args, context, args.positionals);
    const statements: Statements = { project, nowMs: Date.now() };
    const gate = gateOf(args, statements);
    const { runs, issues, exitCode } = await loadRuns(args.positionals, args, context);
    const checklists = checkRuns(runs, runs, statements);
    const answers = checklists.flatMap((checklist) =>
      gate(checklist).map(({ why, holds }) => ({ text: `${shown(displayName(checklist.run))}: ${why}`, holds })),
    );
    if (args.flag('json')) {
      await context.write(
        documentText({
          command: 'check',
          runs: checklists.map(checklistDocument),
          rules_version: rulesVersion,
          issues: [...issues, ...slips].map(issueDocument),
        }),
      );
    } else {
      await context.write(checklists.map(checklistText).join('\n') + issueLines([...issues, ...slips]));
    }
    for (const { text } of answers) context.tell(`${text}\n`);
    return answers.some(({ holds }) => !holds) ? exitCodes.gate : exitCode;
  },
};

interface GateAnswer {
  readonly why: string;
  /** Set aside by a waiver: told, and the gate stays open. */
  readonly holds: boolean;
}

/** Says where a checklist does not meet the gates, and where only a waiver keeps them open. An attestation opens none: it is a word, not evidence. */
function gateOf(args: VerbArgs, statements: Statements): (checklist: Checklist) => readonly GateAnswer[] {
  const text = args.text('min-score');
  const least = text === undefined ? null : Number(text);
  if (least !== null && !(least >= 0 && least <= 1)) throw new UsageError(`--min-score wants a number from 0 to 1, not '${text}'`);
  const required = args.texts('require').flatMap((list) => list.split(',').map((id) => id.trim().toUpperCase()));
  const known = items.map(({ meta }) => meta.id);
  const unknown = required.find((id) => !known.includes(id));
  if (unknown !== undefined) throw new UsageError(`there is no item ${unknown}`, nearestTo(unknown, known));
  return ({ run, items: judged, score }) => [
    ...(least !== null && (score.proven ?? 0) < least ? [{ why: `proven ${(score.proven ?? 0).toFixed(3)} is below ${least}`, holds: false }] : []),
    ...judged
      .filter(({ meta, verdict }) => required.includes(meta.id) && verdict !== 'pass' && verdict !== 'n.a.')
      .map(({ meta, verdict, attested, waived }) => {
        if (waived) return { why: `${meta.id} is ${verdict}, waived ${untilText(waived)}: ${shown(waived.reason, 200)}`, holds: true };
        const ended = endedWaiverOf(statements, meta.id, run.id);
        const said = attested ? '; a person attested it, which opens no gate' : '';
        return { why: `${meta.id} is ${verdict}${said}${ended ? `; its waiver ended (${untilText(ended)})` : ''}`, holds: false };
      }),
  ];
}

const untilText = ({ untilMs }: Waiver): string => (untilMs === null ? 'for good' : `until ${endText(untilMs)}`);

function checklistText(checklist: Checklist): string {
  const { run, items: judged, score } = checklist;
  const head = `${shown(displayName(run))}  ${run.id}\n  grade ${score.grade ?? '–'}: ${scoreText(checklist)}\n`;
  return (
    head +
    columns(
      ['  ITEM', 'VERDICT', 'QUESTION', 'REASON'],
      judged.map(({ meta, verdict, reason, attested, waived }) => [
        `  ${meta.id}`,
        [verdict, attested && 'attested', waived && 'waived'].filter((word) => word).join(', '),
        meta.question,
        shown(attested ? `${attested.by}: ${attested.note}` : waived ? waived.reason : reason, 100),
      ]),
    )
  );
}
