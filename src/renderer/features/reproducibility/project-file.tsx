// Statements to and from diptych.project.json, the file that the command line reads and a repository keeps.

import { emptyProject, type Project } from '../../../core/project/project';
import { parseProject, projectFileName, projectText } from '../../../core/project/project-file';
import { useApp } from '../../state/app';
import { attest, useProject, waive } from '../../state/project';
import { saveFile } from '../../state/save';
import { Button } from '../../widgets/button';
import { cx } from '../../widgets/class-names';
import styles from './reproducibility.module.css';

export function ProjectFile() {
  const app = useApp();
  const [project, change] = useProject();
  const opened = (text: string): void => {
    const { project: read, issues } = parseProject(text);
    const [first] = issues;
    if (!read) {
      app.toasts.show({ kind: 'bad', text: first?.message ?? 'This is no project file.', ...(first ? { detail: first.tip } : {}) });
      return;
    }
    change('open project file', (before) => joined(before, read));
    const count = read.attestations.length + read.waivers.length + read.roles.length;
    app.toasts.show({
      kind: issues.length > 0 ? 'info' : 'good',
      text: `${count} ${count === 1 ? 'statement' : 'statements'} read from the project file.`,
      ...(first ? { detail: `${issues.length} left aside: ${first.where ?? ''} ${first.message}` } : {}),
    });
  };
  return (
    <span className={cx(styles.actions, styles.fileActions)}>
      <Button size="s" kind="ghost" title={`Read statements from ${projectFileName}`} onClick={() => chooseText(opened)}>
        Open project file
      </Button>
      <Button
        size="s"
        kind="ghost"
        title={`Write statements as ${projectFileName}, for the repository and the command line`}
        disabled={project === emptyProject}
        onClick={() => saveFile(projectFileName, projectText(project), 'application/json')}
      >
        Save project file
      </Button>
    </span>
  );
}

/** What the file says, and what was said here: of two on the same thing the file's stands. */
function joined(before: Project, read: Project): Project {
  const attested = read.attestations.reduce((now, one) => attest(one)(now), before);
  const all = read.waivers.reduce((now, one) => waive(one)(now), attested);
  const stated = new Set(read.roles.map(({ metric }) => metric));
  return {
    ...all,
    roles: [...before.roles.filter(({ metric }) => !stated.has(metric)), ...read.roles],
    contract: read.contract ?? before.contract,
    requiredTags: [...new Set([...before.requiredTags, ...read.requiredTags])],
    modes: { ...before.modes, ...read.modes },
    limits: { ...before.limits, ...read.limits },
  };
}

function chooseText(then: (text: string) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.json,application/json';
  input.addEventListener('change', () => {
    input.files?.[0]?.text().then(then, () => {});
  });
  input.click();
}
