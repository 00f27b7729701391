// Code that logs a metric: every framework with every tracker, names and calls as their own manuals write them.
import { expect, test } from 'vitest';
import { computations } from '../../../src/core/advice/computations';
import type { Framework } from '../../../src/core/advice/framework';
import { metricSnippet } from '../../../src/core/advice/log-metric';
import { type Tracker, trackerOf } from '../../../src/core/advice/tracker';
import { runFromText } from '../../support/run-from-text';

const frameworks: readonly Framework[] = ['lightning', 'transformers', 'keras', 'jax', 'pytorch', 'boosting', 'sklearn'];
const trackers: readonly Tracker[] = ['mlflow', 'wandb', 'tensorboard', 'neptune', 'neptune-scale', 'comet', 'clearml', 'aim', 'trackio', 'swanlab', 'csv'];

test('every metric has lines in every framework and tracker, with balanced brackets', () => {
  for (const metric of Object.keys(computations) as (keyof typeof computations)[]) {
    for (const framework of [...frameworks, null]) {
      for (const tracker of [...trackers, null]) {
        const code = metricSnippet(metric, framework, tracker);
        expect(code, metric).not.toMatch(/undefined|null/);
        for (const [open, close] of ['()', '[]', '{}'].map((pair) => [...pair] as [string, string])) {
          expect(code.split(open).length, `${metric} ${framework} ${tracker}: ${code}`).toBe(code.split(close).length);
        }
      }
    }
  }
});

test('PyTorch writes with the tracker’s own call', () => {
  const last = (tracker: Tracker): string | undefined => metricSnippet('accuracy', 'pytorch', tracker).split('\n').at(-1);
  expect(last('wandb')).toBe('run.log({"val/accuracy": metric.compute().item()}, step=step)');
  expect(last('tensorboard')).toBe('writer.add_scalar("val/accuracy", metric.compute().item(), step)');
  expect(last('neptune')).toBe('run["val/accuracy"].append(metric.compute().item(), step=step)');
});

test('Lightning, Transformers and Keras write to any tracker by themselves', () => {
  expect(metricSnippet('accuracy', 'lightning', 'mlflow')).toContain('self.log("val/accuracy", self.metric, on_epoch=True)');
  expect(metricSnippet('macro-f1', 'transformers', 'wandb')).toContain('compute_metrics');
  expect(metricSnippet('accuracy', 'keras', 'tensorboard')).toContain('model.compile(..., metrics=["accuracy"])');
});

test('the tracker is that of the records read', () => {
  const of = (format: string): Tracker | null => trackerOf(runFromText('step loss\n0 1', { format }));
  expect([of('mlflow-sqlite'), of('neptune-scale'), of('neptune-export'), of('lightning'), of('huggingface'), of('wandb')]).toEqual([
    'mlflow',
    'neptune-scale',
    'neptune',
    'csv',
    null,
    'wandb',
  ]);
});
