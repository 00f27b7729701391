// What the readers of archives and downloads and the connection to a server say of Comet.

import type { ReaderMeta } from '../../source/reader';

export const comet = {
  family: 'comet',
  tracker: { name: 'Comet', short: 'Comet' },
  words: { run: 'experiment', experiment: 'project' },
  records: {
    commit: 'auto',
    patch: 'auto',
    packages: 'auto',
    python: 'auto',
    hardware: 'auto',
    command: 'auto',
    config: 'optional',
    data: 'optional',
    end: 'auto',
  },
} as const satisfies Partial<ReaderMeta>;

/** Keys of `log_other` that Comet writes by itself. */
export const ownOthers: ReadonlySet<string> = new Set(['Name', 'offline_experiment', 'hasNestedParams', 'Created from']);
