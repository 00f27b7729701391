// Tasks for the stand-in: a usual one, numbers at the edge, more events than a page holds, media, one that has not begun, and an archived one.
import type { DrawnEvent, DrawnTask, Held } from './store';

const began = Date.parse('2026-03-01T10:00:00Z');
export const id = (digit: string): string => digit.repeat(32);
const at = (minutes: number): string => new Date(began + minutes * 60_000).toISOString().replace('Z', '000+00:00');

const scalar = (metric: string, variant: string, iter: number, value: number, timestamp = began + iter * 500): DrawnEvent => ({
  type: 'training_stats_scalar',
  metric,
  variant,
  iter,
  value,
  timestamp,
});

const single = (variant: string, value: number): DrawnEvent => scalar('Summary', variant, -(2 ** 31), value, began + 60_000);

const section = (name: string, values: Readonly<Record<string, string>>) => ({
  [name]: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { section: name, name: key, value, type: 'str', description: '' }])),
});

export const usual = {
  user: 'user1',
  company: 'lab',
  type: 'training',
  status: 'completed',
  status_reason: '',
  status_message: '',
  status_changed: at(60),
  comment: '',
  created: at(-1),
  started: at(0),
  completed: at(60),
  last_update: at(60),
  last_change: at(60),
  last_iteration: 0,
  parent: null as string | null,
  project: id('1'),
  output: { destination: null, result: null, error: null },
  execution: { parameters: {}, model_desc: {}, model_labels: {}, framework: null, artifacts: [] as readonly object[], queue: null },
  container: {},
  models: { input: [] as readonly object[], output: [] as readonly object[] },
  script: { binary: 'python', repository: '', entry_point: '', requirements: {} },
  tags: [] as readonly string[],
  system_tags: ['development'],
  hyperparams: {},
  configuration: {},
  runtime: {},
} as const;

const pip = '# Python 3.11.7 (main, Dec  4 2025, 18:10:11) [GCC 12.2.0]\n\nnumpy == 2.1.0\ntorch == 2.13.0\nclearml == 2.1.12\n';

export const drawnTasks = (): DrawnTask[] => drawn().map(noted);

const drawn = (): DrawnTask[] => [
  {
    task: {
      ...usual,
      id: id('a'),
      name: 'clean-wave-1 / größe',
      comment: 'the first – ök',
      tags: ['baseline', '作者'],
      last_iteration: 2499,
      hyperparams: {
        ...section('Args', { lr: '0.1', batch_size: '32', 'model/name': 'mlp', empty: '' }),
        ...section('General', { seed: '7', layers: '[3, 4]', note: 'NaN is a word here' }),
        ...section('Datasets', { mnist: id('d') }),
      },
      configuration: { 'OmegaConf YAML': { name: 'OmegaConf YAML', value: 'lr: 0.1\nopt:\n  name: adam\n', type: 'YAML', description: '' } },
      script: {
        binary: 'python3.11',
        repository: 'https://git.test/x.git',
        branch: 'main',
        version_num: 'c'.repeat(40),
        entry_point: 'train.py',
        working_dir: 'src',
        requirements: { pip, conda: '' },
        diff: 'diff --git a/src/train.py b/src/train.py\n--- a/src/train.py\n+++ b/src/train.py\n@@ -1 +1 @@\n-a\n+b\n',
      },
      container: { image: 'nvidia/cuda:12.4.1-runtime-ubuntu22.04', arguments: '', setup_shell_script: '' },
      runtime: {
        platform: 'linux',
        python_version: '3.11.7',
        OS: 'Linux-6.1.0-x86_64-with-glibc2.36',
        processor: 'x86_64',
        cpu_cores: 16,
        memory_gb: 62.7,
        hostname: 'lab-7',
        gpu_count: 2,
        gpu_type: 'NVIDIA A100-SXM4-40GB, NVIDIA A100-SXM4-40GB',
        gpu_memory: '40GB, 40GB',
        gpu_driver_version: '550.54',
        gpu_driver_cuda_version: '12.4',
      },
      execution: {
        ...usual.execution,
        artifacts: [
          artifact('summary', 'dict', 'https://files.test/lab/größe/clean.a/artifacts/summary/summary.json', 18),
          artifact('predictions', 'pandas', 's3://bucket/predictions.csv.gz', 12_345),
        ],
      },
      models: { input: [{ name: 'Input Model', model: id('7') }], output: [{ name: 'last', model: id('8') }] },
    },
    events: [
      ...Array.from({ length: 2500 }, (_, step) => [
        scalar('loss', 'train', step, 1 / (step + 1)),
        ...(step % 10 === 0 ? [scalar('accuracy', 'validation', step, step / 2500)] : []),
        ...(step % 100 === 0
          ? [scalar(':monitor:gpu', 'gpu_0_utilization', step / 10, step / 25), scalar(':monitor:machine', 'cpu_usage', step / 10, 12.5)]
          : []),
      ]).flat(),
      single('best_acc', 0.96),
      single('epochs', 12),
    ],
  },
  {
    task: {
      ...usual,
      id: id('b'),
      name: 'edge',
      status: 'failed',
      completed: null,
      status_changed: at(12),
      last_update: at(12),
      parent: id('a'),
      status_reason: 'Failed',
    },
    events: [
      ...[-0, 5e-324, 1e308, 1 / 3, 0, 9007199254740994, -1e-300].map((value, iter) => scalar('edge', 'value', iter, value)),
      ...[3, 2.5, 2.9, 0, 0, 0, 0].map((value, iter) => scalar('loss', 'total', iter * 10, value)),
      scalar('one', 'point', 7, 1),
      scalar('odd iterations', 'x', -5, 1),
      scalar('odd iterations', 'x', 2 ** 40, 2),
    ],
  },
  {
    // More than a page, iterations that many series share, and times that do not rise with them: a task that was continued.
    task: { ...usual, id: id('c'), name: 'long', status: 'in_progress', completed: null, last_iteration: 1999, last_update: at(61), project: id('2') },
    events: Array.from({ length: 2000 }, (_, step) =>
      Array.from({ length: 13 }, (__, series) => scalar('layers', `grad ${series}`, step, Math.sin(step * (series + 1)), began + ((step + 1000) % 2000) * 500)),
    ).flat(),
  },
  {
    task: { ...usual, id: id('e'), name: 'media', type: 'testing', status: 'published', published: at(70), last_update: at(70) },
    events: [
      plot('confusion', 'val', 1, {
        data: [
          {
            type: 'heatmap',
            z: [
              [5, 1],
              [0, 7],
            ],
          },
        ],
        layout: { title: 'confusion' },
      }),
      plot('table', 'predictions', 1, {
        data: [
          {
            type: 'table',
            header: { values: ['x', 'y'] },
            cells: {
              values: [
                [1, 2],
                [3, 4],
              ],
            },
          },
        ],
        layout: {},
      }),
      ...[0, 1, 2].map((iter) => image('samples', 'val', iter)),
    ],
  },
  {
    task: {
      ...usual,
      id: id('f'),
      name: 'waits',
      status: 'queued',
      started: null,
      completed: null,
      last_update: at(80),
      hyperparams: section('Args', { lr: '1' }),
    },
    events: [],
  },
  { task: { ...usual, id: id('9'), name: 'put away', system_tags: ['archived'], last_update: at(90) }, events: [scalar('loss', 'train', 0, 1)] },
];

function artifact(key: string, type: string, uri: string, size: number) {
  return {
    key,
    type,
    mode: 'output',
    uri,
    content_size: size,
    hash: 'e'.repeat(64),
    timestamp: began / 1000,
    type_data: { preview: '', content_type: 'application/json' },
    display_data: [],
  };
}

function plot(metric: string, variant: string, iter: number, figure: object): DrawnEvent {
  const text = JSON.stringify(figure);
  return { type: 'plot', metric, variant, iter, timestamp: began + iter, plot_str: text, plot_len: text.length };
}

function image(metric: string, variant: string, iter: number): DrawnEvent {
  const key = `${metric}_${variant}_${iter}.png`;
  return { type: 'training_debug_image', metric, variant, iter, timestamp: began + iter, key, url: `https://files.test/lab/media.e/metrics/${metric}/${key}` };
}

const model = (digit: string, name: string, uri: string | null, task: string | null, minutes: number) => ({
  ...{ id: id(digit), name, uri, task, created: at(minutes), framework: 'PyTorch', ready: false, company: 'lab', user: 'user1', labels: {}, tags: [] },
});

/** The server notes which kinds of events a metric has. */
function noted({ task, events }: DrawnTask): DrawnTask {
  const stats: Record<string, { metric: string; event_stats_by_type: Record<string, { last_update: number }> }> = {};
  for (const { metric, type, timestamp } of events) {
    stats[metric] ??= { metric, event_stats_by_type: {} };
    stats[metric].event_stats_by_type[type] = { last_update: timestamp };
  }
  return { task: { ...task, metric_stats: Object.fromEntries(Object.values(stats).map((one, at) => [`hash${at}`, one])) }, events };
}

export const drawnServer = (tasks = drawnTasks()): Held => ({
  projects: [
    { id: id('1'), name: 'lab/größe', basename: 'größe', company: 'lab', user: 'user1', last_update: at(70), created: at(-9) },
    { id: id('2'), name: 'lab/größe/deeper', basename: 'deeper', company: 'lab', user: 'user1', last_update: at(61), created: at(-8) },
    { id: id('3'), name: 'lab', basename: 'lab', company: 'lab', user: 'user1', last_update: at(-9), created: at(-9) },
  ],
  users: [{ id: 'user1', name: 'A. Researcher', company: { id: 'lab', name: 'lab' }, role: 'admin' }],
  models: [
    model('7', 'resnet18', 'https://files.test/models/resnet18.pt', null, -900),
    model('8', 'last', 'https://files.test/lab/größe/clean.a/models/last.pt', id('a'), 50),
    // Its name was given to another one since: only the model still says whose it is.
    model('6', 'best', 'https://files.test/lab/größe/clean.a/models/best%20one.pt', id('a'), 40),
  ],
  tasks,
});
