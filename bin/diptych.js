#!/usr/bin/env node
// The command line's entry point: committed, so that a link to it is never stale; the built code lies in out/.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const built = new URL('../out/cli.js', import.meta.url);

if (!existsSync(fileURLToPath(built))) {
  try {
    const { build } = await import('../scripts/build.mjs');
    await build({ only: 'node', quiet: true });
  } catch (error) {
    process.stderr.write(`diptych is not built, and building it failed. Run \`npm ci\` in its folder, then try again.\n${error.message}\n`);
    process.exit(1);
  }
}
await import(built.href);
