// What W&B noted about itself and the libraries in use.

import { type WireFields, wire } from '../../formats/protobuf';

export interface Telemetry {
  python: string;
  /** Version of the wandb package. */
  client: string;
  /** Version of transformers. */
  transformers: string;
  /** Package names of imported frameworks. */
  readonly frameworks: Set<string>;
}

export const newTelemetry = (): Telemetry => ({ python: '', client: '', transformers: '', frameworks: new Set() });

/** Fields of Imports that name frameworks, by the name of their package. */
const imports: Readonly<Record<number, string>> = {
  1: 'torch',
  2: 'keras',
  3: 'tensorflow',
  4: 'fastai',
  5: 'scikit-learn',
  6: 'xgboost',
  7: 'catboost',
  8: 'lightgbm',
  9: 'pytorch-lightning',
  10: 'pytorch-ignite',
  11: 'transformers',
  12: 'jax',
  45: 'flax',
  63: 'timm',
  71: 'accelerate',
  83: 'diffusers',
  84: 'trl',
  98: 'peft',
  106: 'lightning',
};

/** Adds a TelemetryRecord. @throws malformed */
export function addTelemetry(telemetry: Telemetry, fields: WireFields, inner: WireFields): void {
  while (fields.next()) {
    if (fields.type !== wire.bytes) continue;
    if (fields.field === 1 || fields.field === 2) {
      for (inner.inside(fields); inner.next(); ) {
        const framework = imports[inner.field];
        if (framework !== undefined && inner.type === wire.varint && inner.bool) telemetry.frameworks.add(framework);
      }
    } else if (fields.field === 4) telemetry.python = fields.text || telemetry.python;
    else if (fields.field === 5) telemetry.client = fields.text || telemetry.client;
    else if (fields.field === 6) telemetry.transformers = fields.text || telemetry.transformers;
  }
}
