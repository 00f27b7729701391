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

const shownPlaces = 3;
const count = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`;

/**
 * “12 files; 2 trainings (PyTorch: train.py:41, tune.py:9), recorded by Weights & Biases.” Where nothing trains, that is said: then rules about
 * training have nothing to find.
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
  return `${files}; ${count(trainings.length, 'training')} (${listed(trainings)})${trackers.length > 0 ? `, recorded by ${trackers.join(', ')}` : ', and no tracker in use'}.`;
}

/** “PyTorch: train.py:41, tune.py:9; Keras: fit.py:3”, a few places of each framework. */
function listed(all: SetupReview['trainings']): string {
  const each = [...new Set(all.map(({ framework }) => framework))].map((framework) => {
    const places = [...new Set(all.filter((one) => one.framework === framework).map(({ place }) => placeText(place)))];
    const rest = places.length - shownPlaces;
    return `${titleOf(framework)}: ${places.slice(0, shownPlaces).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  });
  return each.join('; ');
}
