import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Physics, ONNX sessions and a browser run for real: generous on a slow machine, and never more workers than cores.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    setupFiles: ['test/fast-check.ts'],
    pool: 'forks',
    maxWorkers: 2,
    passWithNoTests: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'praxis',
          include: ['{packages/*,sim,training/voice}/src/**/*.test.ts', '{test,examples,bench}/**/*.test.ts'],
          exclude: ['test/ros/**'],
        },
      },
      {
        // Nodes in real time: one file at a time, after the other tests.
        extends: true,
        test: {
          name: 'ros',
          include: ['test/ros/*.test.ts'],
          fileParallelism: false,
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
