import type { Reporter, TestModule } from 'vitest/node';

/** Number of files that the list of the dearest names. */
const DEAREST_COUNT = 40;

/**
 * Ends the output of a run with the processor time of each project, because that, other than the wall time, hardly depends on what
 * else the machine does. With PRAXIS_TEST_TIMES=1 it lists the dearest files too. vitest's own share transforms the sources.
 */
export default class CpuReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const projects = new Map<string, number>();
    for (const module of modules) {
      const { cpuS = 0 } = module.meta();
      projects.set(module.project.name, (projects.get(module.project.name) ?? 0) + cpuS);
    }
    if (process.env.PRAXIS_TEST_TIMES) {
      const dearest = modules.toSorted((a, b) => (b.meta().cpuS ?? 0) - (a.meta().cpuS ?? 0)).slice(0, DEAREST_COUNT);
      for (const module of dearest)
        console.log(`${module.meta().cpuS?.toFixed(1).padStart(7)} s  ${module.relativeModuleId}`);
    }
    const { user, system } = process.cpuUsage();
    const parts = [...projects].map(([name, seconds]) => `${name} ${seconds.toFixed(0)} s`);
    console.log(`processor time: ${[...parts, `vitest ${((user + system) / 1e6).toFixed(0)} s`].join(', ')}`);
  }
}
