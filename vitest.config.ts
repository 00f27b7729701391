import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const shared = { environment: 'node', testTimeout: 30_000, setupFiles: ['test/support/setup.ts'] } as const;

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [react()],
        test: { ...shared, name: 'unit', include: ['test/**/*.test.{ts,tsx}'], exclude: ['test/fuzz/**', 'test/bench/**', 'test/e2e/**'] },
      },
      { test: { ...shared, name: 'fuzz', include: ['test/fuzz/**/*.test.ts'], testTimeout: 600_000 } },
    ],
  },
});
