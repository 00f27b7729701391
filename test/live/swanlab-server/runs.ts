// Runs for the stand-in: a usual one with more scalars than one table holds, numbers at the edge, a clone, media, one that has just begun.
import type { DrawnRun } from './double';

const began = Date.parse('2026-03-01T10:00:00Z');

const curve = (count: number, value: (step: number) => number, every = 1) =>
  Array.from({ length: count }, (_, at) => [at * every, value(at * every), began + at * every * 500] as const);

const config = (values: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value], sort) => [name, { desc: '', sort, value }]));

const metadata = {
  _version: 2,
  runtime: {
    os: 'Linux-6.1',
    os_pretty: 'Debian',
    hostname: 'trainer-1',
    pid: 7,
    cwd: '/w',
    python_version: '3.11.7',
    python_executable: '/usr/bin/python3',
    command: 'train.py --lr 0.1',
  },
  hardware: { cpu: { brand: 'AMD EPYC', logical_count: 16 }, memory: { total: 64 }, accelerators: [{ name: 'NVIDIA A100' }] },
  git: { remote_url: 'https://git.example.com/lab/digits.git', branch: 'main', commit: 'a'.repeat(40) },
  swanlab: { version: '0.10.3', run_dir: '/w/swanlog' },
};

export const drawnRuns = (): DrawnRun[] => [
  { cuid: 'fresh00000000000000001', name: 'just begun', state: 'RUNNING', createdAt: '2026-03-06T10:00:00.000Z', profile: { config: config({ lr: 1 }) } },
  {
    cuid: 'usual00000000000000001',
    name: 'clean, "wave" / größe',
    state: 'FINISHED',
    description: 'the first',
    labels: ['baseline', '作者'],
    cluster: 'g1',
    job: 'train',
    createdAt: '2026-03-05T10:00:00.500Z',
    finishedAt: '2026-03-05T11:00:00.000Z',
    profile: {
      config: config({ lr: 0.1, model: { name: 'mlp', layers: [3, 4] }, seed: 7, note: 'NaN is a word here' }),
      metadata,
      requirements: 'numpy==2.1.0\ntorch==2.13.0\n# comment\n',
      conda: '',
    },
    scalars: {
      'train/loss': curve(2500, (step) => 1 / (step + 1)),
      loss: curve(30, (step) => 3 - step / 10),
      'val-loss': curve(30, (step) => 2 - step / 10, 10),
      ...Object.fromEntries(Array.from({ length: 17 }, (_, at) => [`layer.${at}/norm`, curve(5, (step) => at + step)])),
      '__swanlab__.cpu.pct': curve(5, (step) => step * 2),
    },
  },
  {
    cuid: 'edge000000000000000001',
    name: 'edge',
    state: 'CRASHED',
    createdAt: '2026-03-04T10:00:00.000Z',
    finishedAt: '2026-03-04T10:00:10.000Z',
    profile: { config: config({ tiny: 5e-324 }) },
    scalars: {
      value: [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324, 1e308, 1 / 3, -0, 2 ** 53 + 2].map(
        (value, step) => [step, value, began + step] as const,
      ),
      // One row for each step is what the server keeps.
      again: [
        [1, 1, began],
        [1, 2, began + 1],
      ],
      huge: [[9_007_199_254_740_993n, 0.5, began]],
    },
  },
  {
    cuid: 'clone00000000000000001',
    name: 'a clone',
    state: 'ABORTED',
    createdAt: '2026-03-05T12:00:00.000Z',
    finishedAt: '2026-03-05T12:00:00.000Z',
    root: 'usual00000000000000001',
  },
  {
    cuid: 'media00000000000000001',
    name: 'media',
    state: 'FINISHED',
    createdAt: '2026-03-03T10:00:00.000Z',
    finishedAt: '2026-03-03T10:01:00.000Z',
    scalars: { loss: curve(2, () => 1) },
    media: {
      samples: [
        {
          index: 0,
          files: [
            { path: 'media/image/000-a.png', caption: 'zero', text: 'png a' },
            { path: 'media/image/000-b.png', text: 'png b' },
          ],
        },
        { index: 5, files: [{ path: 'media/image/005-a.png', text: 'png c' }] },
      ],
      words: [{ index: 1, files: [{ path: 'media/text/001-x.txt', caption: 'größe', text: 'größe' }] }],
    },
  },
  { cuid: 'offline000000000000001', name: 'offline', state: 'OFFLINE', createdAt: '2026-03-02T10:00:00.000Z' },
];
