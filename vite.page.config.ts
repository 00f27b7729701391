// The page alone, for development and for looking at screens: `npm run dev`, then the address it prints.
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: resolve('src/renderer'),
  plugins: [react()],
  build: { target: 'es2022', outDir: resolve('out/page'), emptyOutDir: true, assetsInlineLimit: 0 },
  worker: { format: 'es' },
});
