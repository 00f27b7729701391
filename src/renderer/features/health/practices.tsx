// How the runs are kept: names, intervals, tags, artifacts.

import type { Run } from '../../../core/model/run';
import { Empty } from '../../widgets/states';

export function Practices({ runs }: { readonly runs: readonly Run[] }) {
  return <Empty title={`Not known for ${runs.length}`} />;
}
