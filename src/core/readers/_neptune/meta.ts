// Words and abilities of Neptune, whichever way its runs are kept.

import type { ReaderMeta } from '../../source/reader';

/** What all its readers say of themselves. What is recorded differs by way: see each reader. */
export const neptune = {
  family: 'neptune',
  tracker: { name: 'Neptune', short: 'Nep' },
  words: { experiment: 'project', param: 'field', metric: 'series' },
} as const satisfies Partial<ReaderMeta>;

/** What lies below these was written by Neptune itself and is no parameter. */
const internal = /^(?:sys|monitoring|source_code|runtime)\//;

export const isInternal = (path: string): boolean => internal.test(path);

/** Hardware and console series, which Neptune's own charts keep apart. */
export const isSystemSeries = (path: string): boolean => /^(?:monitoring|runtime|sys)\//.test(path);
