// `npm run check`: what a change must pass before anybody looks at it: format and lint, types, layers, dead code.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const checks = [
  ['format and lint', '@biomejs/biome/bin/biome', ['check', '.']],
  ['types', 'typescript/bin/tsc', ['-b']],
  ['layers', 'vitest/vitest.mjs', ['run', '--project', 'unit', 'test/architecture']],
  ['dead code', 'knip/bin/knip.js', []],
];

const failed = [];
for (const [name, tool, args] of checks) {
  console.log(`\n── ${name} ${'─'.repeat(60 - name.length)}`);
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', tool), ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) failed.push(name);
}
console.log(failed.length === 0 ? '\nAll checks passed.' : `\nNot passed: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
