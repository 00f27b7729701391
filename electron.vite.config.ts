// The desktop side: main, preload and the page. Targets are set by hand: the defaults follow Electron's own Node and Chrome.
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

export default defineConfig({
  main: { build: { target: 'node20.19', outDir: 'out/main', rolldownOptions: { input: { index: resolve('src/main/index.ts') } } } },
  preload: {
    build: {
      outDir: 'out/preload',
      rolldownOptions: { input: { index: resolve('src/preload/index.ts') }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    // Workers load readers on use, which only ES modules can; small assets stay files, since the page's policy allows no data addresses.
    worker: { format: 'es' },
    build: {
      target: 'es2022',
      assetsInlineLimit: 0,
      minify: true,
      outDir: 'out/renderer',
      rolldownOptions: {
        input: resolve('src/renderer/index.html'),
        output: {
          codeSplitting: {
            groups: [
              { name: 'echarts', test: /node_modules\/(echarts|zrender)/ },
              { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            ],
          },
        },
      },
    },
  },
});
