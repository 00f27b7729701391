import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// `npm test` asks a failed test once more, on a machine that is shared with others, and names those that needed it.
const retry = Number(process.env.DIPTYCH_RETRIES ?? 0);
const shared = { environment: 'node' as const, testTimeout: 60_000, retry, setupFiles: ['test/support/setup.ts'] };

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [react()],
        test: {
          ...shared,
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/fuzz/**', 'test/bench/**', 'test/e2e/**', 'test/built/**', 'test/live/**'],
        },
      },
      // What lies in out/, under plain Node: run after a build.
      { test: { ...shared, name: 'built', include: ['test/built/**/*.test.ts'] } },
      { test: { ...shared, name: 'bench', include: ['test/bench/**/*.bench.ts'], testTimeout: 1_800_000, fileParallelism: false } },
      // With the tools of others: npm run test:live.
      { test: { ...shared, name: 'live', include: ['test/live/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000 } },
      { test: { ...shared, name: 'conformance', include: ['test/core/conformance/table.conformance.ts'], testTimeout: 600_000 } },
      { test: { ...shared, name: 'fuzz', include: ['test/fuzz/**/*.test.ts'], testTimeout: 600_000 } },
    ],
  },
});
