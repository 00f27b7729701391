// Builds the product for Electron 9: the same sources in older syntax, with what was missing then put before them.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { build, type InlineConfig, type Plugin } from 'vite';

const here = resolve('test/desktop/old-electron');
/** Also for main, whose Node has the same V8. */
const chrome = 'chrome83';

/** Node's own modules were named without a prefix, and could do less. */
const plainNames: Plugin = {
  name: 'plain-names',
  enforce: 'pre',
  resolveId: (id, importer) => {
    if (id === 'node:fs' && !importer?.includes('old-electron')) return join(here, 'fs.ts');
    return id === 'electron' || id.startsWith('node:') ? { id: id.replace(/^node:/, ''), external: true } : undefined;
  },
};

/** The product's preload script gets our Electron; that one gets the real one. */
const preloadElectron: Plugin = {
  name: 'preload-electron',
  enforce: 'pre',
  resolveId: (id, importer) =>
    id !== 'electron' ? undefined : importer?.includes('old-electron') ? { id, external: true } : join(here, 'preload-electron.ts'),
};

const pageShims: Plugin = {
  name: 'page-shims',
  enforce: 'pre',
  transform: (code, id) => (/boot\/main\.tsx$|\.worker\.ts(\?|$)/.test(id) ? `import ${JSON.stringify(join(here, 'page-shims.ts'))};\n${code}` : undefined),
};

/** A chunk of their own, which the entry loads first: otherwise a chunk that the entry shares with others would run before them. */
const shimsFirst = { output: { codeSplitting: { groups: [{ name: 'shims', test: /core-js|old-electron\/(language|page-)/, priority: 100 }] } } };

const script = (name: string, target: string | false, format: 'cjs' | 'es', plugins: Plugin[], outDir: string): InlineConfig => ({
  configFile: false,
  logLevel: 'error',
  publicDir: false,
  plugins,
  build: {
    ssr: true,
    target,
    outDir,
    emptyOutDir: false,
    minify: false,
    rolldownOptions: { external: [...builtinModules], output: { format, entryFileNames: name, codeSplitting: false } },
  },
  ssr: { noExternal: true, target: 'node' },
});

/** @returns the folder to start Electron with */
export async function buildForOld(folder: string): Promise<string> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const entry = (config: InlineConfig, path: string): InlineConfig => {
    Object.assign(config.build?.rolldownOptions ?? {}, { input: path });
    return config;
  };
  await build(entry(script('main.cjs', chrome, 'cjs', [plainNames], join(folder, 'main')), join(here, 'main.ts')));
  await build(entry(script('host-process.mjs', 'node20', 'es', [], join(folder, 'main')), join(here, 'host-process.ts')));
  await build(entry(script('index.cjs', chrome, 'cjs', [preloadElectron], join(folder, 'preload')), resolve('src/preload/index.ts')));
  await build({
    configFile: false,
    logLevel: 'error',
    root: resolve('src/renderer'),
    plugins: [pageShims, react()],
    worker: { format: 'es', plugins: () => [pageShims], rolldownOptions: shimsFirst },
    build: {
      target: chrome,
      outDir: join(folder, 'renderer'),
      emptyOutDir: true,
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 10_000,
      rolldownOptions: shimsFirst,
    },
  });
  // The host runs under today's Node, as it is shipped.
  for (const name of ['host.js', 'ingest.worker.js', 'chunks', 'assets']) cpSync(resolve('out', name), join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'diptych', version: '0.0.0-test', type: 'module', main: 'main/main.cjs' }));
  return folder;
}
