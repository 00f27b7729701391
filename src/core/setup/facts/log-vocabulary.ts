// What the calls of trackers do: their dotted names as a table.

export type LogKind =
  /** Begins a run. */
  | 'init'
  | 'metrics'
  | 'params'
  | 'artifact'
  | 'model'
  | 'media'
  | 'histogram'
  | 'data'
  | 'tags'
  /** The tracker records by itself from here on. */
  | 'autolog'
  | 'watch'
  /** Says which metric is the step of others. */
  | 'axis'
  | 'finish';

export interface LogWord {
  readonly tracker: string;
  readonly name: RegExp;
  readonly kind: LogKind;
  /** Where names and values stand: `dict` the first argument (or `key`), `pair` name then value, `keywords`. */
  readonly shape?: 'dict' | 'pair' | 'keywords' | 'object';
  /** The argument that is the step: a keyword, or a position. */
  readonly step?: { readonly keyword: string; readonly at?: number };
  /** Each call is a step of its own when none is given. */
  readonly counts?: boolean;
}

const word = (tracker: string, kind: LogKind, name: RegExp, more: Partial<LogWord> = {}): LogWord => ({ tracker, kind, name, ...more });

const mlflow = '(?:mlflow(?:\\.tracking)?(?:\\.\\w*[Cc]lient)?|mlflow\\.start_run)';
const wandb = '(?:wandb(?:\\.(?:run|init|sdk\\.\\w+\\.Run|Run))?)';
const writer = '(?:(?:torch\\.utils\\.tensorboard|tensorboardX)(?:\\.writer)?\\.SummaryWriter)';
const re = (prefix: string, rest: string) => new RegExp(`^${prefix}\\.${rest}$`);

/** Looked through in order: the first that fits counts. */
export const logWords: readonly LogWord[] = [
  word('mlflow', 'init', /^mlflow\.(start_run|set_experiment)$/),
  word('mlflow', 'metrics', re(mlflow, 'log_metrics'), { shape: 'dict', step: { keyword: 'step', at: 1 } }),
  word('mlflow', 'metrics', /^mlflow(\.tracking)?\.\w*[Cc]lient\.log_metric$/, { shape: 'pair', step: { keyword: 'step', at: 4 } }),
  word('mlflow', 'metrics', re(mlflow, 'log_metric'), { shape: 'pair', step: { keyword: 'step', at: 2 } }),
  word('mlflow', 'params', re(mlflow, 'log_params'), { shape: 'dict' }),
  word('mlflow', 'params', re(mlflow, 'log_param'), { shape: 'pair' }),
  word('mlflow', 'data', re(mlflow, 'log_input')),
  word('mlflow', 'model', /^mlflow\.\w+\.(log_model|save_model)$/),
  word('mlflow', 'media', re(mlflow, 'log_(figure|image|table)')),
  word('mlflow', 'params', re(mlflow, 'log_dict'), { shape: 'dict' }),
  word('mlflow', 'artifact', re(mlflow, 'log_(artifacts?|text)')),
  word('mlflow', 'tags', re(mlflow, 'set_tags?')),
  word('mlflow', 'autolog', /^mlflow(\.\w+)?\.autolog$/),
  word('mlflow', 'finish', /^mlflow\.end_run$/),
  word('wandb', 'init', /^wandb\.init$|\bloggers(\.wandb)?\.WandbLogger$/),
  word('wandb', 'metrics', re(wandb, 'log'), { shape: 'dict', step: { keyword: 'step', at: 1 }, counts: true }),
  word('wandb', 'params', re(wandb, 'config\\.(update|setdefaults)'), { shape: 'dict' }),
  word('wandb', 'metrics', re(wandb, 'summary\\.update'), { shape: 'dict', counts: true }),
  word('wandb', 'axis', re(wandb, 'define_metric')),
  word('wandb', 'watch', re(wandb, 'watch')),
  word('wandb', 'data', re(wandb, 'use_artifact')),
  word('wandb', 'artifact', re(wandb, '(save|log_artifact|log_model)')),
  word('wandb', 'finish', re(wandb, 'finish')),
  word('neptune', 'init', /^neptune(\.new)?\.(init|init_run)$|^neptune_scale\.Run$/),
  word('neptune', 'metrics', /^neptune(\.new)?\.(init|init_run)(\[\])+\.(append|log|extend)$/, { shape: 'object', step: { keyword: 'step' }, counts: true }),
  word('neptune', 'metrics', /^neptune_scale\.Run\.log_metrics$/, { shape: 'dict', step: { keyword: 'step', at: 1 } }),
  word('neptune', 'params', /^neptune_scale\.Run\.log_configs$/, { shape: 'dict' }),
  word('neptune', 'data', /^neptune(\.new)?\.(init|init_run)(\[\])+\.track_files$/),
  word('neptune', 'artifact', /^neptune(\.new)?\.(init|init_run)(\[\])+\.(upload|upload_files)$/),
  word('neptune', 'finish', /^neptune(\.new)?\.(init|init_run)\.stop$|^neptune_scale\.Run\.close$/),
  word('tensorboard', 'init', new RegExp(`^${writer}$`)),
  word('tensorboard', 'init', /^tensorflow\.summary\.create_file_writer$/),
  word('tensorboard', 'metrics', re(writer, 'add_scalars?'), { shape: 'pair', step: { keyword: 'global_step', at: 2 } }),
  word('tensorboard', 'metrics', /^tensorflow(\.compat\.v[12]|\.contrib)?\.summary\.scalar$/, { shape: 'pair', step: { keyword: 'step', at: 2 } }),
  word('tensorboard', 'metrics', /^tensorflow(\.compat\.v1)?\.(summary|train)\.(FileWriter|SummaryWriter)\.add_summary$/, {
    step: { keyword: 'global_step', at: 1 },
  }),
  word('tensorboard', 'params', re(writer, 'add_hparams'), { shape: 'dict' }),
  word('tensorboard', 'params', re(writer, 'add_text'), { shape: 'pair' }),
  word('tensorboard', 'histogram', re(writer, 'add_histogram')),
  word('tensorboard', 'media', re(writer, 'add_(image|images|figure|video|audio|embedding|graph)')),
  word('tensorboard', 'init', /^flax\.metrics\.tensorboard\.SummaryWriter$|^clu\.metric_writers\.\w+$/),
  word('tensorboard', 'metrics', /^flax\.metrics\.tensorboard\.SummaryWriter\.scalar$/, { shape: 'pair', step: { keyword: 'step', at: 2 } }),
  word('tensorboard', 'params', /^flax\.metrics\.tensorboard\.SummaryWriter\.hparams$/, { shape: 'dict' }),
  word('visdom', 'metrics', /^visdom\.Visdom\.(line|scatter)$/, { shape: 'object', counts: true }),
  word('clearml', 'init', /^(clearml|trains)\.Task\.init$/),
  word('clearml', 'metrics', /^(clearml|trains)\..*report_scalar$/, { shape: 'pair', step: { keyword: 'iteration', at: 3 } }),
  word('clearml', 'params', /^(clearml|trains)\.Task\.init\.(connect|connect_configuration|set_parameters?)$/, { shape: 'dict' }),
  word('clearml', 'data', /^clearml\.Dataset\.get$/),
  word('comet', 'init', /^comet_ml\.(Experiment|OfflineExperiment|ExistingExperiment|start)$/),
  word('comet', 'metrics', /^comet_ml\.\w+\.log_metrics$/, { shape: 'dict', step: { keyword: 'step' }, counts: true }),
  word('comet', 'metrics', /^comet_ml\.\w+\.log_metric$/, { shape: 'pair', step: { keyword: 'step', at: 2 }, counts: true }),
  word('comet', 'params', /^comet_ml\.\w+\.log_parameters$/, { shape: 'dict' }),
  word('comet', 'params', /^comet_ml\.\w+\.log_parameter$/, { shape: 'pair' }),
  word('comet', 'data', /^comet_ml\.\w+\.log_dataset_(hash|info)$/),
  word('dvclive', 'init', /^dvclive\.Live$/),
  word('dvclive', 'metrics', /^dvclive\.Live\.log_metric$/, { shape: 'pair', counts: true }),
  word('dvclive', 'params', /^dvclive\.Live\.log_params$/, { shape: 'dict' }),
  word('dvclive', 'params', /^dvclive\.Live\.log_param$/, { shape: 'pair' }),
  word('dvclive', 'artifact', /^dvclive\.Live\.log_artifact$/),
  word('aim', 'init', /^aim(\.sdk)?\.Run$/),
  word('aim', 'metrics', /^aim(\.sdk)?\.Run\.track$/, { shape: 'object', step: { keyword: 'step' }, counts: true }),
  word('swanlab', 'init', /^swanlab\.init$/),
  word('swanlab', 'metrics', /^swanlab(\.init)?\.log$/, { shape: 'dict', step: { keyword: 'step', at: 1 }, counts: true }),
  word('swanlab', 'params', /^swanlab\.config\.update$/, { shape: 'dict' }),
  word('trackio', 'init', /^trackio\.init$/),
  word('trackio', 'metrics', /^trackio(\.init)?\.log$/, { shape: 'dict', step: { keyword: 'step', at: 1 }, counts: true }),
  word('sacred', 'init', /^sacred\.Experiment$/),
  word('sacred', 'metrics', /^(sacred\.Experiment|sacred\.run\.Run)\.log_scalar$|(^|\.)_run\.log_scalar$/, {
    shape: 'pair',
    step: { keyword: 'step', at: 2 },
    counts: true,
  }),
  word('labml', 'init', /^labml\.experiment\.(create|record|start)$/),
  word('labml', 'metrics', /^labml\.tracker\.(save|add)$/, { shape: 'pair', counts: true }),
  word('labml', 'params', /^labml\.experiment\.configs$/, { shape: 'object' }),
  word('labml', 'model', /^labml\.experiment\.(add_pytorch_models|add_model_savers|save_checkpoint)$/),
  word('ray', 'metrics', /^ray\.(tune|train|air)(\.session)?\.report$/, { shape: 'dict', counts: true }),
  word('accelerate', 'init', /^accelerate\.Accelerator\.init_trackers$/),
  word('accelerate', 'metrics', /^accelerate\.Accelerator\.log$/, { shape: 'dict', step: { keyword: 'step', at: 1 } }),
  word('lightning', 'metrics', /\bLightningModule\.log_dict$/, { shape: 'dict', counts: true }),
  word('lightning', 'metrics', /\bLightningModule\.log$/, { shape: 'pair', counts: true }),
  word('lightning', 'params', /\bLightningModule\.save_hyperparameters$/, { shape: 'object' }),
  word('optuna', 'metrics', /^optuna(\.\w+)*\.report$/, { shape: 'object', counts: true }),
];
