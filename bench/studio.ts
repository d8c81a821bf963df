import { availableParallelism, loadavg } from 'node:os';
import { studioFolders } from '../packages/cli/src/studio/folders.ts';
import { serve } from '../packages/cli/src/studio/serve.ts';
import { quantile } from '../packages/evaluation/src/report/statistics.ts';
// @ts-expect-error plain JavaScript, so that it runs before the dependencies are installed
import { buildStudio, studioDist } from '../scripts/build.mjs';
import { type FirstLoad, measureFirstLoad, sizeWithoutPolicy } from '../test/first-load.ts';
import { startBrowser } from '../test/studio-page.ts';

/** Number of loads of each build. Ours and the baseline alternate, so that other load on the machine affects both. */
const LOADS = 5;
const BYTES_PER_MB = 1e6;
/** Longest wait (s) and largest transfer (MB) of a first load, without the policy. */
const MAX_INTERACTIVE_S = 3;
const MAX_TRANSFER_MB = 8;

const median = (values: readonly number[]): number => quantile(values, 0.5)!;
const interactiveOf = (loads: readonly FirstLoad[]): number => median(loads.map(({ interactiveS }) => interactiveS));
const cpuOf = (loads: readonly FirstLoad[]): number => median(loads.map(({ cpuS }) => cpuS));

/**
 * Measures the first load of the studio in a browser, with an empty cache: what is transferred without the policy, and the time
 * until the start button runs physics. The baseline is the same build, served uncompressed.
 */
export default async function studio(): Promise<{
  unit: string;
  ours: number;
  baseline: number;
  ratio: number;
  target: string;
  limit_mb: number;
  policy_mb: number;
  interactive_s: number;
  interactive_max_s: number;
  interactive_uncompressed_s: number;
  interactive_limit_s: number;
  cpu_s: number;
  cpu_uncompressed_s: number;
  load_per_core: number;
  loads: number;
}> {
  buildStudio();
  const loadPerCore = loadavg()[0] / availableParallelism();
  const folders = studioFolders(studioDist);
  const servers = [await serve(folders), await serve(folders, { compressed: false })];
  const browser = await startBrowser([]);
  const [ours, uncompressed]: FirstLoad[][] = [[], []];
  try {
    // The first load of a browser also starts its processes.
    await measureFirstLoad(browser, servers[0].url);
    for (let k = 0; k < LOADS; k++) {
      ours.push(await measureFirstLoad(browser, servers[0].url));
      uncompressed.push(await measureFirstLoad(browser, servers[1].url));
    }
  } finally {
    await browser.close();
    for (const server of servers) await server.close();
  }
  const oursMb = sizeWithoutPolicy(ours[0].transfers) / BYTES_PER_MB;
  const baselineMb = sizeWithoutPolicy(uncompressed[0].transfers) / BYTES_PER_MB;
  const allMb = ours[0].transfers.reduce((sum, { size }) => sum + size, 0) / BYTES_PER_MB;
  return {
    unit: 'MB of a first load, without the policy',
    ours: oursMb,
    baseline: baselineMb,
    ratio: oursMb / baselineMb,
    target: `ours at most ${MAX_TRANSFER_MB}, interactive_s at most ${MAX_INTERACTIVE_S} on an idle machine`,
    limit_mb: MAX_TRANSFER_MB,
    policy_mb: allMb - oursMb,
    interactive_s: interactiveOf(ours),
    interactive_max_s: Math.max(...ours.map(({ interactiveS }) => interactiveS)),
    interactive_uncompressed_s: interactiveOf(uncompressed),
    interactive_limit_s: MAX_INTERACTIVE_S,
    cpu_s: cpuOf(ours),
    cpu_uncompressed_s: cpuOf(uncompressed),
    // Other programs slow the load down: the limit is for an idle machine.
    load_per_core: loadPerCore,
    loads: LOADS,
  };
}
