// `npm run fuzz`: random damages to every fixture, shared out to a process per core, and the figures of all of them.
// FUZZ_COUNT damages (100,000) from FUZZ_SEED (1).
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const parts = availableParallelism();
const began = Date.now();
const figures = [];

function runPart(part) {
  return new Promise((resolve) => {
    const args = [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--project',
      'fuzz',
      '--silent=false',
      '--reporter=default',
      '--disableConsoleIntercept',
      ...process.argv.slice(2),
    ];
    const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, FUZZ_PART: `${part}/${parts}` }, stdio: ['ignore', 'pipe', 'inherit'] });
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop();
      for (const line of lines) {
        const found = /^FUZZED (.*)$/.exec(line);
        if (found) figures.push(JSON.parse(found[1]));
        else if (line.trim() !== '') console.log(line);
      }
    });
    child.on('close', (status) => resolve(status === 0));
  });
}

const good = (await Promise.all(Array.from({ length: parts }, (_, part) => runPart(part)))).every(Boolean);
const most = (field) => figures.reduce((top, one) => (one[field] > top[field] ? one : top), { id: 'none', [field]: 0 });
const [slow, large] = [most('slowestMs'), most('grownBytes')];
const sum = (field) => figures.reduce((total, one) => total + one[field], 0);
console.log(
  `fuzz: ${sum('count')} damages to ${figures.length} cases in ${Math.round((Date.now() - began) / 1000)} s, ${sum('failures')} failures; ` +
    `slowest read ${Math.round(slow.slowestMs)} ms of CPU (${slow.id}), most growth ${Math.round(large.grownBytes / 2 ** 20)} MB (${large.id})`,
);
process.exitCode = good && figures.length > 0 ? 0 : 1;
