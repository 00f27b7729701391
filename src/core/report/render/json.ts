// The report document itself, for other programs and for making the report again.

import { jsonText } from '../../base/json-write';
import type { ReportRenderer } from '../renderer';

export const renderer: ReportRenderer = {
  meta: { id: 'json', extension: 'json', title: 'Report document', mime: 'application/json' },
  render: (document) => `${jsonText(document)}\n`,
};
