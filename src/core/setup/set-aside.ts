// Findings that the project file sets aside: by rule, or by rule and place.

import ignore from 'ignore';
import type { Waiver } from '../project/project';
import { holds, type Statements } from '../project/statements';
import type { SetupFinding, SetupReview, SuppressedFinding } from './finding';

/** The review with what is waived moved out of its findings. Doing it again changes nothing. */
export function withWaivers(review: SetupReview, { project, nowMs }: Statements): SetupReview {
  const waivers = project.waivers.filter((one) => one.run === null && holds(one, nowMs)).map((waiver) => ({ waiver, covers: coverage(waiver) }));
  if (waivers.length === 0) return review;
  const suppressed: SuppressedFinding[] = [];
  const findings = review.findings.filter((finding) => {
    // One for everywhere before one for some files; then the one that holds longest.
    const [first] = waivers
      .filter(({ waiver, covers }) => waiver.rule === finding.rule && covers(finding))
      .map(({ waiver }) => waiver)
      .sort((a, b) => Number(a.path !== undefined) - Number(b.path !== undefined) || (b.untilMs ?? Number.MAX_VALUE) - (a.untilMs ?? Number.MAX_VALUE));
    if (first) suppressed.push({ ...finding, suppressed: { by: 'project', reason: first.reason, untilMs: first.untilMs } });
    return !first;
  });
  return { ...review, findings, suppressed: [...review.suppressed, ...suppressed] };
}

/** With a path, a finding is covered where every place of it lies there. */
function coverage({ path }: Waiver): (finding: SetupFinding) => boolean {
  if (path === undefined) return () => true;
  const pattern = ignore().add(path);
  return ({ places }) => places.length > 0 && places.every(({ file }) => pattern.ignores(file));
}
