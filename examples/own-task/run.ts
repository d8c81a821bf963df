/**
 * Runs a task of your own. `drag` is an object with the parts of every task (scene, judge, expert); no package changes for it.
 *
 *   npx tsx -C praxis-source examples/own-task/run.ts                   runs 20 seeds with the task's expert
 *   npx tsx -C praxis-source examples/own-task/run.ts 5                 runs 5 seeds
 */
import { RecedingHorizon } from '@praxis/policy';
import { runEpisode } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { drag } from './drag.ts';

const episodes = Number(process.argv[2] ?? 20);
let successes = 0;
for (let seed = 0; seed < episodes; seed++) {
  const result = await runEpisode({
    task: drag,
    seed,
    urdf: armUrdf(),
    policy: 'expert',
    scheduler: new RecedingHorizon(),
  });
  if (result.success) successes++;
  console.log(`seed ${seed}: ${result.success ? 'success' : result.failure} after ${result.timeS.toFixed(2)} s`);
}
console.log(`drag: ${successes} of ${episodes}`);
