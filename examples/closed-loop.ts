/**
 * Runs one episode of `pick` as a closed loop in the simulator: sensors -> policy -> arm -> sensors.
 *
 *   npx praxis run examples/closed-loop.ts                    uses the policy in models/default
 *   npx praxis run examples/closed-loop.ts expert 7           uses the scripted expert and seed 7
 */
import { RecedingHorizon } from '@praxis/policy';
import { loadPolicyFromDirectory } from '@praxis/policy/node';
import { Episode, pick } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';

const [name = 'models/default', seed = '2000000'] = process.argv.slice(2);
const policy = name === 'expert' ? name : await loadPolicyFromDirectory(name);

const episode = await Episode.create({
  task: pick,
  seed: Number(seed),
  urdf: armUrdf(),
  policy,
  scheduler: new RecedingHorizon(),
});
console.log(`seed ${seed}: "${episode.instruction}"`);

// The loop publishes its data as streams. This one delivers a chunk of targets for the tool ten times a second.
episode.loop.chunks$.subscribe(({ stamp, blocks }) => {
  const [x, y, z] = blocks.arm.data;
  const target = [x, y, z].map((metres) => metres.toFixed(3)).join(' ');
  console.log(`${stamp.toFixed(2)} s  tool to ${target} m`);
});
while (await episode.step());

const { success, timeS, peakForceN } = episode.result();
console.log(`${success ? 'success' : 'failure'} after ${timeS.toFixed(2)} s, ${peakForceN.toFixed(1)} N at most`);
await episode.close();
if (policy !== 'expert') await policy.close();
