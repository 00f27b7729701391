// R30: are metric definition and evaluation settings recorded?

import type { Series } from '../../model/run';
import { paramEvidence, paramsLike } from '../evidence';
import { type ChecklistItem, partial, pass, unknown } from '../item';

const setting =
  /^(average|averaging|threshold|iou_thr\w*|conf_thr\w*|top_?k|eval_(batch_size|steps|iters|samples|config)|n_eval\w*|num_beams|bleu_signature|metric_for_best_model)$/i;
const evaluated = (series: Series): boolean => !series.system && (series.split === 'val' || series.split === 'test');

export const item: ChecklistItem = {
  meta: {
    id: 'R30',
    question: 'Are the metric’s definition and the evaluation settings recorded?',
    section: 'evaluation',
    weight: 'high',
    reference: 'NeurIPS paper checklist; ACL checklist',
  },
  check({ run }) {
    const found = paramsLike(run, setting);
    const metrics = run.series.filter(evaluated);
    if (found.length >= 2 && metrics.length > 0) return pass('Evaluation settings are recorded beside the metrics.', paramEvidence(found));
    if (found.length > 0) return partial('Some evaluation settings are recorded.', paramEvidence(found));
    return metrics.length > 0
      ? partial(
          'Metrics are named, how they are computed is not recorded.',
          metrics.slice(0, 5).map(({ name }) => ({ file: 'metrics', where: name })),
        )
      : unknown('Unknown: no validation or test metric was logged.');
  },
  fix: () => ({
    text: 'Log averaging, thresholds, k and the number of evaluated examples.',
    code: 'log_params({"eval.average": "macro", "eval.n": len(val), "torchmetrics": torchmetrics.__version__})',
  }),
  examples: [
    { run: { params: { average: 'macro' } }, verdict: 'partial' },
    { run: {}, verdict: 'unknown' },
  ],
};
