import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Integration tests start Lean, which takes a core for itself: files one after the other.
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Tests name the Lean that they run: without a home of elan, that is the embedded one wherever they say nothing.
    env: { ELAN_HOME: '/nonexistent/elan', ELAN_TOOLCHAIN: '' },
  },
});
