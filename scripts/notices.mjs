// Writes out/THIRD_PARTY_NOTICES.md: the licences of every package that is bundled into the product.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const lock = read('package-lock.json').packages;

/** Tools of development and tests: not part of what is shipped. */
const tools =
  /^(@axe-core|@biomejs|@electron\/|@playwright|@shockpkg|@sparticuz|@types|@vitejs|core-js$|electron$|electron-builder|electron-vite|fake-indexeddb|fast-check|knip|pdfjs-dist|playwright-core|typescript|vite$|vitest)/;

/** What the SDK for agents has for servers on the web, and the bundle has not: only its standard input and output are used. */
const leftOut = /^(@hono\/|hono$|express|cors$|cross-spawn$|eventsource|jose$|json-schema-typed$|pkce-challenge$|raw-body$|content-type$)/;

const bundled = new Map();
function take(name) {
  const entry = lock[`node_modules/${name}`];
  if (!entry || bundled.has(name) || leftOut.test(name)) return;
  bundled.set(name, entry);
  for (const next of Object.keys(entry.dependencies ?? {})) take(next);
}
for (const name of Object.keys(read('package.json').devDependencies)) if (!tools.test(name)) take(name);

const parts = [...bundled]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([name, { version }]) => {
    const folder = join(root, 'node_modules', name);
    const file = existsSync(folder) ? readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry)) : undefined;
    const { license } = read(`node_modules/${name}/package.json`);
    const text = file ? readFileSync(join(folder, file), 'utf8').trim() : `Licence: ${license}`;
    return `## ${name} ${version} (${license})\n\n${text.replace(/^/gm, '    ')}`;
  });
const text = `# Third-party notices\n\nDiptych contains these packages.\n\n${parts.join('\n\n')}\n`;
const target = join(root, 'out/THIRD_PARTY_NOTICES.md');
if (!existsSync(target) || readFileSync(target, 'utf8') !== text) {
  // In one step, and made elsewhere: another may be packing out/ at this moment.
  const made = join(root, `.cache/notices-${process.pid}.md`);
  for (const file of [made, target]) mkdirSync(dirname(file), { recursive: true });
  writeFileSync(made, text);
  renameSync(made, target);
}
console.log(`${parts.length} packages in out/THIRD_PARTY_NOTICES.md`);
