// Ultralytics YOLO on the console; its results.csv is read by another reader.

import type { TextGuess } from '../guess';
import { plainMapping, plainRule, stepOf } from '../mapping';

export const guess: TextGuess = {
  meta: { id: 'yolo', title: 'YOLO console', source: 'detection trainer and validator of ultralytics 8' },
  certainty: 0.9,
  mapping: {
    ...plainMapping,
    step: stepOf('epoch'),
    lines: [
      {
        ...plainRule,
        pattern: String.raw`^\s*(?<epoch>\d+)/\d+\s+(?<gpu_mem>[\d.]+)G\s+(?<box_loss>\S+)\s+(?<cls_loss>\S+)\s+(?<dfl_loss>\S+)\s+\d+\s+\d+: 100%`,
        carry: ['epoch'],
        rename: { box_loss: 'train/box_loss', cls_loss: 'train/cls_loss', dfl_loss: 'train/dfl_loss' },
      },
      {
        ...plainRule,
        pattern: String.raw`^\s+all\s+\d+\s+\d+\s+(?<precision>\S+)\s+(?<recall>\S+)\s+(?<mAP50>\S+)\s+(?<mAP50_95>\S+)\s*$`,
        prefix: 'metrics/',
        rename: { mAP50_95: 'mAP50-95' },
      },
      { ...plainRule, pattern: String.raw`^\s*(?:Epoch\s+GPU_mem|Class\s+Images|\d+/\d+\s+[\d.]+G\s)`, to: 'nothing' },
    ],
  },
};
