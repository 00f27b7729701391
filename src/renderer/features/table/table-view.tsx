// The table of runs.

import { useRuns } from '../../queries/use-runs';

export function TableView() {
  return <p>{useRuns().length} runs</p>;
}
