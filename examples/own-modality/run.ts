/**
 * A modality of one's own: a vibration sensor in the hand, an encoder for it (`vibration.onnx`) and a fusion trained with
 * it, without a change inside any package. The motor in the hand runs slowly or fast, and belongs to the left or the right;
 * only the vibration says which.
 *
 *   npx tsx examples/own-modality/run.ts               20 episodes with the sensor, the same 20 without
 *   npx tsx examples/own-modality/run.ts 100           100 of each
 *
 * To train it anew: record.ts, then train.py.
 */
import { fileURLToPath } from 'node:url';
import { RecedingHorizon } from '@praxis/policy';
import { loadPolicyFromDirectory } from '@praxis/policy/node';
import { runEpisode } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { drawMotor, motorTask } from './motor.ts';
import { VibrationRobot } from './sensor.ts';

const FIRST_SEED = 2_000_000;
const episodes = Number(process.argv[2] ?? 20);
const policy = await loadPolicyFromDirectory(fileURLToPath(new URL('model', import.meta.url)));

for (const mask of [[], ['vibration']]) {
  let successes = 0;
  for (let seed = FIRST_SEED; seed < FIRST_SEED + episodes; seed++) {
    const { success } = await runEpisode({
      task: motorTask,
      seed,
      urdf: armUrdf(),
      policy,
      scheduler: new RecedingHorizon(),
      mask,
      wrapRobot: (arm) => new VibrationRobot(arm, drawMotor(seed), seed),
    });
    if (success) successes++;
  }
  console.log(`${mask.length > 0 ? 'without' : 'with'} vibration: ${successes} of ${episodes}`);
}
await policy.close();
