// The page alone, for development and for looking at screens: `npm run dev`, then the address it prints.
import { readFile } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** The development server takes files without an ending for scripts and adds to them: samples go out as they are. */
const plainSamples = (): Plugin => ({
  name: 'plain-samples',
  configureServer(server) {
    server.middlewares.use((request, response, next) => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const path = decodeURIComponent(url.pathname).replace(/^\/@fs/, '');
      // With a query it is asked for as a module that holds the address.
      if (url.search !== '' || !resolve(path).startsWith(resolve('resources/samples') + sep)) {
        next();
        return;
      }
      readFile(path).then(
        (bytes) => response.end(bytes),
        () => next(),
      );
    });
  },
});

export default defineConfig({
  root: resolve('src/renderer'),
  plugins: [react(), plainSamples()],
  build: { target: 'es2022', outDir: resolve('out/page'), emptyOutDir: true, assetsInlineLimit: 0 },
  worker: { format: 'es' },
});
