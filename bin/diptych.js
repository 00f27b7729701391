#!/usr/bin/env node
// The command line's entry point: committed, so that a link to it is never stale; the built code lies in out/.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const built = new URL('../out/cli.js', import.meta.url);

if (!existsSync(fileURLToPath(built))) {
  const { build } = await import('../scripts/build.mjs');
  await build({ only: 'node', quiet: true });
}
await import(built.href);
