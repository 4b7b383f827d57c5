import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    pool: 'forks',
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Tests name the Lean that they run: without a home of elan, that is the embedded one wherever they say nothing.
    env: { ELAN_HOME: '/nonexistent/elan', ELAN_TOOLCHAIN: '' },
    projects: [
      {
        extends: true,
        // No Lean, and nothing that hangs on time: two files at once, before all others.
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        // These start Lean, which takes a core for itself: files one after the other.
        test: {
          name: 'real',
          include: ['test/{integration,e2e}/**/*.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
