// Small files of every reader of text, and the same text written otherwise: what comes out must be the same.

import type { ReadRun } from '../../src/core/model/run';
import { scriptedTree } from '../../src/core/source/scripted';
import { readTree, type WasRead } from './read';

/** Files of one run as text, by what reads them. */
export const textFiles: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'a CSV log with settings in YAML': { 'r/log.csv': 'step,loss,größe\n0,1.5,2\n10,-0.25,3\n20,0.125,4\n', 'r/config.yaml': 'optim:\n  lr: 0.1\nname: größe\n' },
  'JSON lines with settings in JSON': {
    'r/log.jsonl': '{"step": 0, "loss": 1.5}\n{"step": 10, "größe": -0.25}\n',
    'r/config.json': '{\n "lr": 0.1,\n "name": "größe"\n}\n',
  },
  'a JSON history': { 'r/history.json': '{\n "loss": [1.5, 0.5, 0.25],\n "größe": [1, 2, 3]\n}\n' },
  'Keras’ CSVLogger': { 'r/training.log': 'epoch,accuracy,loss,val_accuracy,val_loss\n0,0.5,1.5,0.25,2.0\n1,0.75,0.5,0.5,1.0\n' },
  'W&B’s panel': { 'r/x.csv': '"Step","größe - loss","größe - loss__MIN","größe - loss__MAX"\n"0","1.5","1.5","1.5"\n"1","0.5","0.5","0.5"\n' },
  'MLflow’s chart': { 'r/x.csv': '"Run","Run ID","metric","step","timestamp","value"\n"größe","1f","loss","0","1795420000000","1.5"\n' },
  'TensorBoard’s CSV': { 'r/run-größe-tag-loss.csv': 'Wall time,Step,Value\n1795420000.5,0,1.5\n1795420001.5,1,0.5\n' },
  'TensorBoard’s JSON': { 'r/run-größe-tag-loss.json': '[[1795420000.5, 0, 1.5],\n [1795420001.5, 1, 0.5]]' },
  'DVC’s table': { 'r/x.csv': 'Experiment,rev,typ,Created,parent,loss,lr\ngröße,9e44559,branch_base,2026-11-23T09:08:50,,0.5,0.1\n' },
  'DVC’s JSON': {
    'r/x.json':
      '[{"rev": "9e44559be8beb70cde53db28bd54cf5f32e30d6a", "name": "größe",\n "data": {"metrics": {"m.json": {"data": {"loss": 0.5}}}, "params": {"p.yaml": {"data": {"lr": 0.1}}}}}]',
  },
};

export type Write = (text: string) => Uint8Array;

export const utf8: Write = (text) => new TextEncoder().encode(text);

/** Reads files, each written in some way. */
export function readTexts(files: Readonly<Record<string, string>>, write: Write = utf8, named?: string): Promise<WasRead> {
  const bytes = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, write(text)]));
  return readTree(scriptedTree(bytes, named === undefined ? {} : { named }));
}

/** What a run says, however its files were written: everything but its id, which may come from the bytes. */
export const sayings = ({ runs }: WasRead) =>
  runs.map(({ run: { name, params, summary, status, format, series }, points }: ReadRun) => ({
    format,
    name,
    status,
    params,
    summary,
    series: series.map(({ name, context }, at) => ({ name, context, steps: points[at]!.steps, values: points[at]!.values, times: points[at]!.times })),
  }));

/** Codes of all issues, sorted, each once. */
export const codes = ({ runs, issues }: WasRead): string[] =>
  [...new Set([...issues, ...runs.flatMap(({ run }) => run.issues)].map(({ code }) => code))].sort();
