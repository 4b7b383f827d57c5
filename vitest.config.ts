import { defineConfig } from 'vitest/config';

const real = ['test/{integration,e2e}/**/*.test.ts'];
const timed = [
  'boot-limit',
  'closed-pipe',
  'garbage',
  'interrupt',
  'join',
  'kill',
  'machine-trouble',
  'status-screen',
  'template-server-fences',
  'too-large',
  'watchdog',
  'zygote-keeper',
].map((name) => `test/integration/${name}.test.ts`);

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
        // These start Lean, which waits much: two files at once.
        test: {
          name: 'real',
          include: real,
          exclude: timed,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        // These look at who ends, waits or goes on within how many seconds: files one after the other.
        test: {
          name: 'timed',
          include: timed,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
