// The run list on the left.

import { useRuns } from '../../queries/use-runs';

export function RunList() {
  const runs = useRuns();
  return <p>{runs.length} runs</p>;
}
