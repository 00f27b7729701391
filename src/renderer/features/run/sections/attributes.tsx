// All that the run holds as one tree by path, as Neptune's "All metadata" was.

import type { Run } from '../../../../core/model/run';
import { naturalOrder } from '../../../../core/view/attributes';
import type { RunSection } from '../../../registry/sections';
import { AttributeTree } from '../attributes/tree';

const Attributes = ({ run }: { readonly run: Run }) => <AttributeTree key={run.id} run={run} />;

export const section: RunSection = {
  meta: { id: 'attributes', title: 'All metadata', order: 15 },
  leads: ({ format }) => naturalOrder(format) === 'path',
  Component: Attributes,
};
