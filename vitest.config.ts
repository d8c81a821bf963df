import { defaultClientConditions, defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Tests run the sources of every package, not its build.
  resolve: { conditions: ['praxis-source', ...defaultClientConditions] },
  ssr: { resolve: { conditions: ['praxis-source', ...defaultServerConditions] } },
  test: {
    include: ['{packages/*,sim,training/voice}/src/**/*.test.ts', '{test,examples,bench}/**/*.test.ts'],
    // Physics, ONNX sessions and a browser run for real: generous on a slow machine, and never more workers than cores.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    setupFiles: ['test/fast-check.ts'],
    pool: 'forks',
    maxWorkers: 2,
    passWithNoTests: true,
  },
});
