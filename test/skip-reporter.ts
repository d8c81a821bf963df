import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node';

/** With this value of the environment variable PRAXIS_CI a skipped test fails the run, unless it lacks data of {@link FOREIGN}. */
const STRICT = 'strict';
/** Begin of the reason of a test on data that others publish, which this repository does not hold and no command fetches. */
const FOREIGN = 'data of others: ';

/**
 * Ends the output of a run with one line that counts the skipped tests by reason and file, so that a run that
 * proves little does not look like one that proves all. `needs` of `needs.ts` and `skip(condition, note)` of a test's context
 * give the reasons.
 */
export default class SkipReporter implements Reporter {
  /** True if the caller asked for some tests by name, which skips the others. */
  #named = false;

  onInit(vitest: Vitest): void {
    this.#named = vitest.config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    /** Counts by file of each reason. */
    const reasons = new Map<string, Map<string, number>>();
    for (const module of modules) {
      for (const test of module.children.allTests('skipped')) {
        const reason = this.#reasonOf(test);
        if (reason === undefined) continue;
        const files = reasons.get(reason) ?? new Map<string, number>();
        reasons.set(reason, files.set(module.relativeModuleId, (files.get(module.relativeModuleId) ?? 0) + 1));
      }
    }
    const list = [...reasons].map(([reason, files]) => {
      const parts = [...files].map(([file, count]) => `${count} of ${file}`);
      return `${parts.join(', ')} (${reason})`;
    });
    const lacking = [...reasons.keys()].some((reason) => !reason.startsWith(FOREIGN));
    if (lacking && process.env.PRAXIS_CI === STRICT) {
      console.error(`failed: PRAXIS_CI=${STRICT} allows no skipped test`);
      process.exitCode = 1;
    }
    console.log(`skipped: ${list.join('; ') || 'none'}`);
  }

  #reasonOf(test: TestCase): string | undefined {
    const result = test.result();
    const note = result.state === 'skipped' ? result.note : undefined;
    // A test whose suite fails before it is skipped too, without having been declared so.
    const declared = test.options.mode === 'skip' || test.options.mode === 'todo';
    return test.meta().missing ?? note ?? (declared && !this.#named ? 'no reason given' : undefined);
  }
}
