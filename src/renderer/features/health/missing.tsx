// Metrics that runs of this kind usually log and these do not.

import type { Run } from '../../../core/model/run';
import { Empty } from '../../widgets/states';

export function MissingMetrics({ runs }: { readonly runs: readonly Run[] }) {
  return <Empty title={`Not known for ${runs.length}`} />;
}
