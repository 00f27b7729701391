// Code that fixes suggest, in the project's own tracker, and edits that put it where it belongs.

import type { Records } from './facts/records';
import type { TextEdit } from './finding';
import type { PyModule } from './python/module';
import type { Syntax } from './python/syntax';

/** Trackers with a call of their own, the first that a program stores metrics with; null where it writes files or nothing. */
export function trackerOf({ stores }: Pick<Records, 'stores'>): string | null {
  const named = stores.map(({ via }) => via).filter((via) => via in metricCalls);
  return named[0] ?? null;
}

const metricCalls: Readonly<Record<string, (name: string, value: string, step: string) => string>> = {
  mlflow: (name, value, step) => `mlflow.log_metric("${name}", ${value}, step=${step})`,
  wandb: (name, value) => `wandb.log({"${name}": ${value}})`,
  tensorboard: (name, value, step) => `writer.add_scalar("${name}", ${value}, ${step})`,
  swanlab: (name, value) => `swanlab.log({"${name}": ${value}})`,
  trackio: (name, value) => `trackio.log({"${name}": ${value}})`,
  neptune: (name, value) => `run["${name}"].append(${value})`,
  comet: (name, value, step) => `experiment.log_metric("${name}", ${value}, step=${step})`,
  clearml: (name, value, step) => `logger.report_scalar("${name.split('/')[0]}", "${name.split('/').at(-1)}", ${value}, ${step})`,
  aim: (name, value, step) => `run.track(${value}, name="${name}", step=${step})`,
  dvclive: (name, value) => `live.log_metric("${name}", ${value})`,
  sacred: (name, value, step) => `_run.log_scalar("${name}", ${value}, ${step})`,
  ray: (name, value) => `train.report({"${name}": ${value}})`,
  accelerate: (name, value, step) => `accelerator.log({"${name}": ${value}}, step=${step})`,
  lightning: (name, value) => `self.log("${name}", ${value})`,
};

/** One line that stores a value by step; without a tracker that has a call of its own, two that add a row to a CSV file. */
export function metricLine(tracker: string | null, name: string, value: string, step = 'epoch'): string {
  const call = metricCalls[tracker ?? ''];
  return call ? call(name, value, step) : `with open("metrics.csv", "a", newline="") as file:\n    csv.writer(file).writerow([${step}, "${name}", ${value}])`;
}

const paramCalls: Readonly<Record<string, (settings: string) => string>> = {
  mlflow: (settings) => `mlflow.log_params(${settings})`,
  wandb: (settings) => `wandb.config.update(${settings})`,
  tensorboard: (settings) => `writer.add_text("params", str(${settings}))`,
  swanlab: (settings) => `swanlab.config.update(${settings})`,
  neptune: (settings) => `run["parameters"] = ${settings}`,
  comet: (settings) => `experiment.log_parameters(${settings})`,
  clearml: (settings) => `task.connect(${settings})`,
  aim: (settings) => `run["hparams"] = ${settings}`,
  dvclive: (settings) => `live.log_params(${settings})`,
  accelerate: (settings) => `accelerator.init_trackers("project", config=${settings})`,
  lightning: () => 'self.save_hyperparameters()',
};

/** One line that stores settings; without a tracker, a JSON file beside the run. */
export const paramLine = (tracker: string | null, settings: string): string =>
  (paramCalls[tracker ?? ''] ?? ((all) => `Path("params.json").write_text(json.dumps(${all}, default=str))`))(settings);

/** How a module's settings are written as one value: what it parses, or a dictionary of its own. */
export function settingsWord({ code: { text } }: PyModule): string {
  if (/\bFLAGS\b/.test(text)) return 'FLAGS.flag_values_dict()';
  if (/\bargs\s*=/.test(text) || !/^\w/m.test(text)) return 'vars(args)';
  const named = /^[ \t]*(params?|hparams|hyper_?param(?:eter)?s|config|cfg|settings|PARAMS|CONFIG)\s*(?::[^=\n]*)?=\s*(?:\{|dict\()/m.exec(text)?.[1];
  return named ?? '{"learning_rate": learning_rate, "batch_size": batch_size, "epochs": epochs, "seed": seed}';
}

/** An edit of a module's text; in a notebook of the cell's. Null where it spans cells. */
export function editOf(module: PyModule, from: number, to: number, text: string): TextEdit | null {
  const { path, cells } = module.code;
  const cell = cells?.findLast((one) => one.from <= from);
  if (!cell) return { file: path, cell: null, from, to, text };
  const next = cells?.find((one) => one.from > cell.from);
  return next && to > next.from ? null : { file: path, cell: cell.cell, from: from - cell.from, to: to - cell.from, text };
}

/** The statement that a node is part of. */
export function statementOf(node: Syntax): Syntax {
  let at = node;
  while (at.parent && at.parent.type !== 'block' && at.parent.type !== 'module') at = at.parent;
  return at;
}

/** Puts lines after the statement that holds a node, as deep as it; none where the statement shares its line with others. */
export function linesAfter(module: PyModule, node: Syntax, lines: readonly string[]): readonly TextEdit[] {
  const statement = statementOf(node);
  const { text } = module.code;
  const start = text.lastIndexOf('\n', statement.from - 1) + 1;
  const indent = text.slice(start, statement.from);
  const end = text.indexOf('\n', statement.to);
  const rest = text.slice(statement.to, end < 0 ? text.length : end);
  if (!/^\s*$/.test(indent) || !/^\s*(#.*)?$/.test(rest)) return [];
  const at = end < 0 ? text.length : end;
  const edit = editOf(module, at, at, lines.map((line) => `\n${indent}${line}`).join(''));
  return edit ? [edit] : [];
}

/** Adds a keyword to a call, at the end of its arguments. */
export function keywordAdded(module: PyModule, call: Syntax, keyword: string): readonly TextEdit[] {
  const list = call.children.find(({ field }) => field === 'arguments');
  if (list?.type !== 'argument_list') return [];
  const { text } = module.code;
  const last = list.children.filter(({ type }) => type !== 'comment').at(-1);
  if (!last) {
    const empty = editOf(module, list.from + 1, list.from + 1, keyword);
    return empty ? [empty] : [];
  }
  if (last.type === 'dictionary_splat' || last.type === 'generator_expression') return [];
  const comma = /^\s*,/.test(text.slice(last.to, list.to));
  const edit = comma
    ? editOf(module, last.to + text.slice(last.to).indexOf(',') + 1, last.to + text.slice(last.to).indexOf(',') + 1, ` ${keyword},`)
    : editOf(module, last.to, last.to, `, ${keyword}`);
  return edit ? [edit] : [];
}
