// Experiments for the stand-in: a usual one, numbers at the edge, curves that the service samples, an archived one, and one that has just begun.
import type { DrawnExperiment, DrawnPoint } from './double';

const began = Date.parse('2026-03-01T10:00:00Z');

const metadata = (experimentKey: string, experimentName: string | null, days: number, more: DrawnExperiment['metadata'] | object = {}) => ({
  archived: false,
  durationMillis: 60_000,
  startTimeMillis: began + days * 86_400_000,
  endTimeMillis: began + days * 86_400_000 + 60_000,
  experimentKey,
  experimentName,
  fileName: 'train.py',
  filePath: '/home/lab/train.py',
  optimizationId: null,
  projectId: 'p1',
  projectName: 'größe',
  running: false,
  hasCrashed: false,
  throttle: false,
  workspaceName: 'lab',
  ...more,
});

const point = (metricName: string, metricValue: string, step: DrawnPoint['step'], more: Partial<DrawnPoint> = {}): DrawnPoint => ({
  metricName,
  metricValue,
  timestamp: began + Number(step ?? 0) * 500,
  step,
  epoch: step === null ? null : Math.floor(Number(step) / 10),
  runContext: null,
  ...more,
});

const curve = (name: string, count: number, more: Partial<DrawnPoint> = {}): DrawnPoint[] =>
  Array.from({ length: count }, (_, step) => point(name, String(1 / (step + 1)), step, more));

const system = {
  user: 'trainer',
  pythonVersion: '3.11.7',
  pythonVersionVerbose: '3.11.7 (main) [GCC 12.2.0]',
  pid: 166,
  osType: 'Linux',
  os: 'Linux-6.1.0-x86_64-with-glibc2.36',
  osRelease: '6.1.0',
  machine: 'x86_64',
  processor: 'x86_64',
  ip: '192.0.2.5',
  hostname: 'trainer-1',
  env: null,
  gpuStaticInfoList: [{ gpuIndex: 0, name: 'NVIDIA A100', uuid: 'GPU-1', totalMemory: 42_949_672_960 }],
  logAdditionalSystemInfoList: [],
  // One that no summary names.
  systemMetricNames: ['sys.cpu.percent.avg', 'sys.ram.used'],
  command: ['train.py', '--lr', '0.1'],
  executable: '/usr/bin/python3',
  osPackages: ['adduser=3.118'],
  installedPackages: ['numpy==2.4.6', 'torch==2.13.0', 'local @ file:///x'],
  totalRam: 13_608_370_176,
};

export const drawnExperiments = (): DrawnExperiment[] => [
  {
    metadata: metadata('0f1e2d3c4b5a69788796a5b4c3d2e1f0', 'brave_fox_12 / größe', 4),
    tags: ['baseline', '作者'],
    parameters: { lr: '0.1', 'optimizer|name': 'adamw', layers: '[3, 4]', seed: '7', note: 'NaN is a word here' },
    others: { Name: 'brave_fox_12 / größe', dataset: 'digits-v2', hasNestedParams: 'true' },
    points: [
      ...curve('train_loss', 1200, { runContext: 'train' }),
      ...curve('loss', 40, { runContext: 'train' }),
      ...curve('loss', 4, { runContext: 'validate' }),
      point('val/acc', '0.9', null, { timestamp: began + 9000 }),
      ...Array.from({ length: 5 }, (_, at) => point('sys.cpu.percent.avg', String(at * 12.5), null, { timestamp: began + at * 60_000 })),
    ],
    system,
    git: { branch: 'refs/heads/lr-sweep', origin: 'https://git.example.com/lab/digits.git', parent: '9'.repeat(40), root: 'e'.repeat(40), user: 'trainer' },
    patch: 'diff --git a/train.py b/train.py\n--- a/train.py\n+++ b/train.py\n@@ -1 +1 @@\n-lr = 1\n+lr = 0.1\n',
    code: 'print("größe")\n',
    output: 'epoch 1\nepoch 2\n',
    assets: [
      { assetId: 'a1', fileName: 'samples.png', type: 'image', step: 0, text: '\u0089PNG not really' },
      { assetId: 'a2', fileName: 'samples.png', type: 'image', step: 10, text: 'second' },
      { assetId: 'a3', fileName: 'model.pt', type: 'model-element', step: null, text: 'weights' },
      { assetId: 'a4', fileName: 'notes/ü.txt', type: 'asset', step: null, text: 'größe' },
      { assetId: 'a5', fileName: 'beep.wav', type: 'audio', step: 3, text: 'RIFF' },
      { assetId: 'a6', fileName: '../../etc/passwd', type: 'asset', step: null, text: 'out' },
    ],
  },
  {
    metadata: metadata('00112233445566778899aabbccddeeff', 'edge', 3, { hasCrashed: true }),
    parameters: { big: '9007199254740993' },
    points: [
      ...['NaN', 'Infinity', '-Infinity', '5.0E-324', '1.0E308', '0.3333333333333333', '-0.0', '9007199254740994'].map((value, step) =>
        point('value', value, step),
      ),
      // Logged twice, and out of order.
      point('again', '1.0', 5, { timestamp: began + 5 }),
      point('again', '2.0', 5, { timestamp: began + 6 }),
      point('again', '3.0', 1, { timestamp: began + 7 }),
      point('huge', '0.5', 9_007_199_254_740_993n),
    ],
  },
  {
    metadata: metadata('aaaabbbbccccddddeeeeffff00001111', 'sampled', 2),
    parameters: { lr: '0.01' },
    points: [...curve('long', 16_000), ...curve('full/loss', 16_000), ...curve('short', 3)],
    full: ['full/loss'],
  },
  { metadata: metadata('deaddeaddeaddeaddeaddeaddeaddead', 'put away', 1, { archived: true }), points: curve('train_loss', 3), tags: ['baseline'] },
  { metadata: metadata('beefbeefbeefbeefbeefbeefbeefbeef', null, 5, { running: true, endTimeMillis: null }), parameters: { lr: '1' } },
];
