// R30: are metric definition and evaluation settings recorded?

import type { Series } from '../../model/run';
import { paramEvidence, paramsLike } from '../evidence';
import { andRecord, inFramework, logParams } from '../fixes';
import { type ChecklistItem, partial, pass, unknown } from '../item';

const definition =
  /^(average|averaging|threshold|iou_thr\w*|conf_thr\w*|top_?k|num_beams|bleu_signature|metric_for_best_model|(eval_)?metric(_name|s)?|eval_config|monitor)$/i;
const amount =
  /^(n|eval_(samples|iters|steps_count|size)|n_eval\w*|n(um)?_?(val|test|eval)(_(samples|examples|size))?|(val|test|eval)_(size|samples|examples))$/i;
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
    const defined = paramsLike(run, definition);
    const amounts = paramsLike(run, amount);
    const evidence = paramEvidence([...defined, ...amounts]);
    const metrics = run.series.filter(evaluated);
    if (defined.length > 0 && amounts.length > 0 && metrics.length > 0) return pass('How it was evaluated and on how many examples is recorded.', evidence);
    if (evidence.length > 0)
      return partial(
        defined.length > 0
          ? 'Evaluation settings are recorded, the number of examples is not.'
          : 'The number of examples is recorded, how the metric is computed is not.',
        evidence,
      );
    return metrics.length > 0
      ? partial(
          'Metrics are named, how they are computed is not recorded.',
          metrics.slice(0, 5).map(({ name }) => ({ file: 'metrics', where: name })),
        )
      : unknown('Unknown: no validation or test metric was logged.');
  },
  fix: (framework, tracker) =>
    andRecord(
      inFramework(
        'Record averaging, thresholds, k and the number of evaluated examples, with the version of the library that computes.',
        {
          transformers: 'evaluation = {"average": "macro", "n": len(eval_set), "evaluate": evaluate.__version__}',
          keras: 'evaluation = {m.name: m.get_config() for m in model.metrics} | {"n": n_val}',
          sklearn: 'evaluation = {"scoring": "f1_macro", "n": len(X_test), "sklearn": sklearn.__version__}',
          boosting: 'evaluation = {"eval_metric": params["eval_metric"], "n": dval.num_row()}',
          jax: 'evaluation = {"average": "macro", "n": n_val}',
          pytorch: 'evaluation = {"average": "macro", "n": len(val), "torchmetrics": torchmetrics.__version__}',
        },
        framework,
      ),
      logParams('evaluation', tracker),
    ),
  examples: [
    { run: { params: { average: 'macro' } }, verdict: 'partial' },
    { run: {}, verdict: 'unknown' },
  ],
};
