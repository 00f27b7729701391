// `npm run bench`: runs the measurements of test/bench one after another, alone on the machine. `npm run bench -- curves` runs those whose name fits.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const wanted = process.argv.slice(2).filter((arg) => !arg.startsWith('-'));
const entries = readdirSync(join(root, 'test/bench'))
  .filter((name) => /\.bench\.ts$/.test(name) && (wanted.length === 0 || wanted.some((word) => name.includes(word))))
  .sort();

if (entries.length === 0) {
  console.error(wanted.length > 0 ? `No measurement is named like ${wanted.join(', ')}.` : 'There is nothing to measure in test/bench.');
  process.exitCode = 1;
}
for (const entry of entries) {
  const args = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'bench', '--reporter=verbose', `test/bench/${entry}`];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
