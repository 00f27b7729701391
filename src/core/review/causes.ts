// Which rules of different engines say the same thing. Data: a cause is one item of the review with everything that is known of it.

export interface Cause {
  readonly id: string;
  readonly title: string;
  readonly rules: readonly string[];
}

/** A rule stands in one cause at most; those that stand in none are a cause of their own, called as the rule is. Titles say what is wrong. */
export const causes: readonly Cause[] = [
  { id: 'diverged', title: 'Training diverged', rules: ['A-01', 'A-02', 'A-03', 'X-04'] },
  { id: 'spikes', title: 'The loss spikes', rules: ['A-04', 'A-05'] },
  { id: 'past-the-best', title: 'Trained past the best', rules: ['A-11', 'A-25', 'A-26'] },
  { id: 'leakage', title: 'Training and evaluation data may not be separate', rules: ['A-15', 'E-25', 'E-42'] },
  { id: 'not-stored', title: 'Metrics of the training are not stored as curves', rules: ['E-01', 'E-02', 'E-05', 'E-06', 'expected/train-loss'] },
  { id: 'validation', title: 'Too little is known of held-out data', rules: ['A-27', 'E-07', 'expected/val-loss'] },
  { id: 'task-metric', title: 'The metric of the task is not logged', rules: ['E-08', 'expected/accuracy'] },
  { id: 'learning-rate', title: 'The learning rate is not logged', rules: ['E-09', 'expected/learning-rate'] },
  { id: 'gradient-norm', title: 'The gradient norm is not logged', rules: ['E-30', 'expected/grad-norm'] },
  { id: 'params', title: 'The record of settings is not complete', rules: ['E-03', 'E-04', 'E-38', 'R24', 'R25'] },
  { id: 'seed', title: 'The seed is not set, or not recorded', rules: ['E-10', 'E-11', 'E-12', 'R01', 'R02'] },
  { id: 'data-order', title: 'Data order and loader workers are not controlled', rules: ['E-13', 'R04'] },
  { id: 'determinism', title: 'Kernels may differ from run to run', rules: ['E-14', 'R03', 'X-02'] },
  { id: 'seed-spread', title: 'How much repeats differ is not known well', rules: ['R05', 'R31', 'R-08', 'X-07', 'groups'] },
  { id: 'split', title: 'The split may not be made again', rules: ['E-15', 'R07'] },
  { id: 'data-version', title: 'Which data were used is not fully recorded', rules: ['E-16', 'R06'] },
  { id: 'base-model', title: 'The base model is not pinned', rules: ['E-17', 'R29'] },
  { id: 'code-version', title: 'Which code ran is not fully recorded', rules: ['E-18', 'R11', 'R12', 'R13', 'R14'] },
  { id: 'environment', title: 'The environment is not fully recorded', rules: ['E-19', 'E-20', 'N-03', 'R16', 'R17', 'R18'] },
  { id: 'checkpoints', title: 'The evaluated model may not be kept', rules: ['E-21', 'E-22', 'R27', 'R28'] },
  { id: 'comparability', title: 'Runs that cannot be compared', rules: ['X-06', 'G-12'] },
  { id: 'secrets', title: 'Secrets or personal paths are in code or records', rules: ['E-35', 'R26', 'N-04'] },
  { id: 'step-axis', title: 'The step axis is not in order', rules: ['A-35', 'E-32', 'E-39'] },
  { id: 'notebook', title: 'The notebook cannot be run again in order', rules: ['N-01', 'N-02', 'N-05', 'R15'] },
  { id: 'metric-names', title: 'Metric names are not of one style', rules: ['G-01', 'E-31'] },
  { id: 'run-metadata', title: 'Runs are hard to find and to tell apart', rules: ['G-03', 'G-06', 'G-14', 'E-34', 'R32'] },
  { id: 'volume', title: 'Too much, too little or irregularly logged', rules: ['G-04', 'G-05', 'E-33'] },
  { id: 'E-23', title: 'The model is chosen by training or test values', rules: ['E-23'] },
  { id: 'E-24', title: 'Test data are scored during training', rules: ['E-24'] },
  { id: 'E-26', title: 'Scored in training mode, or with gradients', rules: ['E-26'] },
  { id: 'E-27', title: 'Gradients or schedule are stepped out of order', rules: ['E-27'] },
  { id: 'E-28', title: 'The logged loss is not the loss of the epoch', rules: ['E-28'] },
  { id: 'activation', title: 'The activation does not fit the loss', rules: ['E-29', 'E-41'] },
  { id: 'E-37', title: 'The training data are not shuffled', rules: ['E-37'] },
  { id: 'E-40', title: 'A metric is called what it is not', rules: ['E-40'] },
  { id: 'G-02', title: 'One param has several names', rules: ['G-02'] },
  { id: 'G-07', title: 'Seeds of one configuration share no group', rules: ['G-07'] },
  { id: 'G-08', title: 'The status of runs does not tell the truth', rules: ['G-08'] },
  { id: 'G-09', title: 'Large files are kept twice or for ever', rules: ['G-09'] },
  { id: 'G-13', title: 'One metric has several units', rules: ['G-13'] },
  { id: 'R08', title: 'How the data were prepared is not recorded', rules: ['R08'] },
  { id: 'R09', title: 'Size and class counts of the data are not logged', rules: ['R09'] },
  { id: 'R10', title: 'That training and evaluation data are separate is not shown', rules: ['R10'] },
  { id: 'R19', title: 'The container image is not pinned', rules: ['R19'] },
  { id: 'R20', title: 'The accelerator is not fully recorded', rules: ['R20'] },
  { id: 'R21', title: 'Duration and compute are not fully recorded', rules: ['R21'] },
  { id: 'R22', title: 'Parallel layout and precision are not fully recorded', rules: ['R22'] },
  { id: 'R23', title: 'The exact command is not recorded', rules: ['R23'] },
  { id: 'R30', title: 'How the metric was computed is not fully recorded', rules: ['R30'] },
  { id: 'N-06', title: 'The training lives in a notebook alone', rules: ['N-06'] },
  { id: 'ignored-files', title: 'What runs write lies in the repository', rules: ['G-10'] },
  { id: 'E-36', title: 'Files are opened that could run code, or are too large', rules: ['E-36'] },
];

/** Items that are about order and names, whatever engine says them: all practices, and these. */
export const organizational: ReadonlySet<string> = new Set(['metric-names', 'run-metadata', 'volume', 'ignored-files', 'notebook', 'E-40', 'N-06']);

const byRule = new Map(causes.flatMap((cause) => cause.rules.map((rule) => [rule, cause] as const)));

export const causeOf = (rule: string): Cause | null => byRule.get(rule) ?? null;
