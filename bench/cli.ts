import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { quantile } from '../packages/evaluation/src/report/statistics.ts';

const root = join(import.meta.dirname, '..');
const BIN = join(root, 'packages/cli/bin/praxis.mjs');
/** Number of runs of each command line, whose median counts. */
const RUN_COUNT = 5;

/** Each process of Node appends its script and its processor time (µs, all threads) to a file when it exits. */
const REPORTER = `import { appendFileSync } from 'node:fs';
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  appendFileSync(process.env.PRAXIS_BENCH_TIMES, JSON.stringify([process.argv[1] ?? '', user + system]) + '\\n');
});`;

/** Processor times of the processes of one run (s), each with its script. */
type Times = readonly (readonly [script: string, seconds: number])[];

const total = (times: Times): number => times.reduce((sum, [, seconds]) => sum + seconds, 0);
const median = (values: readonly number[]): number => quantile(values, 0.5)!;

/**
 * Measures the processor time of the start of the command line: a command, a usage error, both from the sources, and what npx adds.
 * The baseline is a process of Node that does nothing.
 */
export default async function cli() {
  const folder = mkdtempSync(join(tmpdir(), 'praxis-bench-cli-'));
  const reporter = join(folder, 'reporter.mjs');
  const timesFile = join(folder, 'times');
  writeFileSync(reporter, REPORTER);

  async function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Times> {
    writeFileSync(timesFile, '');
    const options = {
      cwd: root,
      env: {
        ...process.env,
        NODE_OPTIONS: `--import ${pathToFileURL(reporter).href}`,
        PRAXIS_BENCH_TIMES: timesFile,
        ...env,
      },
    };
    // A usage error exits with status 2, which is no failure of the measurement.
    await new Promise((resolve) => execFile(command, args, options, resolve));
    const lines = readFileSync(timesFile, 'utf8').trim().split('\n');
    return lines.map((line) => JSON.parse(line) as [string, number]).map(([script, us]) => [script, us / 1e6]);
  }
  async function repeat(...of: Parameters<typeof run>): Promise<readonly Times[]> {
    // Fills the caches, among them the bundle's.
    await run(...of);
    const runs: Times[] = [];
    for (let i = 0; i < RUN_COUNT; i++) runs.push(await run(...of));
    return runs;
  }
  const seconds = async (...of: Parameters<typeof run>): Promise<number> => median((await repeat(...of)).map(total));
  const { execPath } = process;
  try {
    const baseline = await seconds(execPath, ['-e', '0']);
    const ours = await seconds(execPath, [BIN, 'interpret', 'stop']);
    const usageError = await seconds(execPath, [BIN, 'eval', '--task', 'pick', '--episodes', 'x']);
    const sources = await seconds(execPath, [BIN, 'interpret', 'stop'], { PRAXIS_DEBUG: '1' });
    const throughNpx = await repeat('npx', ['--no-install', 'praxis', 'interpret', 'stop']);
    const npxAlone = throughNpx.map((times) => total(times.filter(([script]) => /np[mx]-cli/.test(script))));
    return {
      unit: 's of processor time of `praxis interpret stop`, bundled',
      ours,
      baseline,
      ratio: ours / baseline,
      target: 'at most 8',
      usage_error_s: usageError,
      from_sources_s: sources,
      through_npx_s: median(throughNpx.map(total)),
      npx_alone_s: median(npxAlone),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
