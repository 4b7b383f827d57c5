import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/faults/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 3_600_000,
    disableConsoleIntercept: true,
  },
});
