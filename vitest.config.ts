import { availableParallelism } from 'node:os';
import { defaultClientConditions, defaultServerConditions } from 'vite';
import { configDefaults, defineConfig } from 'vitest/config';
import { bundledPrograms } from './test/bundled-programs.ts';

/** Studies: long runs whose figures belong in a report. `npm run test:nightly` runs them. */
const NIGHTLY = '**/*.nightly.test.ts';
/** Tests in Chromium, most of them of the built studio, and of the studio as `npm start` serves it. */
const BROWSER = [
  'test/studio*.test.ts',
  'test/browser-node.test.ts',
  'test/recording-video.test.ts',
  'test/serve.test.ts',
];
/** Tests that measure the memory of a hot path: what other tests of a process have compiled changes what V8 allocates. */
const ALLOCATION = '**/allocation.test.ts';
/** Tests of the nodes over a real ROS 2. */
const ROS = ['test/ros/**/*.test.ts'];

export default defineConfig({
  plugins: [bundledPrograms()],
  // Tests run the sources of every package, not its build.
  resolve: { conditions: ['praxis-source', ...defaultClientConditions] },
  ssr: { resolve: { conditions: ['praxis-source', ...defaultServerConditions] } },
  test: {
    maxWorkers: availableParallelism(),
    passWithNoTests: true,
    reporters: ['default', './test/cpu-reporter.ts', './test/skip-reporter.ts'],
    // TESTING.md says what belongs to which. Without isolation one load of the module graph serves all files of a worker: a test
    // leaves its process as it found it.
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{packages/*,sim,training/voice}/src/**/*.test.ts', '{bench,examples}/**/*.test.ts'],
          exclude: [...configDefaults.exclude, NIGHTLY, ALLOCATION],
          isolate: false,
        },
      },
      // Each file in a process of its own.
      { extends: true, test: { name: 'memory', include: [`packages/*/src/${ALLOCATION}`] } },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, NIGHTLY, ...BROWSER, ...ROS],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'browser', include: BROWSER, globalSetup: 'test/built-studio.ts' } },
      // One file at a time, after all others: these tests hold the loop to its deadlines. A test has two more tries, since a response
      // over DDS can be lost and a slow machine misses a deadline; the run names a test that needed one.
      {
        extends: true,
        test: { name: 'ros', retry: 2, include: ROS, maxWorkers: 1, isolate: false, sequence: { groupOrder: 1 } },
      },
      { extends: true, test: { name: 'nightly', include: [NIGHTLY] } },
    ],
    // Physics, ONNX sessions and a browser run for real: generous on a slow machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    setupFiles: ['test/cpu-time.ts', 'test/fast-check.ts'],
    pool: 'forks',
  },
});
