// How a fix is said: in the calls of the run's framework, and in the words of the tracker that must record it.

import type { Framework } from '../advice/framework';
import type { Fix } from './item';

/** Family of the reader (`mlflow`, `wandb`, …): who must record it. */
export type TrackerFamily = string;

type ByFramework = Partial<Readonly<Record<Framework, string>>>;

const onTorch: ReadonlySet<Framework> = new Set(['lightning', 'transformers', 'pytorch']);

/** The lines for the run's framework; PyTorch's where it is not known or built on it. */
export function inFramework(text: string, lines: ByFramework, framework: Framework | null): Fix {
  const own = framework === null ? lines.pytorch : (lines[framework] ?? (onTorch.has(framework) ? lines.pytorch : undefined));
  return own === undefined ? { text } : { text, code: own };
}

/** The lines for the run's tracker; those for plain files where it has no place of its own. */
export function inTracker(text: string, lines: Readonly<Record<'mlflow' | 'wandb' | 'files', string>>, tracker: TrackerFamily | undefined): Fix {
  if (tracker === 'mlflow' || tracker === 'wandb') return { text, code: lines[tracker] };
  return { text, code: tracker === undefined ? lines.mlflow : lines.files };
}

/** Adds to a fix what the tracker needs to record it. */
export const andRecord = (fix: Fix, lines: string): Fix => ({ text: fix.text, code: fix.code === undefined ? lines : `${fix.code}\n${lines}` });

/** How a value becomes a param of the run. */
export const logParam = (key: string, value: string, tracker: TrackerFamily | undefined): string =>
  tracker === 'wandb'
    ? `wandb.config.update({"${key}": ${value}})`
    : tracker === 'mlflow' || tracker === undefined
      ? `mlflow.log_param("${key}", ${value})`
      : `json.dump({"${key}": ${value}}, open(f"{log_dir}/config.json", "w"))   # beside the log, together with the other settings`;

/** As `logParam`, for a dictionary: one param for each of its members, so that each can be compared. */
export const logParams = (name: string, tracker: TrackerFamily | undefined): string =>
  tracker === 'mlflow' || tracker === undefined
    ? `mlflow.log_params({f"${name}.{key}": value for key, value in ${name}.items()})`
    : logParam(name, name, tracker);

/** A run.json beside the log, for formats that have no place for it. */
export const runJson = (entry: string): string =>
  `json.dump({${entry}}, open(f"{log_dir}/run.json", "w"))   # beside the log, with commit, command, seed and packages`;
