// Tables of trials drawn from functions with a known best place.

import { type Random, randomOf } from '../../../src/core/base/random';
import type { Values } from '../../../src/core/model/values';
import type { Trial, TrialTable } from '../../../src/core/trials/trial';

export const trial = (id: string, params: Values, value: number | null, more: Partial<Trial> = {}): Trial => ({
  id,
  name: id,
  params,
  value,
  seed: null,
  circumstances: {},
  durationMs: null,
  ...more,
});

export const tableOf = (trials: readonly Trial[], more: Partial<TrialTable> = {}): TrialTable => ({
  metric: 'val_loss',
  direction: 'min',
  reading: 'last',
  seedParam: 'seed',
  trials,
  ...more,
});

/** Best at lr 0.01, batch size 64 and adam; momentum exists with sgd alone; log_every does nothing. */
export function bowl(params: Values): number {
  const lr = Math.log10(params.lr as number) + 2;
  const batch = Math.log2(params.batch_size as number) - 6;
  return 0.5 + 0.3 * lr ** 2 + 0.02 * batch ** 2 + (params.optimizer === 'sgd' ? 0.1 + 0.2 * (0.9 - (params.momentum as number)) : 0);
}

export function drawnParams(random: Random): Values {
  const optimizer = random.next() < 0.5 ? 'adam' : 'sgd';
  return {
    lr: Number((10 ** (-4 + 4 * random.next())).toPrecision(2)),
    batch_size: 2 ** (4 + random.integer(5)),
    optimizer,
    ...(optimizer === 'sgd' ? { momentum: random.integer(10) / 10 } : {}),
    log_every: 10 * (1 + random.integer(9)),
    epochs: 20,
  };
}

export function drawnTable(n: number, noise = 0.02, seed = 'drawn'): TrialTable {
  const random = randomOf(seed);
  return tableOf(
    Array.from({ length: n }, (_, i) => {
      const params = drawnParams(random);
      return trial(`r${i}`, params, bowl(params) + noise * random.normal(), { seed: String(i) });
    }),
  );
}
