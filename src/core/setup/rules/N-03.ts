// Packages that a notebook installs in whatever version is newest.

import { requirementsOf } from '../facts/environment';
import type { SetupRule } from '../rule';

export const rule: SetupRule = {
  meta: {
    id: 'N-03',
    title: 'What a notebook installs is pinned',
    severity: 'note',
    why: 'The cell installs another version next month, and the outputs below it can no longer be had.',
    impliedBy: ['E-20'],
    source: 'pynblint, “dependencies-unmanaged”; pip, “Repeatable installs”',
  },
  *check({ project }) {
    const open = requirementsOf(project).filter(({ source, pinned }) => source === 'notebook' && !pinned);
    if (open.length === 0) return;
    const names = open.map(({ name }) => name).slice(0, 5);
    yield {
      kind: 'finding',
      confidence: 0.9,
      places: open.map(({ place }) => ({ place })),
      summary: `The notebook installs ${names.join(', ')}${open.length > 5 ? ' and others' : ''} without a version.`,
      fix: { text: 'Install exact versions, or keep a requirements file beside the notebook.', code: `%pip install ${names[0]}==<version>`, edits: [] },
    };
  },
};
