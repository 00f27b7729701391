// Words for trackers, short for where there is little room. A format that is not here is called by its id.

const words: Readonly<Record<string, readonly [short: string, long: string]>> = {
  'mlflow-file': ['MLflow', 'MLflow files'],
  'mlflow-sqlite': ['MLflow', 'MLflow database'],
  wandb: ['W&B', 'Weights & Biases'],
  tensorboard: ['TB', 'TensorBoard'],
  lightning: ['PL', 'Lightning'],
  huggingface: ['HF', 'Hugging Face'],
  csv: ['CSV', 'CSV'],
  jsonl: ['JSONL', 'JSON lines'],
  'diptych-bundle': ['Bundle', 'Diptych bundle'],
};

const wordsOf = (format: string): readonly [string, string] => (Object.hasOwn(words, format) ? words[format] : undefined) ?? [format, format];

export const trackerWord = (format: string): string => wordsOf(format)[0];
export const trackerName = (format: string): string => wordsOf(format)[1];
