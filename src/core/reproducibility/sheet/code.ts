// Reproduce sheet: clone, check out, apply what was not committed.

import { factValue } from '../../model/facts';
import { artifactEvidence, artifactsLike, factEvidence } from '../evidence';
import { command, gap, note } from './line';
import type { SheetContext, SheetLine } from './sheet';
import { isCloneAddress, runPath, shellWord, shownText, withoutSecret } from './shell';

export function codeLines({ run, tracker }: SheetContext): readonly SheetLine[] {
  const of = (...kinds: Parameters<typeof factEvidence>[1][]) => factEvidence(run, ...kinds);
  const lines: SheetLine[] = [];

  const remote = withoutSecret(factValue(run.facts, 'git_remote') ?? '');
  const cloned = isCloneAddress(remote);
  const address = shellWord(remote);
  if (cloned && address) lines.push(command('Clone the repository.', `git clone -- ${address} code`, of('git_remote')));
  else if (remote !== '') lines.push(gap(`The recorded repository is no address to clone from as it stands: ${shownText(remote)}`, of('git_remote')));
  else lines.push(gap('The address of the repository is not recorded.'));

  const commit = factValue(run.facts, 'git_commit') ?? '';
  if (/^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(commit))
    lines.push(
      command(
        cloned ? 'Check out the commit.' : 'Check out the commit, in the repository cloned into code.',
        `git -C code checkout --detach ${commit}`,
        of('git_commit'),
      ),
    );
  else if (/^[0-9a-f]{7,39}$/i.test(commit))
    lines.push(
      command('Check out the commit; the id is abbreviated, git says when it is ambiguous.', `git -C code checkout --detach ${commit}`, of('git_commit')),
    );
  else if (commit !== '') lines.push(gap(`What is recorded as commit is none: ${shownText(commit)}`, of('git_commit')));
  else {
    const branch = factValue(run.facts, 'git_branch');
    lines.push(
      gap(`The commit is not recorded${branch ? `; only the branch, which has moved on: ${shownText(branch)}` : ` by ${tracker}`}.`, of('git_branch')),
    );
  }

  lines.push(...patchLines(run, commit !== ''));
  const copies = artifactsLike(run, /\.(py|ipynb|sh)$/i);
  if (copies.length > 0)
    lines.push(
      note(
        `A copy of the code is saved with the run: ${copies
          .slice(0, 5)
          .map(({ path }) => shownText(path))
          .join(', ')}${copies.length > 5 ? ', …' : ''}.`,
        artifactEvidence(copies),
      ),
    );
  return lines;
}

function patchLines(run: SheetContext['run'], committed: boolean): readonly SheetLine[] {
  const patch = factValue(run.facts, 'git_patch');
  const dirty = factValue(run.facts, 'git_dirty');
  const evidence = factEvidence(run, 'git_patch', 'git_dirty');
  if (patch !== undefined) {
    const path = patch.includes('\n') ? null : runPath(patch);
    return [
      path
        ? command('Apply what was not committed. RUN is the run’s folder.', `git -C code apply - < ${path}`, evidence)
        : note('What was not committed is kept inside the record, not as a file: save it as a file and apply it with git apply.', evidence),
      gap('Files that were never added to git are in no patch; whether there were any is not recorded.'),
    ];
  }
  if (dirty === true) return [gap('There were changes that were not committed, and they are not saved.', evidence)];
  if (dirty === false) return [note('The working tree was clean: the commit is the code.', evidence)];
  return committed ? [gap('Whether the working tree was clean is not recorded: the commit may not be all of the code.')] : [];
}
