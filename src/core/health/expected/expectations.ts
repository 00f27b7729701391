// What runs of each kind of problem should log, minimum and advised, kept as data. Source: the common evaluation practice of each field.

import type { Computation } from '../../advice/computations';
import type { Split } from '../../model/run';
import type { DomainId } from './domains';

export interface Expectation {
  readonly id: string;
  readonly label: string;
  readonly level: 'minimum' | 'advised';
  /** Why it is worth having; one sentence. */
  readonly why: string;
  /** Metric names that satisfy it: words joined by blanks, a blank at both ends. */
  readonly names?: RegExp;
  /** Roles that satisfy it, with the splits where it counts. */
  readonly roles?: readonly string[];
  readonly splits?: readonly Split[];
  /** Params, artifacts, media or summary values that satisfy it. */
  readonly elsewhere?: RegExp;
  /** Steps of the return that are far more than its points count it. */
  readonly bySteps?: true;
  /** How it is computed; left out where no single number is meant. */
  readonly computed?: Computation;
}

const heldOut: readonly Split[] = ['val', 'test'];
/** A bare or unclear split may be the held-out one. */
const notTrain: readonly Split[] = ['val', 'test', 'other'];

const trainLoss: Expectation = {
  id: 'train-loss',
  label: 'training loss',
  level: 'minimum',
  why: 'Without it nobody sees whether the run learns at all.',
  roles: ['loss', 'perplexity'],
  splits: ['train', 'other'],
  names: / (train|training|learn) .*(loss|error|rmse|mae|mse) /,
  computed: 'train-loss',
};
const valLoss: Expectation = {
  id: 'val-loss',
  label: 'validation loss',
  level: 'minimum',
  why: 'Overfitting shows only against a held-out loss.',
  roles: ['loss', 'perplexity'],
  splits: heldOut,
  computed: 'val-loss',
};
const gradNorm: Expectation = {
  id: 'grad-norm',
  label: 'gradient norm',
  level: 'minimum',
  why: 'It grows before a loss spikes.',
  roles: ['grad-norm'],
  computed: 'grad-norm',
};
const learningRate: Expectation = {
  id: 'learning-rate',
  label: 'learning rate',
  level: 'minimum',
  why: 'Spikes, plateaus and late falls are read against the schedule.',
  roles: ['learning-rate'],
  computed: 'learning-rate',
};

export const expectations: Readonly<Record<DomainId, readonly Expectation[]>> = {
  classification: [
    trainLoss,
    valLoss,
    {
      id: 'accuracy',
      label: 'validation accuracy',
      level: 'minimum',
      why: 'The loss alone does not say how many answers are right.',
      roles: ['accuracy', 'score'],
      splits: notTrain,
      names: / (error|err|merror|err ?1) /,
      computed: 'accuracy',
    },
    {
      id: 'macro-f1',
      label: 'macro F1',
      level: 'advised',
      why: 'Accuracy hides classes that are never found.',
      names: / (f1|fscore|fbeta|bacc|balanced acc(uracy)?|mcc|matthews corr\S*|kappa|macc) /,
      computed: 'macro-f1',
    },
    {
      id: 'confusion',
      label: 'confusion matrix or per-class recall',
      level: 'advised',
      why: 'It shows which classes are mistaken for which.',
      names: / (confusion|recall|per class|tpr|sensitivity) /,
      elsewhere: /confusion|per.?class|classification.?report/i,
    },
    {
      id: 'auroc',
      label: 'AUROC or AUPRC where classes are imbalanced',
      level: 'advised',
      why: 'It does not depend on a threshold.',
      names: / (auc|auroc|auprc|aucpr|roc auc|average precision|prauc) /,
      computed: 'auroc',
    },
  ],
  detection: [
    trainLoss,
    { ...valLoss, level: 'advised', why: 'Losses by part on held-out images tell which head fails; some toolkits evaluate only the metric.' },
    {
      id: 'map50',
      label: 'mAP50',
      level: 'minimum',
      why: 'Losses of boxes do not say whether objects are found.',
      names: / (map ?50|map 0 5|map50|ap50|ap 50|mean ap 50|bbox (mean ap|ap)( 50)?) /,
      elsewhere: /map.?0?\.?50?\b/i,
      computed: 'map50',
    },
    {
      id: 'map',
      label: 'mAP50-95',
      level: 'minimum',
      why: 'It is what detectors are compared by.',
      names: / (map50 95|map 50 95|map 0 5 0 95|mean ap|bbox ap|ap|map) /,
      computed: 'map',
    },
    {
      id: 'precision-recall',
      label: 'precision and recall',
      level: 'advised',
      why: 'They tell missed objects from invented ones.',
      names: / (precision|recall|ar|ar\d+) /,
    },
    { id: 'image-size', label: 'image size', level: 'advised', why: 'mAP depends on it.', elsewhere: /imgsz|img_?size|image_?size|input_?size|resolution/i },
  ],
  segmentation: [
    trainLoss,
    valLoss,
    {
      id: 'miou',
      label: 'mean IoU or Dice',
      level: 'minimum',
      why: 'Pixel losses and accuracies look good on background alone.',
      names: / (miou|iou|dice|mdice|jaccard|mean iou)\S* /,
      computed: 'miou',
    },
    {
      id: 'class-iou',
      label: 'IoU by class',
      level: 'advised',
      why: 'A mean hides small classes.',
      names: / (iou|dice) (class )?\S+ /,
      elsewhere: /per.?class|iou.?by/i,
    },
    { id: 'boundary', label: 'boundary F1 or HD95', level: 'advised', why: 'Overlap says little about edges.', names: / (hd95|hausdorff|boundary|assd|nsd) / },
  ],
  'lm-pretraining': [
    trainLoss,
    { ...valLoss, label: 'validation loss, perplexity or bits per byte', names: / (bpb|bpc|bits per \S+) / },
    learningRate,
    gradNorm,
    {
      id: 'tokens',
      label: 'tokens seen',
      level: 'minimum',
      why: 'Runs of other batch sizes can be compared only by tokens.',
      names: / (tokens?( seen)?|consumed (tokens|samples)|num input tokens seen|ntokens( total)?|total tokens|n tokens) $/,
      computed: 'tokens',
    },
    {
      id: 'throughput',
      label: 'throughput or MFU',
      level: 'advised',
      why: 'A slow node or a starved loader shows here first.',
      roles: ['throughput'],
      computed: 'throughput',
    },
    { id: 'downstream', label: 'downstream evaluations', level: 'advised', why: 'A lower loss need not be a better model.', roles: ['accuracy', 'score'] },
  ],
  'fine-tuning': [
    trainLoss,
    { ...valLoss, label: 'evaluation loss' },
    {
      id: 'task-metric',
      label: 'a metric of the task',
      level: 'minimum',
      why: 'A lower loss on answers need not mean better answers.',
      roles: ['accuracy', 'score', 'error', 'reward'],
      computed: 'task-metric',
    },
    {
      id: 'base-model',
      label: 'base model and its revision',
      level: 'minimum',
      why: 'The result belongs to that base.',
      elsewhere: /base_?model|model_name|model_id|name_or_path|pretrained|checkpoint|^model(\.|$)/i,
    },
    {
      id: 'lora',
      label: 'LoRA rank and alpha, where used',
      level: 'advised',
      why: 'They decide the capacity.',
      elsewhere: /lora|peft|rank|adapter|full_?fine/i,
    },
    {
      id: 'baseline',
      label: 'the score before tuning',
      level: 'advised',
      why: 'Only against it is there a gain.',
      elsewhere: /baseline|before|zero.?shot|step_?0/i,
    },
  ],
  seq2seq: [
    trainLoss,
    valLoss,
    {
      id: 'bleu',
      label: 'BLEU, chrF or ROUGE',
      level: 'minimum',
      why: 'Token losses do not measure whole outputs.',
      names: / (bleu|sacrebleu|chrf|rouge\S*|meteor|comet|bertscore|ter) /,
      computed: 'bleu',
    },
    {
      id: 'length',
      label: 'length of outputs',
      level: 'advised',
      why: 'Outputs that grow too short win or lose BLEU by length.',
      names: / (gen len|length ratio|sys len|bp|brevity penalty) /,
    },
    {
      id: 'decoding',
      label: 'decoding params',
      level: 'advised',
      why: 'Beams and length penalty move the score.',
      elsewhere: /beam|length_penalty|decod|temperature|generation/i,
    },
  ],
  regression: [
    { ...trainLoss, roles: ['loss', 'error'] },
    { ...valLoss, label: 'validation MSE, MAE or loss', roles: ['loss', 'error'], splits: notTrain, computed: 'mae' },
    {
      id: 'r2',
      label: 'R²',
      level: 'advised',
      why: 'It says how much better than the mean the model is.',
      names: / (r2|r squared|r\^2|explained variance) /,
      computed: 'r2',
    },
    {
      id: 'scaling',
      label: 'scaling of the target',
      level: 'advised',
      why: 'Errors are in its units.',
      elsewhere: /scal|normali[sz]|standardi[sz]|target_(mean|std)/i,
    },
  ],
  recsys: [
    trainLoss,
    {
      id: 'ndcg',
      label: 'NDCG@k, Recall@k or HR@k',
      level: 'minimum',
      why: 'Rankings are judged at a cut-off, not by loss.',
      names: / (ndcg|recall|hr|hit|hits|mrr|map|precision)( at)?( \d+)? /,
      computed: 'ndcg',
    },
    {
      id: 'negatives',
      label: 'negative sampling',
      level: 'minimum',
      why: 'Metrics over sampled negatives cannot be compared with full rankings.',
      elsewhere: /neg|sampl|candidates|full_?rank/i,
    },
    {
      id: 'coverage',
      label: 'coverage or popularity bias',
      level: 'advised',
      why: 'A model may rank well by showing what is popular.',
      names: / (coverage|popularity|novelty|diversity|gini) /,
    },
  ],
  rl: [
    {
      id: 'episode-return',
      label: 'episode return',
      level: 'minimum',
      why: 'It is what is learned; losses of policy and value need not fall.',
      roles: ['reward'],
      computed: 'episode-return',
    },
    {
      id: 'episode-length',
      label: 'episode length',
      level: 'minimum',
      why: 'It tells early deaths from slow success.',
      names: / (ep|episode|episodic|mean ep|mean episode) (len|length|lengths)( mean)? /,
      computed: 'episode-length',
    },
    {
      id: 'eval-return',
      label: 'evaluation return with fixed seeds',
      level: 'minimum',
      why: 'Rollouts explore, and their mean lags behind.',
      roles: ['reward'],
      splits: heldOut,
      names: / (eval|evaluation|test) .*(rew|reward|return) /,
      computed: 'eval-return',
    },
    {
      id: 'env-steps',
      label: 'environment steps',
      level: 'minimum',
      why: 'Runs are compared by experience, not by updates.',
      names: / (total timesteps|timesteps total|num timesteps|env steps|environment steps|frames|num env steps sampled\S*|timesteps|global step) /,
      bySteps: true,
      elsewhere: /total_?timesteps|max_?steps|env_?steps/i,
      computed: 'env-steps',
    },
    {
      id: 'entropy',
      label: 'entropy of the policy',
      level: 'advised',
      why: 'It falls early when exploration dies.',
      names: / (entropy|entropy loss|ent coef) /,
      computed: 'entropy',
    },
    { id: 'kl', label: 'KL between updates', level: 'advised', why: 'Large steps precede collapse.', names: / (approx ?kl|old approx kl|kl|mean kl\S*) / },
    {
      id: 'explained-variance',
      label: 'explained variance of the value net',
      level: 'advised',
      why: 'At zero the baseline is no better than a constant.',
      names: / (explained variance|vf explained var) /,
    },
  ],
  generation: [
    { ...trainLoss, label: 'both losses, or the denoising loss', roles: ['loss', 'adversarial'] },
    {
      id: 'fid',
      label: 'FID or KID with sample count and reference set',
      level: 'minimum',
      why: 'Losses of such models say nothing about quality.',
      names: / (fid\S*|kid\S*|clip score|inception score|fvd|fad|is) /,
      elsewhere: /\b(fid|kid)\b/i,
      computed: 'fid',
    },
    { id: 'samples', label: 'grids of samples', level: 'advised', why: 'A glance shows collapse.', elsewhere: /sample|generated|grid|fake|image/i },
    { id: 'ema', label: 'decay of the averaged weights', level: 'advised', why: 'Quality is that of the average.', elsewhere: /ema/i },
  ],
  speech: [
    trainLoss,
    valLoss,
    {
      id: 'wer',
      label: 'WER or CER, with the text normaliser stated',
      level: 'minimum',
      why: 'The loss does not count wrong words.',
      names: / (wer|cer|eer|der|per|ter) /,
      computed: 'wer',
    },
    {
      id: 'condition',
      label: 'error by speaker or condition',
      level: 'advised',
      why: 'A mean hides who is not understood.',
      names: / (wer|cer) \S+ | \S+ \S+ (wer|cer) /,
      elsewhere: /per.?(speaker|condition)/i,
    },
  ],
  'time-series': [
    trainLoss,
    {
      id: 'mase',
      label: 'MAE, MASE, sMAPE or CRPS on held-out data',
      level: 'minimum',
      why: 'Losses on windows are not errors of forecasts.',
      names: / (mae|mase|smape|mape|crps|rmse|wql|w?quantile loss|pinball) /,
      splits: notTrain,
      computed: 'mase',
    },
    {
      id: 'naive',
      label: 'naive and seasonal-naive baseline',
      level: 'advised',
      why: 'Many models do not beat them.',
      names: / (naive|seasonal|baseline|mase) /,
      elsewhere: /naive|baseline/i,
    },
    {
      id: 'cut-off',
      label: 'cut-off dates',
      level: 'advised',
      why: 'They prove that the test lies in the future.',
      elsewhere: /cut.?off|(train|test|val)_?(end|start)|split_?date/i,
    },
  ],
  embedding: [
    { ...trainLoss, label: 'the objective' },
    {
      id: 'agreement',
      label: 'NMI, ARI, kNN accuracy or silhouette',
      level: 'minimum',
      why: 'Contrastive losses depend on batch and temperature.',
      names: / (nmi|ari|silhouette|knn|linear probe|probe|purity|recall \d+|davies bouldin|calinski harabasz) /,
      computed: 'nmi',
    },
    { id: 'clusters', label: 'number of clusters or dimensions', level: 'advised', why: 'Scores depend on it.', elsewhere: /cluster|n_components|embed|dim/i },
  ],
  trees: [
    {
      id: 'train-metric',
      label: 'training metric by iteration',
      level: 'minimum',
      why: 'The gap to validation shows when trees memorise.',
      names: / (train|training|learn|validation 0) \S+/,
      splits: ['train', 'val'],
      computed: 'val-loss',
    },
    {
      id: 'val-metric',
      label: 'validation metric by iteration',
      level: 'minimum',
      why: 'Without it the number of trees is a guess.',
      roles: ['loss', 'error', 'score', 'accuracy'],
      splits: notTrain,
      computed: 'val-loss',
    },
    {
      id: 'best-iteration',
      label: 'best iteration',
      level: 'advised',
      why: 'Predictions use it.',
      elsewhere: /best_?(iter|ntree|round|step)/i,
      names: / best iteration /,
    },
    { id: 'importance', label: 'feature importance', level: 'advised', why: 'It shows leaks and useless columns.', elsewhere: /importance|shap/i },
  ],
};
