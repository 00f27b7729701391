// Writes the pages of docs/ that are made from the source.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const vitest = resolve('node_modules/vitest/vitest.mjs');
const env = { ...process.env, DIPTYCH_UPDATE_DOCS: '1' };
process.exit(spawnSync(process.execPath, [vitest, 'run', '--project', 'unit', 'test/architecture/docs.test.ts'], { stdio: 'inherit', env }).status ?? 1);
