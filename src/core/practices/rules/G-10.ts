// G-10: what runs write stays out of the repository.

import { claims, notAssessed, type PracticeRule } from '../rule';
import { idsOf, listed, times } from '../scopes';

export const rule: PracticeRule = {
  meta: {
    id: 'G-10',
    title: 'What runs write is ignored by Git',
    check:
      'Runs that lie inside a Git repository are left out by its ignore files, and no `.env` lies there open. Judged only where the root of the repository is in view.',
    severity: 'note',
    optIn: false,
  },
  check({ runs, repository }) {
    if (repository === null) return notAssessed('No Git repository is in view.');
    const open = runs.filter(({ id }) => repository.folders.get(id)?.ignored === false);
    const tops = [...new Set(open.map(({ id }) => topOf(repository.folders.get(id)?.path ?? '')))].sort();
    return claims([
      ...(open.length === 0
        ? []
        : [
            {
              runs: idsOf(open),
              summary: `${times(open.length, 'run')} ${open.length === 1 ? 'lies' : 'lie'} inside a Git repository whose ignore files do not leave ${open.length === 1 ? 'it' : 'them'} out: ${listed(tops)}.`,
              evidence: { folders: tops.slice(0, 20), runs: open.length },
              caveat: 'Runs kept on purpose, such as samples and fixtures, belong into the repository.',
              advice: {
                text: 'Leave out what trackers write and what training saves.',
                code: ['# .gitignore', ...tops.map((top) => `/${top}/`), '*.ckpt', '*.pt', '*.pth', '*.safetensors', '.env'].join('\n'),
              },
            },
          ]),
      ...(repository.exposed.length === 0
        ? []
        : [
            {
              runs: [],
              summary: `${listed(repository.exposed)} ${repository.exposed.length === 1 ? 'lies' : 'lie'} in the repository and ${repository.exposed.length === 1 ? 'is' : 'are'} not ignored: such files hold keys.`,
              evidence: { files: repository.exposed.slice(0, 20) },
              caveat: 'It was not opened; it may hold nothing secret.',
              advice: { text: 'Ignore it, and change the keys in it if it was ever committed.', code: '# .gitignore\n.env' },
            },
          ]),
    ]);
  },
  examples: [
    { given: { runs: [{}, {}], repository: ['mlruns/1/a', '!wandb/run-1'] }, claims: 1 },
    { given: { runs: [{}], repository: ['!runs'], exposed: ['.env'] }, claims: 1 },
    { given: { runs: [{}], repository: ['!runs/a'] }, claims: 0 },
    { given: { runs: [{}] }, claims: 0 },
  ],
};

/** The folder that an ignore file would name: the tracker's own where there is one, else the run's first. */
function topOf(path: string): string {
  const parts = path.split('/');
  const own = parts.findIndex((part) => /^(mlruns|wandb|runs|lightning_logs|outputs|multirun|tensorboard|tb_logs|checkpoints)$/.test(part));
  return parts.slice(0, own < 0 ? 1 : own + 1).join('/');
}
