// How to log a metric in the run's own framework and tracker: a few lines of code that can be pasted.

import { type Computation, computations } from './computations';
import type { Framework } from './framework';
import type { Tracker } from './tracker';

/** One call that writes a number with its step, by tracker. `writer`, `run` and the like are the objects that its tutorial makes. */
const calls: Readonly<Record<Tracker, (name: string, value: string) => string>> = {
  mlflow: (name, value) => `mlflow.log_metric("${name}", ${value}, step=step)`,
  wandb: (name, value) => `run.log({"${name}": ${value}}, step=step)`,
  tensorboard: (name, value) => `writer.add_scalar("${name}", ${value}, step)`,
  'neptune-scale': (name, value) => `run.log_metrics({"${name}": ${value}}, step=step)`,
  neptune: (name, value) => `run["${name}"].append(${value}, step=step)`,
  comet: (name, value) => `experiment.log_metric("${name}", ${value}, step=step)`,
  clearml: (name, value) => `logger.report_scalar("${titleOf(name)}", "${seriesOf(name)}", value=${value}, iteration=step)`,
  aim: (name, value) => `run.track(${value}, name="${name}", step=step)`,
  trackio: (name, value) => `trackio.log({"${name}": ${value}}, step=step)`,
  swanlab: (name, value) => `swanlab.log({"${name}": ${value}}, step=step)`,
  dvclive: (name, value) => `live.log_metric("${name}", ${value})  # then live.next_step()`,
  sacred: (name, value) => `_run.log_scalar("${name}", ${value}, step)`,
  csv: (name, value) => `row["${name}"] = ${value}  # a column of its own, written with the step: csv.DictWriter(...).writerow(row)`,
  jsonl: (name, value) => `log.write(json.dumps({"step": step, "${name}": ${value}}) + "\\n")`,
};

const titleOf = (name: string): string => name.split('/')[0] as string;
const seriesOf = (name: string): string => name.split('/').slice(1).join('/') || name;

/** Writes one number: the call of the tracker, or of Lightning, whose logger writes to any. */
export function logLine(name: string, value: string, framework: Framework | null, tracker: Tracker | null): string {
  if (framework === 'lightning') return `self.log("${name}", ${value})`;
  return calls[tracker ?? 'csv'](name, value);
}

/** Lines that compute and log a metric, in the run's own framework and tracker. */
export function metricSnippet(metric: Computation, framework: Framework | null, tracker: Tracker | null): string {
  const { name, value, ...ways } = computations[metric];
  const language = framework ?? 'pytorch';
  const bare = (name.split('/').at(-1) as string).replaceAll('-', '_');
  switch (language) {
    case 'transformers':
      return ways.transformers
        ? `def compute_metrics(p):  # Trainer(compute_metrics=compute_metrics) logs it as eval_${bare}\n    return {"${bare}": ${ways.transformers}}`
        : logLine(name, value, framework, tracker);
    case 'keras':
      return ways.keras
        ? `model.compile(..., metrics=[${ways.keras}])  # logged as val_* where validation data is given`
        : logLine(name, value, framework, tracker);
    case 'boosting':
      return ways.boosting ?? logLine(name, value, framework, tracker);
    case 'sklearn':
      return ways.sklearn ? logLine(name, ways.sklearn, framework, tracker) : logLine(name, value, framework, tracker);
    case 'jax':
      return logLine(name, value, framework, tracker);
    case 'lightning':
      return ways.torch
        ? `self.metric = ${ways.torch}  # in __init__\n${(ways.torchUpdate ?? 'metric.update(preds, target)  # in validation_step').replaceAll('metric.', 'self.metric.')}\nself.log("${name}", self.metric, on_epoch=True)`
        : logLine(name, value, framework, tracker);
    case 'pytorch':
      return ways.torch
        ? `metric = ${ways.torch}\n${ways.torchUpdate ?? 'metric.update(preds, target)  # each validation batch'}\n${logLine(name, ways.torchValue ?? 'metric.compute().item()', framework, tracker)}`
        : logLine(name, value, framework, tracker);
  }
}
