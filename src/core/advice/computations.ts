// How each expected metric is computed in the common libraries, kept as data.

export interface Ways {
  /** Name to log it under. */
  readonly name: string;
  /** Plain expression where no library computes it. */
  readonly value: string;
  /** A torchmetrics object. */
  readonly torch?: string;
  /** Its number, where `metric.compute()` is not one. */
  readonly torchValue?: string;
  /** How it is fed, where that is not `metric.update(preds, target)`. */
  readonly torchUpdate?: string;
  /** An expression over `p` in Transformers' compute_metrics. */
  readonly transformers?: string;
  /** A metric for Keras' compile. */
  readonly keras?: string;
  readonly sklearn?: string;
  /** Lines for XGBoost, LightGBM or CatBoost. */
  readonly boosting?: string;
}

const table = {
  'train-loss': { name: 'train/loss', value: 'loss.item()' },
  'val-loss': {
    name: 'val/loss',
    value: 'val_loss',
    sklearn: 'log_loss(y_val, model.predict_proba(X_val))',
    boosting: 'eval_set=[(X_train, y_train), (X_val, y_val)]  # both curves are kept: model.evals_result()',
  },
  accuracy: {
    name: 'val/accuracy',
    value: 'correct / total',
    torch: 'torchmetrics.classification.MulticlassAccuracy(num_classes, average="micro")',
    transformers: '(p.predictions.argmax(-1) == p.label_ids).mean()',
    keras: '"accuracy"',
    sklearn: 'accuracy_score(y_val, model.predict(X_val))',
    boosting: 'eval_metric="merror"  # XGBoost; LightGBM: metric="multi_error"; CatBoost: eval_metric="Accuracy"',
  },
  'macro-f1': {
    name: 'val/f1_macro',
    value: 'f1_score(targets, preds, average="macro")',
    torch: 'torchmetrics.classification.MulticlassF1Score(num_classes, average="macro")',
    transformers: 'f1_score(p.label_ids, p.predictions.argmax(-1), average="macro")',
    keras: 'keras.metrics.F1Score(average="macro")',
    sklearn: 'f1_score(y_val, model.predict(X_val), average="macro")',
  },
  auroc: {
    name: 'val/auroc',
    value: 'roc_auc_score(targets, scores, multi_class="ovr")',
    torch: 'torchmetrics.classification.MulticlassAUROC(num_classes)',
    keras: 'keras.metrics.AUC(name="auroc")',
    sklearn: 'roc_auc_score(y_val, model.predict_proba(X_val), multi_class="ovr")',
    boosting: 'eval_metric="auc"  # LightGBM: metric="auc"; CatBoost: eval_metric="AUC"',
  },
  map50: { name: 'val/mAP50', value: 'map50', torch: 'torchmetrics.detection.MeanAveragePrecision()', torchValue: 'metric.compute()["map_50"].item()' },
  map: { name: 'val/mAP50-95', value: 'map50_95', torch: 'torchmetrics.detection.MeanAveragePrecision()', torchValue: 'metric.compute()["map"].item()' },
  miou: {
    name: 'val/mIoU',
    value: 'iou_per_class.mean()',
    torch: 'torchmetrics.segmentation.MeanIoU(num_classes)',
    keras: 'keras.metrics.OneHotMeanIoU(num_classes)',
  },
  'grad-norm': { name: 'train/grad_norm', value: 'torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm).item()' },
  'learning-rate': { name: 'train/lr', value: 'scheduler.get_last_lr()[0]' },
  tokens: { name: 'train/tokens_seen', value: 'tokens_seen' },
  throughput: { name: 'train/tokens_per_second', value: 'tokens / seconds' },
  perplexity: { name: 'val/perplexity', value: 'math.exp(val_loss)' },
  bleu: {
    name: 'val/bleu',
    value: 'sacrebleu.corpus_bleu(hypotheses, [references]).score',
    torch: 'torchmetrics.text.SacreBLEUScore()',
    transformers: 'sacrebleu.corpus_bleu(decoded(p.predictions), [decoded(p.label_ids)]).score',
  },
  r2: {
    name: 'val/r2',
    value: 'r2_score(targets, preds)',
    torch: 'torchmetrics.R2Score()',
    transformers: 'r2_score(p.label_ids, p.predictions)',
    keras: 'keras.metrics.R2Score()',
    sklearn: 'r2_score(y_val, model.predict(X_val))',
  },
  mae: {
    name: 'val/mae',
    value: 'np.abs(preds - targets).mean()',
    torch: 'torchmetrics.MeanAbsoluteError()',
    transformers: 'np.abs(p.predictions.squeeze() - p.label_ids).mean()',
    keras: '"mae"',
    sklearn: 'mean_absolute_error(y_val, model.predict(X_val))',
    boosting: 'eval_metric="mae"  # LightGBM: metric="l1"; CatBoost: eval_metric="MAE"',
  },
  ndcg: {
    name: 'val/ndcg@10',
    value: 'ndcg_at_10',
    torch: 'torchmetrics.retrieval.RetrievalNormalizedDCG(top_k=10)',
    torchUpdate: 'metric.update(scores, relevant, indexes=user_ids)  # each validation batch',
  },
  'eval-return': {
    name: 'eval/mean_reward',
    value: 'evaluate_policy(model, eval_env, n_eval_episodes=20)[0]',
  },
  'episode-return': { name: 'rollout/ep_rew_mean', value: 'np.mean(last_returns)' },
  'episode-length': { name: 'rollout/ep_len_mean', value: 'np.mean(last_lengths)' },
  'env-steps': { name: 'time/total_timesteps', value: 'env_steps' },
  entropy: { name: 'train/entropy', value: 'dist.entropy().mean().item()' },
  fid: {
    name: 'val/fid',
    value: 'fid',
    torch: 'torchmetrics.image.fid.FrechetInceptionDistance()',
    torchUpdate: 'metric.update(real_images, real=True); metric.update(samples, real=False)  # log how many of each',
  },
  wer: {
    name: 'val/wer',
    value: 'jiwer.wer(references, hypotheses)',
    torch: 'torchmetrics.text.WordErrorRate()',
    transformers: 'jiwer.wer(decoded(p.label_ids), decoded(p.predictions))',
  },
  mase: { name: 'val/mase', value: 'np.abs(y - forecast).mean() / np.abs(y_train[m:] - y_train[:-m]).mean()' },
  nmi: { name: 'val/nmi', value: 'normalized_mutual_info_score(labels, clusters)', sklearn: 'normalized_mutual_info_score(labels, model.labels_)' },
  silhouette: { name: 'val/silhouette', value: 'silhouette_score(embeddings, clusters)', sklearn: 'silhouette_score(X, model.labels_)' },
  'task-metric': { name: 'eval/score', value: 'score', transformers: 'score(p.predictions, p.label_ids)' },
} satisfies Readonly<Record<string, Ways>>;

/** Id of a metric that Diptych can show how to log. */
export type Computation = keyof typeof table;

export const computations: Readonly<Record<Computation, Ways>> = table;
