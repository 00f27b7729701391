// Short words for trackers, where there is no room for a title. A format that is not here is called by its id.

const words: Readonly<Record<string, string>> = {
  'mlflow-file': 'MLflow',
  'mlflow-sqlite': 'MLflow',
  wandb: 'W&B',
  tensorboard: 'TB',
  lightning: 'PL',
  huggingface: 'HF',
  csv: 'CSV',
  jsonl: 'JSONL',
  'diptych-bundle': 'Bundle',
};

export const trackerWord = (format: string): string => (Object.hasOwn(words, format) ? (words[format] as string) : format);
