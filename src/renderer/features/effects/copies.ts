// Tables of this tab as text that a spreadsheet takes, at full precision.

import type { GroupStudy } from '../../../core/groups/study';
import { groupLabel } from '../../../core/view/group-words';

const line = (cells: readonly (string | number | null | undefined)[]): string => cells.map((cell) => String(cell ?? '').replace(/[\t\r\n]/g, ' ')).join('\t');

export const groupsTsv = (study: GroupStudy): string =>
  [
    line(['group', 'n', 'mean', 'low', 'high', 'sd', 'failed']),
    ...study.groups.map((group) =>
      line([groupLabel(group), group.values.length, group.mean, group.interval?.[0], group.interval?.[1], group.sd, group.failed]),
    ),
  ].join('\n');
