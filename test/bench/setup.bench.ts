// Review of drawn projects of 250 to 2,000 files of training code, and of odd files: cost per file stays flat, memory has a bound.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { codeProject } from '../support/code-project';
import { cached } from './generate';
import { measure } from './measure';

const cli = process.env.DIPTYCH_CLI ?? 'out/cli.js';
const sizes = [250, 500, 1_000, 2_000] as const;
/** What the largest project may cost per file, against the smallest. */
const mostGrowth = 1.5;
/** Seconds of CPU time for the largest: what one core does, however busy the machine is. */
const mostSeconds = 60;
const mega = 2 ** 20;
/**
 * What the peak may be at 2,000 files against 250; and of what comes on top of a review of one file, the program's own floor. The peak is the most that the process
 * had in memory: with what is live come the code, the parser's 33 MB, room for young objects and up to 30 % of garbage, so that it differs by a tenth from time to time.
 */
const mostPeak = 2.4;
const mostPeakAboveFloor = 4;
/**
 * What is live may be so much more, bytes in buffers included: the most of what was left after collections that were forced every few seconds. These take time of their own, so it is
 * measured by itself. Twice, for buffers are freed by
 * the next collection: 32 and 112 MB. What grows with the files are texts, tables of syntax, calls, functions, names, and what facts remember of trainings.
 */
const mostLive = 4;
const pollMs = 3_000;
/** Run before the program: writes the peak of what is live into a file. */
const liveProbe = `const v8 = require('node:v8');
v8.setFlagsFromString('--expose-gc');
const gc = require('node:vm').runInNewContext('gc');
let peak = 0;
setInterval(() => {
  gc();
  gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  peak = Math.max(peak, heapUsed + arrayBuffers);
}, ${pollMs}).unref();
process.on('exit', () => require('node:fs').writeFileSync(TOLD, String(peak)));`;
/** Starting the program and reading the grammar, which a small project must not be credited with. */
const startSeconds = 0.6;

const written = (name: string, files: () => Readonly<Record<string, string>>): string =>
  cached(name, (folder) => {
    for (const [path, text] of Object.entries(files())) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  });

async function review(title: string, folder: string) {
  const { wallSeconds, cpuSeconds, peakBytes, output } = await measure(process.execPath, [cli, 'setup', folder, '--json']);
  const { files, findings } = JSON.parse(output) as { readonly files: readonly string[]; readonly findings: readonly unknown[] };
  console.log(
    `${title}: ${files.length} files, ${findings.length} findings: ${wallSeconds.toFixed(1)} s (cpu ${cpuSeconds?.toFixed(1)} s, ` +
      `${(((cpuSeconds ?? Number.NaN) * 1000) / files.length).toFixed(1)} ms a file), peak ${((peakBytes ?? Number.NaN) / mega).toFixed(0)} MB`,
  );
  return { files: files.length, cpuSeconds, peakBytes };
}

test('250 to 2,000 files', async () => {
  const perFile: number[] = [];
  const peaks: number[] = [];
  const floor = await review(
    '1 file',
    written('setup-1-1', () => ({ 'train.py': 'import torch\nprint(torch.rand(1))\n' })),
  );
  for (const size of sizes) {
    const folder = written(`setup-${size}-1`, () => codeProject(size, 1));
    const { files, cpuSeconds, peakBytes } = await review(`${size} files`, folder);
    expect(files).toBe(size);
    if (peakBytes !== null) peaks.push(peakBytes);
    if (cpuSeconds === null) continue;
    expect(cpuSeconds).toBeLessThan(mostSeconds);
    perFile.push((cpuSeconds - startSeconds) / files);
  }
  const [first, last] = [perFile[0], perFile.at(-1)];
  const [least, most] = [peaks[0], peaks.at(-1)];
  if (first === undefined || last === undefined || least === undefined || most === undefined || floor.peakBytes === null) return;
  const above = (most - floor.peakBytes) / (least - floor.peakBytes);
  console.log(`cost per file at ${sizes.at(-1)} against ${sizes[0]}: ${(last / first).toFixed(2)} (at most ${mostGrowth})`);
  console.log(`peak: ${(most / least).toFixed(2)} (at most ${mostPeak}); above that of one file: ${above.toFixed(2)} (at most ${mostPeakAboveFloor})`);
  expect(last / first).toBeLessThan(mostGrowth);
  expect(most / least).toBeLessThan(mostPeak);
  expect(above).toBeLessThan(mostPeakAboveFloor);
});

/** Peak of what is live in a review, in bytes. */
async function liveBytes(folder: string): Promise<number> {
  const at = mkdtempSync(join(tmpdir(), 'diptych-live-'));
  try {
    const [probe, told] = [join(at, 'probe.cjs'), join(at, 'live.txt')];
    writeFileSync(probe, liveProbe.replace('TOLD', JSON.stringify(told)));
    await measure(process.execPath, ['--require', probe, cli, 'setup', folder, '--json']);
    return Number(readFileSync(told, 'utf8'));
  } finally {
    rmSync(at, { recursive: true, force: true });
  }
}

test('what is live at 250 and 2,000 files', async () => {
  const [few, many] = [
    await liveBytes(written('setup-250-1', () => codeProject(250, 1))),
    await liveBytes(written('setup-2000-1', () => codeProject(2_000, 1))),
  ];
  console.log(`live: ${(few / mega).toFixed(0)} and ${(many / mega).toFixed(0)} MB: ${(many / few).toFixed(2)} (at most ${mostLive})`);
  expect(few).toBeGreaterThan(0);
  expect(many / few).toBeLessThan(mostLive);
});

/** Each ends, and none costs more than fifty files of the drawn kind. */
const odd: Readonly<Record<string, () => Readonly<Record<string, string>>>> = {
  'a file of 50,000 lines': () => ({
    'many.py': Array.from({ length: 12_500 }, (_, at) => `def f${at}(a, b=${at}):\n    c = a + b\n    return g(c, f${Math.max(0, at - 1)}(c))\n\n`).join(''),
  }),
  'a list of 2 MB on one line': () => ({ 'list.py': `x = [${'1, '.repeat(690_000)}]\nopen(x)\n` }),
  'calls nested 3,000 deep': () => ({ 'calls.py': `w = ${'f('.repeat(3_000)}1${')'.repeat(3_000)}\nopen(w)\n` }),
  'a name that is given a value 16,000 times': () => ({ 'again.py': `x = 0\n${'x = x + 1\nlog.append(x)\n'.repeat(8_000)}open(x)\n` }),
  'a ring of 400 imports': () =>
    Object.fromEntries(
      Array.from({ length: 400 }, (_, at) => {
        const next = (at + 1) % 400;
        return [
          `ring/m${at}.py`,
          `from ring.m${next} import f${next}\nstate = f${next}(0)\ndef f${at}(x):\n    z = state\n    z.append(x)\n    return f${next}(z)\n`,
        ];
      }),
    ),
};

test.each(Object.entries(odd))('%s', async (title, files) => {
  const { cpuSeconds, peakBytes } = await review(title, written(`setup-odd-${title.replaceAll(/\W+/g, '-')}`, files));
  if (cpuSeconds !== null) expect(cpuSeconds).toBeLessThan(20);
  if (peakBytes !== null) expect(peakBytes).toBeLessThan(800 * mega);
});
