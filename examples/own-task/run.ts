/**
 * A task of one's own: `drag` is an object that has what every task has (scene, judge, expert), and no package knows it.
 *
 *   npx tsx examples/own-task/run.ts                   20 seeds with its expert
 *   npx tsx examples/own-task/run.ts 5                 5 seeds
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
