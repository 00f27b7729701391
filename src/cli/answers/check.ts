// A run's checklist, field by field as `diptych check --json` prints it.

import { endText, momentText } from '../../core/project/dates';
import type { Checklist, JudgedItem } from '../../core/reproducibility/checklist';
import { adviceText } from '../document';

export function checklistDocument({ run, items: judged, score }: Checklist): object {
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
  fix: fix === null ? null : adviceText(fix),
  ...(attested ? { attested: { by: attested.by, note: attested.note, date: momentText(attested.atMs) } } : {}),
  ...(waived ? { waived: { reason: waived.reason, until: waived.untilMs === null ? null : endText(waived.untilMs) } } : {}),
});
