// Every ready guess knows the logs that it is for, wins over the others there, and reads them to the values that stand in them.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { guessFile, textGuesses } from '../../../src/core/mapping/guess';
import { parseMapping } from '../../../src/core/mapping/parse';
import { mappingText } from '../../../src/core/mapping/write';
import { scriptedTree } from '../../../src/core/source/scripted';
import { allIssues, readTree } from '../../support/read';

const folder = 'test/core/mapping/logs';
const logs = readdirSync(folder).filter((name) => name.endsWith('.log'));
const ownerOf = (log: string) =>
  textGuesses
    .map(({ meta }) => meta.id)
    .filter((id) => log.replace('.log', '') === id || log.startsWith(`${id}-`))
    .sort((a, b) => b.length - a.length)[0];

/** Series of each log: name → points, first and last value, last step. */
const answers: Record<string, Record<string, readonly [count: number, first: number, last: number, step: number | null]>> = {
  'nanogpt.log': { 'train/loss': [3, 4.2874, 3.2874, 20], 'val/loss': [3, 4.2823, 3.4823, 20], loss: [21, 4.2653, 3.2653, 20], time_ms: [21, 52.1, 54.1, 20] },
  'fairseq.log': {
    'train_inner/loss': [4, 9, 7.5, 400],
    'train_inner/lr': [4, 1e-4, 4e-4, 400],
    'valid/loss': [2, 7.5, 6.5, 400],
    'valid/best_loss': [1, 6.5, 6.5, 400],
    'train/loss': [2, 8.4, 7.4, 400],
    'train/wall': [2, 22, 44, 400],
  },
  'fairseq-json.log': { 'train_inner/loss': [4, 9, 7.5, 400], valid_loss: [2, 7.5, 6.5, 400], train_ppl: [2, 256, 128, 400] },
  'mmcv.log': { loss: [4, 1.15, 0.5, 200], loss_rpn_cls: [4, 0.5, 0.25, 200], memory: [4, 3421, 3421, 200], 'val/bbox_mAP': [2, 0.1, 0.2, 200] },
  'mmengine.log': { loss: [4, 1.6, 0.65, 40], lr: [4, 0.01, 0.01, 40], 'val/accuracy/top1': [2, 41.5, 42.5, 40], 'val/time': [2, 0.001, 0.001, 40] },
  'keras.log': { loss: [3, 2.09, 0.5567, 3], accuracy: [3, 0.605, 0.805, 3], val_loss: [3, 2, 0.6667, 3], val_accuracy: [3, 0.55, 0.75, 3] },
  'keras-verbose2.log': { loss: [3, 2.09, 0.5567, 3], val_accuracy: [3, 0.55, 0.75, 3] },
  'keras-terminal.log': { loss: [3, 2.09, 0.5567, 3], val_loss: [3, 2, 0.6667, 3] },
  'pytorch-mnist.log': { 'train/loss': [6, 2.3, 0.95, 61280], 'test/loss': [2, 0.5, 0.25, 61280], 'test/correct': [2, 9400, 9800, 61280] },
  'pytorch-imagenet.log': { 'train/Loss': [4, 6.9, 5.8, 111], 'train/Acc@1': [4, 1.5, 2.5, 111], 'val/Acc@1': [2, 2.5, 3.5, 111] },
  'huggingface.log': { loss: [3, 1.7667, 1.1, 3], eval_accuracy: [3, 0.6, 0.8, 3], train_loss: [1, 1.43, 1.43, 3] },
  'timm.log': { 'train/loss': [6, 6.9, 5.41, 199], 'train/lr': [6, 1e-5, 2e-5, 199], 'eval/acc1': [2, 12.5, 13.5, 199], 'eval/loss': [2, 5.6, 4.6, 199] },
  'yolo.log': { 'train/box_loss': [2, 1.2, 0.6, 2], 'metrics/mAP50-95': [2, 0.54, 0.64, 2], gpu_mem: [2, 0.59, 0.59, 2] },
  'xgboost.log': { 'train-rmse': [6, 0.5, 0.08333, 5], 'eval-rmse': [6, 0.6, 0.1, 5] },
  'xgboost-lightgbm.log': { "training's l2": [4, 3.18108, 1.26118, 12], "valid's l1": [4, 1.45059, 0.929889, 12] },
  'key-value.log': { loss: [8, 0.41, 0.0512, 8], 'val acc': [8, 0.6, 1.3, 8] },
  'key-value-epochs.log': { 'train loss': [3, 1, 0.3333, 3], 'val loss': [3, 1.2, 0.4, 3] },
};

test('every guess has a log, and every log an answer', () => {
  expect(textGuesses.map(({ meta }) => meta.id).filter((id) => !logs.some((log) => ownerOf(log) === id))).toEqual([]);
  expect(logs).toEqual(Object.keys(answers).sort());
});

describe.each(logs)('%s', (log) => {
  const bytes = new Uint8Array(readFileSync(`${folder}/${log}`));

  test('is guessed, and nothing else is surer', () => {
    expect(guessFile(bytes, true)[0]?.id).toBe(ownerOf(log));
  });

  test('is guessed from its first half as well', () => {
    expect(guessFile(bytes.subarray(0, bytes.length / 2), false)[0]?.id).toBe(ownerOf(log));
  });

  test('gives the series that stand in it', async () => {
    const [guess] = guessFile(bytes, true);
    const text = mappingText({ mappings: [{ ...guess!.mapping, files: ['*.log'] }] });
    expect(mappingText(parseMapping(text).document!)).toBe(text);
    const read = await readTree(scriptedTree({ [log]: bytes, 'diptych.mapping.json': text }));
    expect(read.runs.length).toBe(1);
    const series = new Map(read.runs[0]!.run.series.map((one) => [one.name, one]));
    for (const [name, [count, first, last, step]] of Object.entries(answers[log]!)) {
      const { count: counted, first: from, last: to, lastStep } = series.get(name) ?? {};
      expect({ name, count: counted, first: from, last: to, step: lastStep }).toEqual({ name, count, first, last, step });
    }
    expect(allIssues(read).filter(({ severity }) => severity === 'warn' || severity === 'critical')).toEqual([]);
  });
});
