// What a model that has learned nothing scores: the chance level from the number of classes, and which curves can be held against it.

import { stemOf } from './main-series';
import { classesOf, paramNumber, paramSet } from './params';
import type { PreparedRun } from './prepared-run';
import type { PreparedSeries } from './prepared-series';

export interface ChanceLevel {
  readonly classes: number;
  /** Param that says so. */
  readonly key: string;
  /** ln C, in nats. */
  readonly entropy: number;
}

/** Metrics of tasks whose loss is no cross-entropy over the classes that params name. */
const otherTask = /\b(map|map50|ap50|iou|miou|dice|jaccard|box|bbox|r2|mae|rmse|mape|psnr|fid|bleu|wer|cer)\b/;

/**
 * The chance level of a classifier or language model; null where the number of classes is not known, or metrics show that the loss is something
 * else (detection names its classes too).
 */
export const chanceOf = (prepared: PreparedRun): ChanceLevel | null =>
  prepared.once('chance', () => {
    const classes = classesOf(prepared.run.params);
    if (!classes || prepared.family !== 'plain') return null;
    if (prepared.series.some((series) => otherTask.test(stemOf(series)))) return null;
    return { classes: classes.value, key: classes.key, entropy: Math.log(classes.value) };
  });

/** The loss is changed so that its level says nothing of chance. */
export const reweighted = (prepared: PreparedRun): boolean =>
  paramSet(prepared.run.params, /label_?smooth|focal|class_?weights?|loss_?weights?|pos_?weight|mixup|cutmix|temperature/);

/** Plain accuracy (not top-5) of a split as a share, with the factor that makes it one. */
export function plainAccuracy(prepared: PreparedRun, split: 'train' | 'val'): { readonly series: PreparedSeries; readonly factor: number } | null {
  const series = prepared
    .taskMetrics(split)
    .find(
      (one) =>
        one.role === 'accuracy' &&
        one.clean.values.length > 0 &&
        /^(acc|accuracy|top ?1|acc ?1|top|categorical accuracy|sparse categorical accuracy|binary accuracy|oacc)$/.test(stemOf(one)) &&
        !/top[-_ ]?[2-9]|acc(uracy)?[-_@ ]?[2-9]|@[2-9]/i.test(one.name),
    );
  return series ? { series, factor: shareFactor(prepared, series) } : null;
}

/** 0.01 where a metric of shares is logged in percent (values above 1.5, as accuracies of one name share their unit), else 1. */
export const shareFactor = (prepared: PreparedRun, series: PreparedSeries): number => ((prepared.kin(series)?.max ?? 0) > 1.5 ? 0.01 : 1);

/** Rows of the validation set where params say it. */
export const validationRows = (prepared: PreparedRun): number | null => {
  const found = paramNumber(
    prepared.run.params,
    /^(n_?val|num_?val|val_?size|n_?valid|validation_?size|eval_?size|n_?eval|num_?eval(_?samples)?|max_?eval_?samples|val_?samples|n_?test)$/,
  );
  return found && found.value >= 1 ? found.value : null;
};
