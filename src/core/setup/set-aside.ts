// Findings that the project file sets aside: by rule, or by rule and place.

import ignore from 'ignore';
import { emptyProject, type Waiver } from '../project/project';
import { parseProject, projectFileName } from '../project/project-file';
import { holds, type Statements } from '../project/statements';
import type { SetupFinding, SetupReview, SuppressedFinding } from './finding';
import type { Project } from './project/project';

/** The review with what is waived moved out of its findings. Doing it again changes nothing. */
export function withWaivers(review: SetupReview, statements: Statements): SetupReview {
  const waiverFor = waiversOf(statements);
  const suppressed: SuppressedFinding[] = [];
  const findings = review.findings.filter((finding) => {
    const waiver = waiverFor(finding);
    if (waiver) suppressed.push({ ...finding, suppressed: { by: 'project', reason: waiver.reason, untilMs: waiver.untilMs } });
    return !waiver;
  });
  return suppressed.length === 0 ? review : { ...review, findings, suppressed: [...review.suppressed, ...suppressed] };
}

/** Looks up the waiver that sets a finding aside: one for everywhere before one for some files, then the one that holds longest. */
export function waiversOf({ project, nowMs }: Statements): (finding: SetupFinding) => Waiver | null {
  const waivers = project.waivers
    .filter((one) => one.run === null && holds(one, nowMs))
    .sort((a, b) => Number(a.path !== undefined) - Number(b.path !== undefined) || (b.untilMs ?? Number.MAX_VALUE) - (a.untilMs ?? Number.MAX_VALUE))
    .map((waiver) => ({ waiver, covers: coverage(waiver) }));
  return (finding) => waivers.find(({ waiver, covers }) => waiver.rule === finding.rule && covers(finding))?.waiver ?? null;
}

/** What the project file says that lies at the top of the code; nothing where there is none, or where it is refused. */
export function statedBeside({ settings }: Pick<Project, 'settings'>, nowMs: number): Statements {
  const text = settings.get(projectFileName);
  return { project: (text === undefined ? null : parseProject(text).project) ?? emptyProject, nowMs };
}

/** With a path, a finding is covered where every place of it lies there. */
function coverage({ path }: Waiver): (finding: SetupFinding) => boolean {
  if (path === undefined) return () => true;
  const pattern = ignore().add(path);
  return ({ places }) => places.length > 0 && places.every(({ file }) => pattern.ignores(file));
}
