// Runs for the stand-in: a usual one, numbers at the edge, sparse steps, media, and one that has just begun.
import type { DrawnRun } from './double';

const began = Date.parse('2026-03-01T10:00:00Z') / 1000;

/** Rows as W&B's server tells them: JSON text, in which numbers that JSON has not are words. */
const row = (step: number, values: Readonly<Record<string, unknown>>) => ({
  step,
  text: JSON.stringify({ ...values, _step: step, _runtime: step / 2, _timestamp: began + step / 2 }, (_, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  ),
});

const usual = {
  state: 'finished',
  summary: {},
  history: [],
  events: [],
  files: {},
  tags: [],
  createdAt: '2026-03-01T10:00:00Z',
  heartbeatAt: '2026-03-01T11:00:00Z',
} as const;

export const drawnRuns = (): DrawnRun[] => [
  {
    ...usual,
    name: 'abc123',
    displayName: 'clean-wave-1 / größe',
    config: { lr: 0.1, model: { name: 'mlp', layers: [3, 4] }, seed: 7, note: 'NaN is a word here' },
    summary: { loss: 0.25, 'val/acc': 0.9, _step: 2499, _runtime: 1249.5 },
    history: Array.from({ length: 2500 }, (_, step) => row(step, { loss: 1 / (step + 1), ...(step % 10 === 0 ? { 'val/acc': step / 2500 } : {}) })),
    events: Array.from({ length: 20 }, (_, at) =>
      JSON.stringify({ _timestamp: began + at * 15, _runtime: at * 15, 'system.cpu': at, 'system.gpu.0.gpu': at * 2 }),
    ),
    files: {
      'output.log': 'epoch 1\nepoch 2\n',
      'requirements.txt': 'numpy==2.1.0\ntorch==2.13.0\n',
      'wandb-metadata.json': JSON.stringify({
        os: 'Linux-6.1',
        python: 'CPython 3.11.7',
        program: 'train.py',
        args: ['--lr', '0.1'],
        git: { remote: 'https://git.test/x.git', commit: 'a'.repeat(40) },
        cpu_count: 4,
      }),
      'config.yaml': 'lr:\n  value: 0.1\n',
    },
    tags: ['baseline', '作者'],
    group: 'g1',
    notes: 'the first',
    commit: 'a'.repeat(40),
    artifacts: [
      { name: 'mnist', type: 'dataset', digest: 'd'.repeat(32), version: 3, used: true },
      { name: 'weights', type: 'model', digest: 'e'.repeat(32), version: 0, used: false },
    ],
  },
  {
    ...usual,
    name: 'edge77',
    displayName: 'edge',
    createdAt: '2026-03-02T10:00:00Z',
    state: 'crashed',
    config: { big: 9007199254740992, tiny: 5e-324 },
    history: [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324, 1e308, 1 / 3].map((value, step) =>
      row(step, { value, nested: { inner: step } }),
    ),
  },
  {
    ...usual,
    name: 'sparse1',
    displayName: 'sparse',
    createdAt: '2026-03-03T10:00:00Z',
    config: {},
    history: Array.from({ length: 60 }, (_, at) => row(at * 5000, { 'train/loss': 60 - at })),
  },
  {
    ...usual,
    name: 'media1',
    displayName: 'media',
    createdAt: '2026-03-04T10:00:00Z',
    config: {},
    history: [row(0, { text: 'not a number', picture: { _type: 'image-file', path: 'media/images/a.png', width: 1, height: 1, format: 'png' }, loss: 2 })],
    files: { 'media/images/a.png': 'not really a picture' },
  },
  { ...usual, name: 'fresh1', displayName: 'just begun', createdAt: '2026-03-05T10:00:00Z', state: 'running', config: { lr: 1 } },
];
