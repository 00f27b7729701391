// A run on one line, as `diptych list --json` prints it.

import type { Run } from '../../core/model/run';
import { pointsOf } from '../tables';

export const runLineDocument = (run: Run): object => ({
  id: run.id,
  native_id: run.nativeId,
  path: run.path,
  format: run.format,
  name: run.name,
  experiment: run.experiment,
  status: run.status,
  series: run.series.length,
  points: pointsOf(run),
});
