// What a review looked at, in one sentence: how many files, what trains where, and what records it.
import type { SetupReview } from './finding';
import { placeText } from './places';

const titles: Readonly<Record<string, string>> = {
  pytorch: 'PyTorch',
  lightning: 'Lightning',
  huggingface: 'Hugging Face Trainer',
  accelerate: 'Accelerate',
  keras: 'Keras',
  tensorflow: 'TensorFlow',
  jax: 'JAX',
  sklearn: 'scikit-learn',
  xgboost: 'XGBoost',
  lightgbm: 'LightGBM',
  catboost: 'CatBoost',
  ultralytics: 'Ultralytics',
  sb3: 'Stable-Baselines3',
  fastai: 'fastai',
  sbert: 'Sentence Transformers',
  library: 'a library',
  ray: 'Ray',
  mmengine: 'MMEngine',
  axolotl: 'Axolotl',
  llamafactory: 'LLaMA-Factory',
  torchtune: 'torchtune',
  nemo: 'NeMo',
  detectron2: 'Detectron2',
  mlflow: 'MLflow',
  wandb: 'Weights & Biases',
  tensorboard: 'TensorBoard',
  neptune: 'Neptune',
  comet: 'Comet',
  clearml: 'ClearML',
  aim: 'Aim',
  dvclive: 'DVCLive',
  swanlab: 'SwanLab',
  trackio: 'Trackio',
  sacred: 'Sacred',
  csv: 'CSV files',
  optuna: 'Optuna',
};

/** As the makers of a framework or tracker write its name. */
export const titleOf = (id: string): string => titles[id] ?? id;

/** A tracker that takes the fewest lines with a framework: what a team could begin with. */
const suggestions: Readonly<Record<string, string>> = {
  pytorch: 'MLflow needs one line in the loop, mlflow.log_metric(name, value, step=epoch)',
  accelerate: 'TensorBoard needs one argument, Accelerator(log_with="tensorboard")',
  lightning: 'MLflow needs one argument, Trainer(logger=MLFlowLogger())',
  huggingface: 'TensorBoard needs one argument, report_to="tensorboard"',
  sbert: 'TensorBoard needs one argument, report_to="tensorboard"',
  keras: 'MLflow needs one line before the fit, mlflow.tensorflow.autolog()',
  tensorflow: 'TensorBoard needs one line in the loop, tf.summary.scalar(name, value, step=epoch)',
  jax: 'MLflow needs one line in the loop, mlflow.log_metric(name, value, step=epoch)',
  sklearn: 'MLflow needs one line before the fit, mlflow.sklearn.autolog()',
  xgboost: 'MLflow needs one line before the fit, mlflow.xgboost.autolog()',
  lightgbm: 'MLflow needs one line before the fit, mlflow.lightgbm.autolog()',
  catboost: 'MLflow needs two lines beside the fit, mlflow.log_params(model.get_params()) and mlflow.log_metrics(model.get_best_score()["validation"])',
  ultralytics: 'MLflow needs one setting, yolo settings mlflow=True',
  sb3: 'TensorBoard needs one argument, tensorboard_log="runs"',
  fastai: 'TensorBoard needs one callback, cbs=TensorBoardCallback()',
};

const shownPlaces = 3;
/** A sentence with more places than this is a list that nobody reads: then frameworks are counted. */
const mostPlaces = 6;
const count = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`;

/**
 * “12 files; 2 trainings (PyTorch: train.py:41, tune.py:9), recorded by Weights & Biases.” Without a tracker, one is suggested that fits. Where
 * nothing trains, that is said: then rules about training have nothing to find.
 */
export function toldOf(reviews: readonly Pick<SetupReview, 'files' | 'trainings' | 'trackers' | 'recipes'>[]): string {
  const all = <T>(of: (review: (typeof reviews)[number]) => readonly T[]): readonly T[] => reviews.flatMap(of);
  const files = count(all((one) => one.files).length, 'file');
  const trainings = all((one) => one.trainings);
  const trackers = [...new Set(all((one) => one.trackers))].sort().map(titleOf);
  const recipes = all((one) => one.recipes);
  if (trainings.length === 0 && recipes.length > 0)
    return `${files}; no code here trains: ${listed(recipes)} ${recipes.length === 1 ? 'is a settings file that a framework trains' : 'are settings files that a framework trains'} from. Only what stands there was judged; what the framework does by itself was not seen.`;
  if (trainings.length === 0)
    return `${files}; no training was found: nothing that runs here takes an optimizer’s step or calls a known fit. Name the folder that also holds the script that trains.`;
  const told = `${files}; ${count(trainings.length, 'training')} (${listed(trainings)})`;
  return trackers.length > 0 ? `${told}, recorded by ${trackers.join(', ')}.` : `${told}, and no tracker in use.${suggestionFor(trainings)}`;
}

/** What the framework that trains most could begin with. */
function suggestionFor(trainings: SetupReview['trainings']): string {
  const known = [...new Set(trainings.map(({ framework }) => framework))].filter((framework) => suggestions[framework] !== undefined);
  const number = (framework: string): number => trainings.filter((one) => one.framework === framework).length;
  const [first] = known.sort((a, b) => number(b) - number(a));
  return first === undefined ? '' : ` For ${titleOf(first)}, ${suggestions[first]}.`;
}

/** “PyTorch: train.py:41, tune.py:9; Keras: fit.py:3”, a few places of each framework; “PyTorch 4, Keras 9” where those are too many. */
function listed(all: SetupReview['trainings']): string {
  const each = [...new Set(all.map(({ framework }) => framework))].map((framework) => {
    const of = all.filter((one) => one.framework === framework);
    return { framework, number: of.length, places: [...new Set(of.map(({ place }) => placeText(place)))] };
  });
  if (each.reduce((sum, { places }) => sum + Math.min(places.length, shownPlaces), 0) > mostPlaces)
    return each.map(({ framework, number }) => `${titleOf(framework)} ${number}`).join(', ');
  return each
    .map(({ framework, places }) => {
      const rest = places.length - shownPlaces;
      return `${titleOf(framework)}: ${places.slice(0, shownPlaces).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
    })
    .join('; ');
}
